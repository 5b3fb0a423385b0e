// SPDX-License-Identifier: Apache-2.0
// What is selected in the scene: a node, one of a stage's instructions, or an edge.
#include "graph/edgeverbs.h"
#include "graph/graphdiff.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"

#include <algorithm>

namespace ui {

namespace {

QString lineText(const dockerfile::Tree &tree, int line)
{
    return tree.line(line).text.trimmed(); // a line end comes and goes when lines move
}

}

std::optional<graph::NodeKey> GraphScene::selectedNode() const
{
    if (m_toSelect && card(*m_toSelect) != nullptr)
        return m_toSelect;
    for (const auto &[key, card] : m_cards)
        if (card->isSelected())
            return key;
    return {};
}

void GraphScene::selectNode(const std::optional<graph::NodeKey> &key)
{
    const bool wasEdge = std::exchange(m_edge, std::nullopt).has_value();
    if (key == selectedNode()) {
        if (wasEdge)
            emphasiseSelection();
        return;
    }
    m_row = -1;
    m_toSelect.reset();
    clearSelection();
    CardItem *item = key ? card(*key) : nullptr;
    if (item != nullptr && !item->isVisible())
        m_toSelect = key; // Qt selects nothing that is hidden
    else if (item != nullptr)
        item->setSelected(true);
    emphasiseSelection();
    showRow();
}

void GraphScene::selectRow(int row)
{
    const auto key = selectedNode();
    const graph::Stage *stage = key ? m_graph.stage(*key) : nullptr;
    m_row = stage != nullptr && row >= 0 && row < int(stage->instructions.size()) ? row : -1;
    m_rowText = m_row < 0 ? QString() : lineText(m_tree, stage->instructions[size_t(m_row)]);
    showRow();
}

int GraphScene::selectedLine() const
{
    const auto key = selectedNode();
    const graph::Stage *stage = key && m_row >= 0 ? m_graph.stage(*key) : nullptr;
    return stage != nullptr && m_row < int(stage->instructions.size()) ? stage->instructions[size_t(m_row)]
                                                                       : -1;
}

/// Marks the row on its card, which is made to show it.
void GraphScene::showRow()
{
    const auto selected = selectedNode();
    const graph::Stage *stage = selected ? m_graph.stage(*selected) : nullptr;
    if (stage != nullptr && m_row >= 0) {
        const int shown = rowsOnCard(int(stage->instructions.size()));
        const int before = m_shownFrom.stage == stage->key ? m_shownFrom.first : 0;
        const int first = std::clamp(before, std::max(0, m_row - shown + 1), m_row);
        if (m_shownFrom.stage != stage->key || first != m_shownFrom.first) {
            const graph::NodeKey other = std::exchange(m_shownFrom, {stage->key, first}).stage;
            if (const graph::Stage *left = m_graph.stage(other); left != nullptr && left != stage)
                if (CardItem *item = card(other))
                    item->setContent(describe(*left, sources(), m_rows));
            if (CardItem *item = card(stage->key))
                item->setContent(describe(*stage, sources(), m_rows));
        }
    }
    for (const auto &[key, item] : m_cards) {
        const bool isIts = m_row >= 0 && selected == key;
        item->setSelectedRow(isIts ? m_row - item->content().firstShown : -1);
    }
}

/// After a change of the text: the selected instruction may stand elsewhere in its stage.
void GraphScene::followRow()
{
    if (m_row < 0)
        return;
    const auto key = selectedNode();
    const graph::Stage *stage = key ? m_graph.stage(*key) : nullptr;
    const int count = stage == nullptr ? 0 : int(stage->instructions.size());
    int nearest = -1;
    for (int i = 0; i < count; ++i) {
        if (lineText(m_tree, stage->instructions[size_t(i)]) == m_rowText &&
            (nearest < 0 || std::abs(i - m_row) < std::abs(nearest - m_row)))
            nearest = i;
    }
    selectRow(nearest >= 0 ? nearest : std::min(m_row, count - 1));
}

const graph::Edge *GraphScene::selectedEdge() const
{
    return m_edge ? graph::findEdge(m_graph, m_edge->kind, m_edge->from, m_edge->to) : nullptr;
}

void GraphScene::selectEdge(const graph::Edge &edge)
{
    selectNode({});
    m_edge = edge;
    emphasiseSelection();
}

const EdgeItem *GraphScene::edgeItem(const graph::Edge &edge) const
{
    for (const auto &items : m_edges) {
        if (items.line->content().kind == edge.kind && items.line->from == edge.from &&
            items.line->to == edge.to)
            return items.line.get();
    }
    return nullptr;
}

const graph::Edge *GraphScene::edgeAt(QPointF position) const
{
    const auto edgeOf = [this](const EdgeItems &items) {
        return graph::findEdge(m_graph, items.line->content().kind, items.line->from, items.line->to);
    };
    for (const auto &items : m_edges) // labels lie above all lines
        if (items.label->isVisible() && items.label->sceneBoundingRect().contains(position))
            return edgeOf(items);
    for (const auto &items : m_edges)
        if (items.line->isNear(position))
            return edgeOf(items);
    return nullptr;
}

void GraphScene::emphasiseSelection()
{
    const auto selected = selectedNode();
    for (const auto &edge : m_edges) {
        const EdgeItem &line = *edge.line;
        const EdgeState state{.isEmphasised = selected && (line.from == *selected || line.to == *selected),
                              .isSelected = m_edge && line.content().kind == m_edge->kind &&
                                            line.from == m_edge->from && line.to == m_edge->to};
        if (edge.line->setState(state))
            edge.label->update();
    }
}

/// Nodes that have another name now are meant by it.
void GraphScene::followNames(const graph::GraphDiff &diff)
{
    const auto follow = [&diff](graph::NodeKey &key) {
        for (const auto &[before, after] : diff.renamed) {
            if (key == before) {
                key = after;
                return; // stage 1 may become stage 2 while stage 2 becomes stage 3
            }
        }
    };
    for (auto &edge : m_edges) {
        follow(edge.line->from);
        follow(edge.line->to);
    }
    if (m_edge) {
        follow(m_edge->from);
        follow(m_edge->to);
    }
    follow(m_shownFrom.stage);
}

CardSources GraphScene::sources() const
{
    return {m_tree, m_graph, m_notes, m_counts, m_shownFrom};
}

}
