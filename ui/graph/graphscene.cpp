// SPDX-License-Identifier: Apache-2.0
#include "graph/graphscene.h"

#include "graph/graphdiff.h"
#include "graph/graphitems.h"
#include "graph/labelplaces.h"
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
constexpr std::chrono::milliseconds quietBeforeLayout = 500ms;
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
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietBeforeLayout);
    connect(&m_quiet, &QTimer::timeout, this, &GraphScene::startLayout);
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
    for (const auto &edge : m_edges)
        edge.label->contentChanged();
    startLayout();
    update();
}

void GraphScene::showSnapshot(const workspace::Snapshot &snapshot)
{
    if (!mirrorTyping(snapshot.tree, snapshot.graph))
        mirror(snapshot.tree, snapshot.graph);
}

void GraphScene::replace(const workspace::Snapshot &snapshot)
{
    m_animation.stop();
    m_edges.clear();
    m_cards.clear();
    m_moves.clear();
    m_toSelect.reset();
    m_edge.reset();
    m_row = -1;
    m_shownFrom = {};
    m_graph = {};
    m_hasPlaces = false;
    mirror(snapshot.tree, snapshot.graph);
}

/// While somebody types a FROM line, every key of it names another image or stage, and nothing may move.
void GraphScene::startLayoutWhenQuiet()
{
    m_layoutJob.cancel(); // it may know nodes by names that they have no longer
    m_quiet.start();
}

void GraphScene::startLayout()
{
    m_quiet.stop();
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
        edge.line->setVisible(!edge.after.isEmpty());
        edge.label->setVisible(!edge.after.isEmpty());
    }
    spreadLabels(layout, shift);
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

void GraphScene::spreadLabels(const graph::Layout &layout, QPointF shift)
{
    std::vector<LabelWish> wishes;
    for (size_t i = 0; i < std::min(m_edges.size(), layout.edges.size()); ++i)
        wishes.push_back({m_edges[i].after, layout.edges[i].labelCentre + shift,
                          m_look.labelSize(m_edges[i].line->content())});
    std::vector<QRectF> cards;
    for (const auto &[key, move] : m_moves) {
        if (const CardItem *item = card(key))
            cards.emplace_back(move.after, item->size());
    }
    const std::vector<qreal> places = labelPlaces(wishes, cards);
    for (size_t i = 0; i < places.size(); ++i)
        m_edges[i].labelAt = places[i];
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
        edge.label->setPos(edge.line->path().pointAtPercent(edge.labelAt));
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

void GraphScene::drawBackground(QPainter *painter, const QRectF &rect)
{
    m_look.paintGround(*painter, rect);
}

}
