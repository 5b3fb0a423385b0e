// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"
#include "engine/engineinfo.h"
#include "graph/cardcontent.h"
#include "image/imagesizes.h"
#include "workspace/workspace.h"

namespace app {

/// What a build, the engine and lint know about a design, beside its text.
struct DesignFacts
{
    const workspace::Snapshot &built; ///< as it was when the build began
    const std::vector<engine::BuildStep> &steps;
    const std::optional<image::ImageSizes> &sizes;   ///< of the image that the build made
    const std::vector<engine::ImageSummary> &images; ///< of the engine
    const lint::Findings &findings;
    QDateTime now;
};

/// The same, as the cards of the graph show it.
ui::GraphNotes graphNotes(const DesignFacts &facts);

}
