// SPDX-License-Identifier: Apache-2.0
// How the scene becomes what a snapshot says.
#include "graph/graphdiff.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"

#include <ranges>
#include <tuple>

namespace ui {

namespace {

void moveKeys(CountsByNode &counts, const graph::GraphDiff &diff)
{
    if (diff.renamed.empty())
        return;
    const CountsByNode before = counts;
    for (const auto &[was, is] : diff.renamed)
        counts.remove(was);
    for (const auto &[was, is] : diff.renamed)
        if (before.contains(was))
            counts[is] = before[was];
}

bool isHalfTyped(const dockerfile::Tree &tree)
{
    return std::ranges::any_of(tree.problems(), [](const dockerfile::Problem &problem) {
        return problem.severity == dockerfile::Problem::Severity::Error;
    });
}

}

void GraphScene::setNotes(const GraphNotes &notes)
{
    if (notes == m_notes)
        return;
    CountsByNode counts = countFindings(notes.findings, m_tree, m_graph);
    // Typing above findings moves them, which no card shows.
    const bool isShown = counts == m_counts && notes.nodes == m_notes.nodes &&
                         notes.standIns == m_notes.standIns && notes.imageSizes == m_notes.imageSizes;
    m_notes = notes;
    m_counts = std::move(counts);
    if (!isShown)
        mirror(m_tree, m_graph);
}

bool GraphScene::hasGhosts() const
{
    return std::ranges::any_of(m_cards, [](const auto &entry) { return entry.second->isGhost(); });
}

/// The usual key: within an instruction, and of no meaning for the graph. Only the cards that show it are
/// made anew.
bool GraphScene::mirrorTyping(const dockerfile::Tree &tree, const graph::StageGraph &graph)
{
    if (!graph.isSharedWith(m_graph) || hasGhosts())
        return false;
    const dockerfile::LineChange change = dockerfile::changedLines(m_tree, tree);
    const int end = change.first + change.after;
    const bool areRowsKept = end == tree.lineCount() || tree.firstRow(end) == m_tree.firstRow(end);
    if (change.before != change.after || !areRowsKept)
        return false;
    for (int line = change.first; line < end; ++line)
        m_rows.forget(m_tree.line(line));
    m_tree = tree;
    m_graph = graph;
    for (int line = change.first; line < end; ++line) {
        if (const graph::Stage *stage = m_graph.stageAtLine(line))
            if (CardItem *item = card(stage->key))
                item->setContent(describe(*stage, sources(), m_rows));
    }
    if (m_row >= 0)
        selectRow(m_row);
    Q_EMIT contentChanged();
    return true;
}

void GraphScene::mirror(const dockerfile::Tree &tree, const graph::StageGraph &graph)
{
    const graph::GraphDiff diff = graph::diff(m_graph, graph);
    // All leave before any arrives: stage 1 may become stage 2 while stage 2 becomes stage 3.
    std::vector<std::pair<graph::NodeKey, std::unique_ptr<CardItem>>> moving;
    for (const auto &[before, after] : diff.renamed)
        if (auto node = m_cards.extract(before))
            moving.emplace_back(after, std::move(node.mapped()));
    for (auto &[key, card] : moving)
        m_cards[key] = std::move(card);
    moveKeys(m_counts, diff);
    followNames(diff);
    const bool isTyped = m_hasPlaces && std::abs(tree.length() - m_tree.length()) <= 1;
    m_tree = tree;
    m_graph = graph;
    const GraphContent content = describe(sources(), m_rows);
    const bool waits = !diff.gone.empty() && diff.added.empty() && isHalfTyped(tree);
    const bool hasGrown = mirrorCards(content, waits);
    mirrorEdges(content);
    const bool shapeChanged = diff.changesShape() && !waits && !hasGhosts();
    // A layout under way stays good as long as it knows the nodes by their names: while a large file is typed
    // in, it must come to its end.
    const bool needsLayout = shapeChanged || hasGrown || (m_layoutJob.isRunning() && !diff.renamed.empty()) ||
                             (!isLayingOut() && !m_hasPlaces);
    if (needsLayout && isTyped)
        startLayoutWhenQuiet();
    else if (needsLayout)
        startLayout();
    if (selectedEdge() == nullptr)
        m_edge.reset();
    emphasiseSelection();
    followRow();
    Q_EMIT contentChanged();
}

/// True when a new layout is needed: a card is new, left or changed its size.
bool GraphScene::mirrorCards(const GraphContent &content, bool keepsGone)
{
    bool needsLayout = false;
    m_order.clear();
    for (const auto &wanted : content.cards) {
        m_order.push_back(wanted.key);
        auto &card = m_cards[wanted.key];
        const bool isNew = !card;
        if (isNew) {
            card = std::make_unique<CardItem>(m_look);
            card->setVisible(false); // until it has a place
            addItem(card.get());
        }
        const QSizeF before = isNew ? QSizeF() : card->size();
        card->setContent(wanted);
        card->setGhost(false);
        needsLayout = needsLayout || card->size() != before;
    }
    // Half-typed text keeps what it lost in its place, greyed, until the text is whole again.
    const bool keepsGhosts = keepsGone || isHalfTyped(m_tree);
    std::erase_if(m_cards, [&](const auto &entry) {
        const bool isGone = content.card(entry.first) == nullptr;
        if (!isGone || (keepsGhosts && (keepsGone || entry.second->isGhost()))) {
            if (isGone)
                entry.second->setGhost(true);
            return false;
        }
        needsLayout = needsLayout || entry.second->isGhost();
        m_moves.erase(entry.first);
        return true;
    });
    return needsLayout;
}

void GraphScene::mirrorEdges(const GraphContent &content)
{
    using Ends = std::tuple<int, graph::NodeKey, graph::NodeKey>;
    std::map<Ends, size_t> known; // an edge is the only one of its kind between its ends
    for (size_t i = 0; i < m_edges.size(); ++i) {
        const EdgeItem &line = *m_edges[i].line;
        known.emplace(Ends{int(line.content().kind), line.from, line.to}, i);
    }
    std::vector<EdgeItems> edges;
    edges.reserve(m_graph.edges.size());
    for (size_t i = 0; i < m_graph.edges.size(); ++i) {
        const graph::Edge &wanted = m_graph.edges[i];
        const auto same = known.find({int(wanted.kind), wanted.from, wanted.to});
        EdgeItems edge;
        if (same != known.end() && m_edges[same->second].line)
            edge = std::move(m_edges[same->second]);
        else
            edge = newEdge(wanted);
        const bool isOther = edge.line->setContent(content.edges[i]);
        edge.line->row = wanted.lines.empty() ? 0 : m_tree.firstRow(wanted.lines.front());
        if (isOther)
            edge.label->contentChanged();
        edges.push_back(std::move(edge));
    }
    m_edges = std::move(edges);
}

GraphScene::EdgeItems GraphScene::newEdge(const graph::Edge &wanted)
{
    EdgeItems edge;
    edge.line = std::make_unique<EdgeItem>(m_look, wanted.from, wanted.to);
    edge.label = std::make_unique<EdgeLabelItem>(m_look, *edge.line);
    edge.line->setVisible(false);
    edge.label->setVisible(false);
    addItem(edge.line.get());
    addItem(edge.label.get());
    return edge;
}

}
