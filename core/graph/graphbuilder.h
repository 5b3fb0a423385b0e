// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/section.h"
#include "graph/stagegraph.h"

#include <QHash>

namespace graph {

/// A graph, and what was learned about its names on the way: who changes a part of it later need not read the
/// rest again.
struct Resolved
{
    StageGraph graph;
    QHash<QString, int> stagesByName;      ///< lower case -> the last stage of that name
    QHash<QString, int> imagesByReference; ///< -> place in graph.images
    std::vector<int> firstEdges;           ///< of each stage, and the number of all edges
};

/// Puts sections together: names become edges, variables values. `sections` are all of `tree`.
Resolved resolve(const dockerfile::Tree &tree, const std::vector<SectionPtr> &sections, const QString &target,
                 const dockerfile::BuildContextValues &values);

}
