// SPDX-License-Identifier: Apache-2.0
#include "graph/graphdiff.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace graph {

namespace {

using Pair = std::pair<const Stage *, const Stage *>;
using Stages = std::vector<const Stage *>;

bool looksAlike(const Stage *one, const Stage *other)
{
    return one->resolvedBase == other->resolvedBase && one->instructions.size() == other->instructions.size();
}

/// Stages that names alone do not match: pairs them from both ends, then in order of the text, as long as
/// they look alike; and when as many are left on both sides, each with its counterpart, as after typing in a
/// name.
std::vector<Pair> pairUp(Stages before, Stages after)
{
    std::vector<Pair> pairs;
    size_t start = 0;
    while (start < before.size() && start < after.size() && looksAlike(before[start], after[start])) {
        pairs.emplace_back(before[start], after[start]);
        ++start;
    }
    before.erase(before.begin(), before.begin() + qsizetype(start));
    after.erase(after.begin(), after.begin() + qsizetype(start));
    while (!before.empty() && !after.empty() && looksAlike(before.back(), after.back())) {
        pairs.emplace_back(before.back(), after.back());
        before.pop_back();
        after.pop_back();
    }
    if (before.size() == after.size()) {
        for (size_t i = 0; i < before.size(); ++i)
            pairs.emplace_back(before[i], after[i]);
        return pairs;
    }
    auto next = after.begin();
    for (const Stage *stage : before) {
        const auto match =
            std::find_if(next, after.end(), [&](const Stage *other) { return looksAlike(stage, other); });
        if (match == after.end())
            continue;
        pairs.emplace_back(stage, *match);
        next = std::next(match);
    }
    return pairs;
}

class Differ
{
public:
    Differ(const StageGraph &before, const StageGraph &after)
        : m_before(before)
        , m_after(after)
    {}

    GraphDiff run()
    {
        matchStages();
        matchImages();
        for (const Context &context : m_before.contexts)
            matchByKey(context, m_after.contexts);
        for (const Context &context : m_after.contexts)
            addIfNew(context.key);
        compareEdges();
        return std::move(m_diff);
    }

private:
    static QHash<NodeKey, const Stage *> byKey(const StageGraph &graph)
    {
        QHash<NodeKey, const Stage *> stages;
        stages.reserve(qsizetype(graph.stages.size()));
        for (const Stage &stage : graph.stages)
            stages.insert(stage.key, &stage);
        return stages;
    }

    void matchStages()
    {
        Stages before;
        Stages after;
        const auto stagesBefore = byKey(m_before);
        const auto stagesAfter = byKey(m_after);
        for (const Stage &stage : m_before.stages) {
            const Stage *same = stage.name.isEmpty() ? nullptr : stagesAfter.value(stage.key);
            if (same)
                match(stage, *same);
            else
                before.push_back(&stage);
        }
        for (const Stage &stage : m_after.stages) {
            if (stage.name.isEmpty() || !stagesBefore.contains(stage.key))
                after.push_back(&stage);
        }
        for (const auto &[was, is] : pairUp(before, after))
            match(*was, *is);
        for (const Stage *stage : before)
            goneIfUnmatched(stage->key);
        for (const Stage *stage : after)
            addIfNew(stage->key);
    }

    // An image whose reference is being typed is the same node: it feeds the same stages in the same way.
    void matchImages()
    {
        for (const ExternalImage &image : m_before.images)
            matchByKey(image, m_after.images);
        for (const ExternalImage &image : m_after.images) {
            if (m_taken.contains(image.key))
                continue;
            const auto uses = usesOf(m_after, image.key, false);
            const auto was = std::ranges::find_if(m_diff.gone, [&](const NodeKey &key) {
                return key.kind == NodeKind::Image && usesOf(m_before, key, true) == uses;
            });
            if (was == m_diff.gone.end()) {
                addIfNew(image.key);
                continue;
            }
            m_diff.renamed.emplace_back(*was, image.key);
            m_newKeys.insert(*was, image.key);
            m_taken.insert(image.key);
            m_diff.gone.erase(was);
        }
    }

    std::vector<std::pair<EdgeKind, NodeKey>> usesOf(const StageGraph &graph, const NodeKey &node,
                                                     bool isBefore)
    {
        std::vector<std::pair<EdgeKind, NodeKey>> uses;
        for (const Edge &edge : graph.edges) {
            if (edge.from == node)
                uses.emplace_back(edge.kind, isBefore ? m_newKeys.value(edge.to, edge.to) : edge.to);
        }
        std::ranges::sort(uses);
        return uses;
    }

    template <class Node>
    void matchByKey(const Node &node, const SharedList<Node> &others)
    {
        const auto same = std::ranges::find(others, node.key, &Node::key);
        if (same == others.end())
            m_diff.gone.push_back(node.key);
        else
            match(node, *same);
    }

    template <class Node>
    void match(const Node &was, const Node &is)
    {
        m_newKeys.insert(was.key, is.key);
        m_taken.insert(is.key);
        if (was.key != is.key)
            m_diff.renamed.emplace_back(was.key, is.key);
        else if (was != is)
            m_diff.changed.push_back(is.key);
    }

    void goneIfUnmatched(const NodeKey &key)
    {
        if (!m_newKeys.contains(key))
            m_diff.gone.push_back(key);
    }

    void addIfNew(const NodeKey &key)
    {
        if (!m_taken.contains(key))
            m_diff.added.push_back(key);
    }

    void compareEdges()
    {
        using Shape = std::tuple<EdgeKind, NodeKey, NodeKey>;
        std::vector<Shape> before;
        std::vector<Shape> after;
        for (const Edge &edge : m_before.edges) {
            before.emplace_back(edge.kind, m_newKeys.value(edge.from, edge.from),
                                m_newKeys.value(edge.to, edge.to));
        }
        for (const Edge &edge : m_after.edges)
            after.emplace_back(edge.kind, edge.from, edge.to);
        std::ranges::sort(before);
        std::ranges::sort(after);
        m_diff.edgesChanged = before != after;
    }

    const StageGraph &m_before;
    const StageGraph &m_after;
    GraphDiff m_diff;
    QHash<NodeKey, NodeKey> m_newKeys; // of nodes that stayed: key before -> key after
    QSet<NodeKey> m_taken;             // keys after that have a counterpart before
};

}

GraphDiff diff(const StageGraph &before, const StageGraph &after)
{
    if (after.isSharedWith(before))
        return {};
    return Differ(before, after).run();
}

}
