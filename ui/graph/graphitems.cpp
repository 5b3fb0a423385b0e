// SPDX-License-Identifier: Apache-2.0
#include "graph/graphitems.h"

#include <QCursor>
#include <QGraphicsSceneHoverEvent>
#include <QLineF>
#include <QPainter>
#include <QWidget>

namespace ui {

namespace {

constexpr qreal portReach = 13; // easier to hit than it looks
constexpr qreal glow = 8;       // shadow, selection and port stand out of the card

}

CardItem::CardItem(const GraphLook &look)
    : m_look(look)
{
    setFlag(ItemIsSelectable);
    setAcceptHoverEvents(true);
    setZValue(1);
}

void CardItem::setContent(const CardContent &content)
{
    if (content == m_content)
        return;
    prepareGeometryChange();
    m_content = content;
    setToolTip(content.note.tooltip.isEmpty() ? content.inWords() : content.note.tooltip);
    update();
}

void CardItem::setGhost(bool isGhost)
{
    if (std::exchange(m_state.isGhost, isGhost) != isGhost)
        update();
}

void CardItem::setDrop(const Drop &drop)
{
    m_state.isDropTarget = drop.isOver;
    m_state.isDropRefused = drop.isRefused;
    m_state.dropSlot = drop.slot;
    update();
}

void CardItem::setSelectedRow(int row)
{
    if (std::exchange(m_state.selectedRow, row) != row)
        update();
}

QPointF CardItem::inPort() const
{
    return scenePos() + m_look.inPort(m_content);
}

QPointF CardItem::outPort() const
{
    return scenePos() + m_look.outPort(m_content);
}

bool CardItem::isOnPort(QPointF scenePosition) const
{
    return QLineF(scenePosition, outPort()).length() <= portReach;
}

QRectF CardItem::boundingRect() const
{
    return QRectF(QPointF(), size())
        .adjusted(-glow, -glow, glow + GraphLook::portRadius, glow + GraphLook::portRadius);
}

QPainterPath CardItem::shape() const
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill); // or the port's inner half would be a hole
    path.addRect(QRectF(QPointF(), size()));
    path.addEllipse(m_look.outPort(m_content), portReach, portReach);
    return path;
}

void CardItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *widget)
{
    CardState state = m_state;
    state.isSelected = isSelected();
    state.isFocused = isSelected() && widget != nullptr && widget->hasFocus();
    m_look.paintCard(*painter, m_content, state);
    const bool canStartEdges = m_content.key.kind != graph::NodeKind::Context && !state.isGhost;
    if (canStartEdges && (state.isHovered || state.isSelected))
        m_look.paintPort(*painter, m_look.outPort(m_content), m_isPortHot);
}

void CardItem::hoverEnterEvent(QGraphicsSceneHoverEvent *event)
{
    m_state.isHovered = true;
    hoverMoveEvent(event);
    update();
}

void CardItem::hoverMoveEvent(QGraphicsSceneHoverEvent *event)
{
    const bool isHot = m_content.key.kind != graph::NodeKind::Context && isOnPort(event->scenePos());
    if (std::exchange(m_isPortHot, isHot) != isHot) {
        setCursor(isHot ? Qt::CrossCursor : Qt::ArrowCursor);
        update();
    }
}

void CardItem::hoverLeaveEvent(QGraphicsSceneHoverEvent *)
{
    m_state.isHovered = false;
    m_isPortHot = false;
    unsetCursor();
    update();
}

EdgeItem::EdgeItem(const GraphLook &look, graph::NodeKey fromKey, graph::NodeKey toKey)
    : from(std::move(fromKey))
    , to(std::move(toKey))
    , m_look(look)
{}

bool EdgeItem::setContent(const EdgeContent &content)
{
    if (content == m_content)
        return false;
    m_content = content;
    update();
    return true;
}

void EdgeItem::setPath(const QPainterPath &path)
{
    prepareGeometryChange();
    m_path = path;
    m_head = arrowHead(path);
}

bool EdgeItem::setState(EdgeState state)
{
    if (state.isEmphasised == m_state.isEmphasised && state.isSelected == m_state.isSelected)
        return false;
    m_state = state;
    update();
    return true;
}

bool EdgeItem::isNear(QPointF scenePosition) const
{
    constexpr qreal reach = 6;
    if (!isVisible() || !m_path.boundingRect().adjusted(-reach, -reach, reach, reach).contains(scenePosition))
        return false;
    QPainterPathStroker stroker;
    stroker.setWidth(2 * reach);
    return stroker.createStroke(m_path).contains(scenePosition);
}

void EdgeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    m_look.paintEdge(*painter, m_content, m_path, m_head, m_state);
}

void EdgeLabelItem::contentChanged()
{
    prepareGeometryChange();
    m_size = m_look.labelSize(m_edge.content());
    setToolTip(QString(m_edge.content().word + u' ' + m_edge.content().detail).trimmed());
    update();
}

QRectF EdgeLabelItem::boundingRect() const
{
    return QRectF(QPointF(-m_size.width() / 2, -m_size.height() / 2), m_size).adjusted(-1, -1, 1, 1);
}

void EdgeLabelItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    m_look.paintLabel(*painter, m_edge.content(), {}, m_edge.state());
}

void RubberEdgeItem::setEnds(QPointF from, QPointF to)
{
    prepareGeometryChange();
    m_path = pathBetween(from, to, m_look.direction());
    update();
}

void RubberEdgeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    m_look.paintRubberEdge(*painter, m_path);
}

}
