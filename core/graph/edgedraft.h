// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/section.h"
#include "graph/stagegraph.h"

#include <algorithm>

namespace graph {

/// A node by place, cheap to compare while edges are gathered.
struct NodeRef
{
    NodeKind kind;
    int index;

    friend bool operator==(NodeRef, NodeRef) = default;
};

/// The edge from one node into one stage, of all its lines. Edges are joined where kind and source are the
/// same.
struct EdgeDraft
{
    EdgeKind kind;
    NodeRef from;
    std::vector<int> lines;
    QString firstPath;
    int paths = 0;

    void add(const Section::Taken &taken, int firstLine);
    [[nodiscard]] QString label() const;
};

EdgeKind kindOf(const Source &source);

/// The stage that COPY --from or a mount names; -1 for what is no stage.
int stageOf(const Source &source, int stages, const QHash<QString, int> &byName);

/// Adds what a section takes, each from where `nodeOf` says; false when it does not know one.
template <class NodeOf>
bool gather(std::vector<EdgeDraft> &drafts, const Section &section, int firstLine, const NodeOf &nodeOf)
{
    for (const Section::Taken &taken : section.sources) {
        const EdgeKind kind = kindOf(taken.source);
        const std::optional<NodeRef> from = nodeOf(taken.source);
        if (!from)
            return false;
        auto draft = std::ranges::find_if(
            drafts, [&](const EdgeDraft &other) { return other.kind == kind && other.from == *from; });
        if (draft == drafts.end())
            draft = drafts.insert(drafts.end(), EdgeDraft{kind, *from, {}, {}, 0});
        draft->add(taken, firstLine);
    }
    return true;
}

}
