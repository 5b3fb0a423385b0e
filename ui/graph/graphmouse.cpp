// SPDX-License-Identifier: Apache-2.0
// What the mouse does in GraphView: choosing, dragging, panning.
#include "graph/graphview.h"

#include "graph/graphitems.h"
#include "graph/graphscene.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>

namespace ui {

void GraphView::mousePressEvent(QMouseEvent *event)
{
    const QPoint place = event->position().toPoint();
    const QPointF at = mapToScene(place);
    CardItem *card = m_scene->cardAt(at);
    const bool isLeft = event->button() == Qt::LeftButton && !m_isSpaceHeld;
    const graph::Edge *edge = card == nullptr ? m_scene->edgeAt(at) : nullptr;
    if (isLeft && !m_connectFrom && startEdgeDrag(at)) {
        // the grip may lie over a card
    } else if (isLeft && m_connectFrom && card != nullptr) {
        setDropTarget(card);
        dropAt(at);
    } else if (isLeft && edge != nullptr) {
        chooseEdge(*edge);
    } else if (event->button() == Qt::MiddleButton ||
               (event->button() == Qt::LeftButton && (m_isSpaceHeld || card == nullptr))) {
        m_panFrom = place;
        viewport()->setCursor(Qt::ClosedHandCursor);
    } else if (isLeft && card->isOnPort(at)) {
        startDragFrom(*card, at);
    } else if (card != nullptr) {
        choose(card);
        const int row = m_scene->look().rowAt(card->content(), card->mapFromScene(at));
        chooseRow(row < 0 ? -1 : row + card->content().firstShown);
        if (isLeft && row >= 0)
            startRowDrag(*card, row, place);
    }
    event->accept();
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (m_panFrom) {
        const QPoint way = at - *m_panFrom;
        if (m_isFitted && way.manhattanLength() < QApplication::startDragDistance())
            return;
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - way.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - way.y());
        m_panFrom = at;
        m_isFitted = false;
    } else if (m_rowDrag) {
        dragRowTo(at);
    } else if (m_rubber) {
        dragTo(mapToScene(at));
    } else {
        QGraphicsView::mouseMoveEvent(event); // hovering
    }
}

void GraphView::mouseReleaseEvent(QMouseEvent *event)
{
    const QPointF at = mapToScene(event->position().toPoint());
    if (m_panFrom) {
        m_panFrom.reset();
        viewport()->setCursor(m_isSpaceHeld ? Qt::OpenHandCursor : Qt::ArrowCursor);
        if (event->button() == Qt::LeftButton && !m_isSpaceHeld && m_scene->cardAt(at) == nullptr &&
            m_isFitted)
            choose(nullptr);
    } else if (m_rowDrag) {
        dragRowTo(event->position().toPoint());
        dropRow();
    } else if (m_rubber) {
        dragTo(at);
        dropAt(at);
    }
    event->accept();
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPointF at = mapToScene(event->position().toPoint());
    if (event->button() != Qt::LeftButton)
        return;
    const CardItem *card = m_scene->cardAt(at);
    if (card == nullptr) {
        if (const graph::Edge *edge = m_scene->edgeAt(at); edge != nullptr && !edge->lines.empty())
            Q_EMIT rowActivated(m_scene->tree().firstRow(edge->lines.front()));
        return;
    }
    const QPointF inCard = card->mapFromScene(at);
    const int row = m_scene->look().rowAt(card->content(), inCard);
    if (card->key().kind == graph::NodeKind::Stage &&
        m_scene->look().titleRect(card->content()).contains(inCard))
        startRename(card->key());
    else if (row >= 0)
        Q_EMIT rowActivated(card->content().rows[size_t(row)].row);
    else if (card->content().firstRow > 0)
        Q_EMIT rowActivated(card->content().firstRow);
}

}
