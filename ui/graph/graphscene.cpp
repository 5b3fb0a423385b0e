// SPDX-License-Identifier: Apache-2.0
#include "graph/graphscene.h"

#include "graph/graphdiff.h"
#include "graph/graphitems.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

#include <chrono>
#include <ranges>

using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr std::chrono::milliseconds moveTime = 150ms;
constexpr qreal freeSpace = 4000; // around the cards, so that panning never ends at them

QPainterPath between(const QPainterPath &before, const QPainterPath &after, qreal progress)
{
    constexpr int steps = 24;
    QPainterPath path;
    for (int i = 0; i <= steps; ++i) {
        const qreal at = qreal(i) / steps;
        const QPointF from = before.pointAtPercent(at);
        const QPointF point = from + (after.pointAtPercent(at) - from) * progress;
        i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    return path;
}

/// How large a graph can be shown; nothing is enlarged.
qreal scaleInto(QSizeF room, QSizeF size)
{
    if (size.isEmpty())
        return 1;
    return std::min({room.width() / size.width(), room.height() / size.height(), 1.0});
}

bool isHalfTyped(const dockerfile::Tree &tree)
{
    return std::ranges::any_of(tree.problems(), [](const dockerfile::Problem &problem) {
        return problem.severity == dockerfile::Problem::Severity::Error;
    });
}

}

GraphScene::GraphScene(const QFont &font, const ThemeColors &colors, QObject *parent)
    : QGraphicsScene(parent)
    , m_look(font, colors)
{
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setDuration(int(moveTime.count()));
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &value) { moveTo(value.toReal()); });
    connect(this, &QGraphicsScene::selectionChanged, this, &GraphScene::emphasiseSelection);
}

GraphScene::~GraphScene()
{
    disconnect(this, &QGraphicsScene::selectionChanged, this, nullptr);
    m_edges.clear();
    m_cards.clear();
}

void GraphScene::setLook(const QFont &font, const ThemeColors &colors)
{
    const graph::Direction direction = m_look.direction();
    m_look = GraphLook(font, colors);
    m_look.setDirection(direction);
    for (const auto &[key, card] : m_cards)
        card->update();
    startLayout();
    update();
}

void GraphScene::showSnapshot(const workspace::Snapshot &snapshot)
{
    mirror(snapshot.tree, snapshot.graph);
}

void GraphScene::replace(const workspace::Snapshot &snapshot)
{
    m_animation.stop();
    m_edges.clear();
    m_cards.clear();
    m_moves.clear();
    m_toSelect.reset();
    m_graph = {};
    m_hasPlaces = false;
    mirror(snapshot.tree, snapshot.graph);
}

void GraphScene::setNotes(const GraphNotes &notes)
{
    if (notes == m_notes)
        return;
    m_notes = notes;
    mirror(m_tree, m_graph);
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
    for (auto &edge : m_edges) {
        for (const auto &[before, after] : diff.renamed) {
            if (edge.line->from == before)
                edge.line->from = after;
            if (edge.line->to == before)
                edge.line->to = after;
        }
    }
    m_tree = tree;
    m_graph = graph;
    const GraphContent content = describe(tree, graph, m_notes, m_rows);
    const bool waits = !diff.gone.empty() && diff.added.empty() && isHalfTyped(tree);
    const bool hasGrown = mirrorCards(content, waits);
    mirrorEdges(content);
    const bool wasHeldBack =
        std::ranges::any_of(m_cards, [](const auto &entry) { return entry.second->isGhost(); });
    const bool shapeChanged = diff.changesShape() && !waits && !wasHeldBack;
    // A layout under way stays good as long as it knows the nodes by their names: while a large file is typed
    // in, it must come to its end.
    const bool isLayingOut = m_layoutJob.isRunning();
    if (shapeChanged || hasGrown || (isLayingOut && !diff.renamed.empty()) || (!isLayingOut && !m_hasPlaces))
        startLayout();
    emphasiseSelection();
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
    std::vector<EdgeItems> edges;
    for (size_t i = 0; i < m_graph.edges.size(); ++i) {
        const graph::Edge &wanted = m_graph.edges[i];
        const auto same = std::ranges::find_if(m_edges, [&](const EdgeItems &edge) {
            return edge.line && edge.line->from == wanted.from && edge.line->to == wanted.to &&
                   edge.line->content().kind == wanted.kind;
        });
        EdgeItems edge;
        if (same != m_edges.end()) {
            edge = std::move(*same);
        } else {
            edge.line = std::make_unique<EdgeItem>(m_look, wanted.from, wanted.to);
            edge.label = std::make_unique<EdgeLabelItem>(m_look, *edge.line);
            edge.line->setVisible(false);
            edge.label->setVisible(false);
            addItem(edge.line.get());
            addItem(edge.label.get());
        }
        edge.line->setContent(content.edges[i]);
        edge.line->row = wanted.lines.empty() ? 0 : m_tree.firstRow(wanted.lines.front());
        edge.label->contentChanged();
        edges.push_back(std::move(edge));
    }
    m_edges = std::move(edges);
}

