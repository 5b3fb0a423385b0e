// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"
#include "dockerfile/variables.h"
#include "graph/nodeid.h"
#include "graph/sharedlist.h"

#include <optional>
#include <vector>

namespace graph {

/// One stage of one revision of a file.
struct Stage
{
    NodeKey key;
    int index = -1;       ///< position of its FROM, from 0: what COPY --from=0 means
    QString name;         ///< as written after AS; empty when unnamed
    QString base;         ///< the image or stage as written after FROM; empty when missing
    QString resolvedBase; ///< with ARGs expanded
    int baseStage = -1;   ///< index of the stage it is FROM; -1 for an image
    QString platform;     ///< value of --platform as written; empty without
    int fromLine = -1;    ///< logical line of the FROM
    int lastLine = -1;    ///< last logical line before the next FROM (comments above that FROM excluded)
    std::vector<int> instructions; ///< logical lines after the FROM that are instructions
    bool reachable = true;         ///< the target needs it
    bool isTarget = false;

    /// "builder", or "stage 2" (its index) when unnamed.
    [[nodiscard]] QString displayName() const;
    friend bool operator==(const Stage &, const Stage &) = default;
};

struct ExternalImage
{
    NodeKey key;
    QString reference; ///< resolved; "scratch" is an image of its own here
    bool isScratch = false;
    bool undefined = false; ///< an ARG in it has no value, so that it cannot be resolved
    bool reachable = true;

    friend bool operator==(const ExternalImage &, const ExternalImage &) = default;
};

struct Context
{
    NodeKey key;
    QString name; ///< empty: the main build context
    bool reachable = true;

    friend bool operator==(const Context &, const Context &) = default;
};

enum class EdgeKind : quint8 {
    Base,     ///< FROM
    CopyFrom, ///< COPY --from, ADD --from
    Mount,    ///< RUN --mount=...,from=
    Context   ///< COPY or ADD or a bind mount out of the build context; one edge a stage, of all its lines
};

/// `to` needs `from`: bytes flow from `from` to `to`.
struct Edge
{
    EdgeKind kind = EdgeKind::Base;
    NodeKey from;
    NodeKey to;
    std::vector<int> lines; ///< logical lines that make it
    QString label;          ///< what it carries: "/app/hello", "3 paths", ""
    bool reachable = true;

    friend bool operator==(const Edge &, const Edge &) = default;
};

/// What a Dockerfile means as stages. Derived, immutable, never stored. Copies share their lists.
class StageGraph
{
public:
    SharedList<Stage> stages;
    SharedList<ExternalImage> images;
    SharedList<Context> contexts;
    SharedList<Edge> edges;
    int target = -1; ///< index of the stage that is built; -1 without stages

    [[nodiscard]] const Stage *stage(const NodeKey &key) const;
    /// By name (case ignored) or index, as COPY --from means it; among the first `before` stages only.
    [[nodiscard]] const Stage *stageCalled(QStringView nameOrIndex, int before = 1 << 30) const;
    /// The stage that a logical line belongs to; null for global lines.
    [[nodiscard]] const Stage *stageAtLine(int line) const;

    /// Made from the same revision, or from one in which nothing changed that a graph knows.
    [[nodiscard]] bool isSharedWith(const StageGraph &other) const
    {
        return target == other.target && stages.isSharedWith(other.stages) &&
               images.isSharedWith(other.images) && contexts.isSharedWith(other.contexts) &&
               edges.isSharedWith(other.edges);
    }
    friend bool operator==(const StageGraph &, const StageGraph &) = default;
};

/// `target` is a stage's name or index; empty or unknown: the last stage.
StageGraph build(const dockerfile::Tree &tree, const QString &target = {},
                 const dockerfile::BuildContextValues &values = {});

}
