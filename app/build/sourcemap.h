// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"
#include "image/imagesizes.h"
#include "workspace/workspace.h"

namespace app {

/// The instructions that leave entries in the history of the image that the target makes, oldest first: those
/// of the stages it is FROM, then its own.
std::vector<image::SourceStep> sourceSteps(const workspace::Snapshot &snapshot);

/// The logical line that a step of the build comes from; -1 for internal steps and what is not found.
int lineOfStep(const workspace::Snapshot &snapshot, const engine::BuildStep &step);

/// The same as a row from 1; 0 when there is none.
int rowOfStep(const workspace::Snapshot &snapshot, const engine::BuildStep &step);

/// The stage that a step belongs to; null for internal steps.
const graph::Stage *stageOfStep(const graph::StageGraph &graph, const engine::BuildStep &step);

}
