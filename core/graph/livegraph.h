// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graphbuilder.h"

namespace graph {

/// Keeps the graph of a document up to date while somebody types: what comes out is what build() makes of the
/// same tree, but the cost grows with what changed. Most keys change nothing that a graph knows; those within
/// a stage change that stage; only a FROM, a name or an ARG above all stages puts everything together anew,
/// from sections that are not read again.
class LiveGraph
{
public:
    /// `previous` is what the call before gave; moved in, its lists need not be copied to be changed.
    StageGraph updated(StageGraph previous, const dockerfile::Tree &tree, const QString &target = {},
                       const dockerfile::BuildContextValues &values = {});

private:
    /// Sections [first, first + before) of those that were there give way to `fresh`.
    struct Splice
    {
        size_t first = 0;
        size_t before = 0;
        std::vector<SectionPtr> fresh;
    };

    [[nodiscard]] Splice reread(const StageGraph &graph, const dockerfile::Tree &tree) const;
    [[nodiscard]] bool changesNothing(const Splice &splice) const;
    bool patch(StageGraph &graph, const Splice &splice, int shift);
    bool patchEdges(StageGraph &graph, const Section &section, int stage) const;
    void moveBelow(StageGraph &graph, int stage, int shift) const;

    dockerfile::Tree m_tree;
    QString m_target;
    dockerfile::BuildContextValues m_values;
    std::vector<SectionPtr>
        m_sections;   ///< the first is what stands above all FROMs; empty before the first call
    Resolved m_names; ///< without its graph, which the caller has
};

}
