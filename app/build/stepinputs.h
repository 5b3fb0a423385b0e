// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/takenfiles.h"
#include "engine/buildevents.h"
#include "history/buildrecord.h"

namespace app {

struct BuildInput;

/// What decides the cache of each of the build's steps, for the record: `steps` as the engine told them,
/// `baseDigests` by reference as written after FROM. Steps that come from no line get none.
void describeInputs(const BuildInput &input, const std::vector<engine::BuildStep> &steps,
                    const FilesByLine &files, const QHash<QString, QString> &baseDigests,
                    std::vector<history::StepRecord> &records);

}
