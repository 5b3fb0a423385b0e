// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"

namespace graph {

/// What changed between two revisions, by key, so that a scene moves only what it must. An unnamed stage whose
/// position shifted and a stage that was renamed in place are recognised as the same: `renamed`.
struct GraphDiff
{
    std::vector<NodeKey> added;
    std::vector<NodeKey> gone;
    std::vector<NodeKey> changed;
    std::vector<std::pair<NodeKey, NodeKey>> renamed; ///< before, after
    bool edgesChanged = false;
    /// Nodes or edges came or went, so that the layout must be made anew. A mere change of text does not count.
    [[nodiscard]] bool changesShape() const { return !added.empty() || !gone.empty() || edgesChanged; }
};

GraphDiff diff(const StageGraph &before, const StageGraph &after);

}
