// SPDX-License-Identifier: Apache-2.0
#include "graph/livegraph.h"

#include "graph/edgedraft.h"

using namespace dockerfile;

namespace graph {

namespace {

/// The section that holds a line: the number of FROMs down to there.
size_t sectionAt(const StageGraph &graph, int line)
{
    const auto after = std::ranges::upper_bound(graph.stages, line, {}, &Stage::fromLine);
    return size_t(after - graph.stages.begin());
}

int startOf(const StageGraph &graph, size_t section)
{
    return section == 0 ? 0 : graph.stages[section - 1].fromLine;
}

const NodeKey &keyOf(const StageGraph &graph, NodeRef node)
{
    switch (node.kind) {
    case NodeKind::Stage:
        return graph.stages[size_t(node.index)].key;
    case NodeKind::Image:
        return graph.images[size_t(node.index)].key;
    case NodeKind::Context:
        return graph.contexts[size_t(node.index)].key;
    }
    Q_UNREACHABLE_RETURN(graph.contexts[0].key);
}

}

StageGraph LiveGraph::updated(StageGraph graph, const Tree &tree, const QString &target,
                              const BuildContextValues &values)
{
    const bool isFirst = m_sections.empty();
    const bool readsOtherwise = m_tree.escape() != tree.escape();
    const bool isSet = target == m_target && values == m_values;
    if (isFirst || readsOtherwise) {
        m_sections = readSections(tree);
    } else {
        Splice splice = reread(graph, tree);
        const int shift = tree.lineCount() - m_tree.lineCount();
        const bool isUpToDate = isSet && (changesNothing(splice) || patch(graph, splice, shift));
        const auto first = m_sections.begin() + qsizetype(splice.first);
        if (splice.before == splice.fresh.size()) {
            std::ranges::move(splice.fresh, first);
        } else {
            const auto at = m_sections.erase(first, first + qsizetype(splice.before));
            m_sections.insert(at, splice.fresh.begin(), splice.fresh.end());
        }
        m_tree = tree;
        if (isUpToDate)
            return graph;
    }
    m_tree = tree;
    m_target = target;
    m_values = values;
    m_names = resolve(tree, m_sections, target, values);
    return std::exchange(m_names.graph, {});
}

LiveGraph::Splice LiveGraph::reread(const StageGraph &graph, const Tree &tree) const
{
    const LineChange change = changedLines(m_tree, tree);
    if (change.isEmpty())
        return {};
    Splice splice;
    // A line that is new in front of a FROM belongs to the section above.
    splice.first = change.first == 0 ? 0 : sectionAt(graph, change.first - 1);
    const size_t last =
        change.before == 0 ? splice.first : sectionAt(graph, change.first + change.before - 1);
    splice.before = last - splice.first + 1;
    const int shift = change.after - change.before;
    const int end = last < graph.stages.size() ? graph.stages[last].fromLine + shift : tree.lineCount();
    splice.fresh = readSections(tree, startOf(graph, splice.first), end, splice.first > 0);
    return splice;
}

bool LiveGraph::changesNothing(const Splice &splice) const
{
    if (splice.before != splice.fresh.size())
        return false;
    for (size_t i = 0; i < splice.before; ++i) {
        if (*m_sections[splice.first + i] != *splice.fresh[i])
            return false;
    }
    return true;
}

// One section that keeps its FROM, and takes from the same nodes as before.
bool LiveGraph::patch(StageGraph &graph, const Splice &splice, int shift)
{
    if (splice.before != 1 || splice.fresh.size() != 1)
        return false;
    const Section &old = *m_sections[splice.first];
    const Section &fresh = *splice.fresh.front();
    if (old.from != fresh.from || old.globals != fresh.globals)
        return false;
    const int stage = int(splice.first) - 1;
    if (stage >= 0) {
        if (old.sources != fresh.sources && !patchEdges(graph, fresh, stage))
            return false;
        const int firstLine = graph.stages[size_t(stage)].fromLine;
        const bool isLast = size_t(stage) + 1 == graph.stages.size();
        Stage &changed = graph.stages.edit()[stage];
        changed.instructions = fresh.instructionsFrom(firstLine);
        changed.lastLine = firstLine + (isLast ? fresh.lines - 1 : fresh.last);
    }
    if (shift != 0)
        moveBelow(graph, stage, shift);
    return true;
}

bool LiveGraph::patchEdges(StageGraph &graph, const Section &section, int stage) const
{
    const auto nodeOf = [&](const Source &source) -> std::optional<NodeRef> {
        if (!source.from)
            return graph.contexts.empty() ? std::nullopt : std::optional(NodeRef{NodeKind::Context, 0});
        if (const int from = stageOf(source, int(graph.stages.size()), m_names.stagesByName); from >= 0)
            return NodeRef{NodeKind::Stage, from};
        const int image = m_names.imagesByReference.value(*source.from, -1);
        return image < 0 ? std::nullopt : std::optional(NodeRef{NodeKind::Image, image});
    };
    std::vector<EdgeDraft> drafts;
    if (!gather(drafts, section, graph.stages[size_t(stage)].fromLine, nodeOf))
        return false;
    auto first = size_t(m_names.firstEdges[size_t(stage)]);
    const auto end = size_t(m_names.firstEdges[size_t(stage) + 1]);
    if (first < end && graph.edges[first].kind == EdgeKind::Base)
        ++first;
    if (drafts.size() != end - first)
        return false;
    for (size_t i = 0; i < drafts.size(); ++i) {
        const Edge &edge = graph.edges[first + i];
        if (edge.kind != drafts[i].kind || edge.from != keyOf(graph, drafts[i].from))
            return false;
    }
    for (size_t i = 0; i < drafts.size(); ++i) {
        Edge &edge = graph.edges.edit()[qsizetype(first + i)];
        edge.label = drafts[i].label();
        edge.lines = std::move(drafts[i].lines);
    }
    return true;
}

void LiveGraph::moveBelow(StageGraph &graph, int stage, int shift) const
{
    QList<Stage> &stages = graph.stages.edit();
    for (qsizetype i = stage + 1; i < stages.size(); ++i) {
        stages[i].fromLine += shift;
        stages[i].lastLine += shift;
        for (int &line : stages[i].instructions)
            line += shift;
    }
    QList<Edge> &edges = graph.edges.edit();
    for (qsizetype i = m_names.firstEdges[size_t(stage) + 1]; i < edges.size(); ++i) {
        for (int &line : edges[i].lines)
            line += shift;
    }
}

}