void GraphScene::startLayout()
{
    QHash<graph::NodeKey, QSizeF> sizes;
    for (const auto &[key, card] : m_cards)
        sizes.insert(key, card->size());
    std::vector<QSizeF> labels;
    for (const auto &edge : m_edges)
        labels.push_back(m_look.labelSize(edge.line->content()));
    using Laid = std::pair<graph::Layout, graph::Direction>;
    m_layoutJob.start(
        [graph = m_graph, sizes, labels, room = m_room, isFirst = !m_hasPlaces,
         kept = m_look.direction()](std::stop_token stop) -> Laid {
            const auto run = [&](graph::Direction direction) {
                return Laid{graph::layOut(graph, sizes, labels, direction, stop), direction};
            };
            if (!isFirst)
                return run(kept);
            Laid sideways = run(graph::Direction::LeftToRight);
            Laid down = run(graph::Direction::TopToBottom);
            return scaleInto(room, sideways.first.size) >= scaleInto(room, down.first.size) ? sideways : down;
        },
        [this](const Laid &laid) {
            m_look.setDirection(laid.second);
            applyLayout(laid.first);
        });
}

void GraphScene::applyLayout(const graph::Layout &layout)
{
    m_animation.stop();
    m_moves.clear();
    // The new layout is shifted so that the cards that were there move as little as they can on the whole.
    QPointF shift;
    int known = 0;
    for (const auto &[key, place] : layout.nodes.asKeyValueRange()) {
        const CardItem *item = card(key);
        if (item != nullptr && item->isVisible()) {
            shift += item->pos() - place.topLeft();
            ++known;
        }
    }
    if (known > 0)
        shift /= known;
    const bool isFirst = !m_hasPlaces;
    m_hasPlaces = true;
    for (const auto &[key, place] : layout.nodes.asKeyValueRange()) {
        if (CardItem *item = card(key)) {
            const QPointF target = place.topLeft() + shift;
            m_moves[key] = {item->isVisible() ? item->pos() : target, target};
            item->setVisible(true);
        }
    }
    if (m_toSelect)
        selectNode(std::exchange(m_toSelect, {}));
    for (size_t i = 0; i < std::min(m_edges.size(), layout.edges.size()); ++i) {
        EdgeItems &edge = m_edges[i];
        edge.after = pathThrough(layout.edges[i].points).translated(shift);
        edge.before = edge.line->isVisible() ? edge.line->path() : edge.after;
        edge.room = layout.edges[i].labelCentre + shift;
        edge.line->setVisible(!edge.after.isEmpty());
        edge.label->setVisible(!edge.after.isEmpty());
    }
    const bool somethingMoves = std::ranges::any_of(
        m_moves, [](const auto &entry) { return entry.second.before != entry.second.after; });
    setSceneRect(cardsRect().adjusted(-freeSpace, -freeSpace, freeSpace, freeSpace));
    if (isFirst || !somethingMoves || !QApplication::style()->styleHint(QStyle::SH_Widget_Animate))
        moveTo(1);
    else {
        moveTo(0); // new cards stand where they belong from the first moment
        m_animation.start();
    }
    Q_EMIT laidOut(isFirst);
}

void GraphScene::moveTo(qreal progress)
{
    for (const auto &[key, move] : m_moves)
        if (CardItem *item = card(key))
            item->setPos(move.before + (move.after - move.before) * progress);
    for (auto &edge : m_edges) {
        if (edge.after.isEmpty())
            continue;
        const bool isThere = progress >= 1 || edge.before == edge.after;
        edge.line->setPath(isThere ? edge.after : between(edge.before, edge.after, progress));
        edge.label->setPos(labelPlace(edge.line->path(), edge.room));
    }
}

void GraphScene::emphasiseSelection()
{
    const auto selected = selectedNode();
    for (const auto &edge : m_edges) {
        edge.line->setEmphasised(selected && (edge.line->from == *selected || edge.line->to == *selected));
        edge.label->update();
    }
}

CardItem *GraphScene::card(const graph::NodeKey &key) const
{
    const auto found = m_cards.find(key);
    return found == m_cards.end() ? nullptr : found->second.get();
}

CardItem *GraphScene::cardAt(QPointF position) const
{
    for (const auto &[key, card] : m_cards)
        if (card->isVisible() && !card->isGhost() && card->contains(card->mapFromScene(position)))
            return card.get();
    return nullptr;
}

std::vector<CardItem *> GraphScene::cards() const
{
    std::vector<CardItem *> result;
    for (const auto &key : m_order)
        result.push_back(card(key));
    return result;
}

QRectF GraphScene::cardsRect() const
{
    QRectF rect;
    for (const auto &[key, card] : m_cards) {
        const auto move = m_moves.find(key);
        rect |= QRectF(move == m_moves.end() ? card->pos() : move->second.after, card->size());
    }
    for (const auto &edge : m_edges)
        rect |= edge.after.boundingRect();
    return rect;
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
    if (key == selectedNode())
        return;
    m_toSelect.reset();
    clearSelection();
    CardItem *item = key ? card(*key) : nullptr;
    if (item != nullptr && !item->isVisible())
        m_toSelect = key; // Qt selects nothing that is hidden
    else if (item != nullptr)
        item->setSelected(true);
}

void GraphScene::drawBackground(QPainter *painter, const QRectF &rect)
{
    m_look.paintGround(*painter, rect);
}

}
