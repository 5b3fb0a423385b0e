// SPDX-License-Identifier: Apache-2.0
// GraphView's ways to make an edge, by mouse and by keyboard, and its other keys.
#include "graph/graphview.h"

#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/graphwalk.h"

#include <QKeyEvent>

namespace ui {

void GraphView::startDragFrom(const CardItem &card, QPointF position)
{
    if (card.key().kind == graph::NodeKind::Context) {
        choose(&card);
        return;
    }
    m_connectFrom = card.key();
    m_rubber = std::make_unique<RubberEdgeItem>(m_scene->look());
    m_scene->addItem(m_rubber.get());
    dragTo(position);
}

void GraphView::dragTo(QPointF position)
{
    CardItem *under = m_scene->cardAt(position);
    const bool canTake =
        under != nullptr && under->key().kind == graph::NodeKind::Stage && under->key() != m_connectFrom;
    setDropTarget(canTake ? under : nullptr);
    const CardItem *from = m_scene->card(*m_connectFrom);
    const bool goesNowhere = under != nullptr && !canTake;
    m_rubber->setEnds(from->outPort(), canTake ? under->inPort() : position,
                      goesNowhere ? QString() : promiseFor(canTake ? under : nullptr));
}

void GraphView::dropAt(QPointF position)
{
    const graph::NodeKey from = *m_connectFrom;
    const auto to = m_dropTarget;
    const bool onGround = m_rubber && m_scene->cardAt(position) == nullptr;
    stopConnecting();
    if (to)
        Q_EMIT connectRequested(from, *to);
    else if (onGround)
        Q_EMIT addStageRequested(from);
}

QString GraphView::promiseFor(const CardItem *target) const
{
    const CardItem *from = m_scene->card(*m_connectFrom);
    return target != nullptr ? tr("Copy from %1 to %2").arg(from->content().title, target->content().title)
                             : tr("New stage FROM %1").arg(from->content().title);
}

void GraphView::startConnecting(const graph::NodeKey &from)
{
    const CardItem *card = m_scene->card(from);
    if (card == nullptr || from.kind == graph::NodeKind::Context)
        return;
    m_connectFrom = from;
    const graph::Stage *source = m_scene->graph().stage(from);
    for (const auto &stage : m_scene->graph().stages) { // the first that could take it
        if (source == nullptr || stage.index > source->index) {
            setDropTarget(m_scene->card(stage.key));
            break;
        }
    }
    viewport()->update();
}

void GraphView::stopConnecting()
{
    setDropTarget(nullptr);
    m_connectFrom.reset();
    m_rubber.reset();
}

void GraphView::setDropTarget(CardItem *card)
{
    if (CardItem *before = m_dropTarget ? m_scene->card(*m_dropTarget) : nullptr)
        before->setDropTarget(false);
    m_dropTarget.reset();
    if (card != nullptr) {
        card->setDropTarget(true);
        m_dropTarget = card->key();
    }
}

CardItem *GraphView::walkFrom(const CardItem *card, int key) const
{
    const auto cards = m_scene->cards();
    std::vector<QRectF> places;
    int current = -1;
    for (const CardItem *other : cards) {
        if (other == card)
            current = int(places.size());
        places.push_back(other->sceneRect());
    }
    const WalkDirection direction = key == Qt::Key_Left    ? WalkDirection::Left
                                    : key == Qt::Key_Right ? WalkDirection::Right
                                    : key == Qt::Key_Up    ? WalkDirection::Up
                                                           : WalkDirection::Down;
    const int next = nextPlace(places, current, direction);
    return next < 0 ? nullptr : cards[size_t(next)];
}

void GraphView::walk(int key)
{
    if (m_connectFrom) {
        const CardItem *from = m_dropTarget ? m_scene->card(*m_dropTarget) : m_scene->card(*m_connectFrom);
        if (CardItem *next = walkFrom(from, key);
            next != nullptr && next->key().kind == graph::NodeKind::Stage)
            setDropTarget(next);
    } else if (const CardItem *next = walkFrom(selectedCard(), key)) {
        choose(next);
    }
}

bool GraphView::focusNextPrevChild(bool next)
{
    const auto cards = m_scene->cards();
    const auto here = std::ranges::find(cards, selectedCard());
    if (m_connectFrom || here == cards.end() || (next ? here + 1 == cards.end() : here == cards.begin()))
        return QGraphicsView::focusNextPrevChild(next);
    choose(next ? here[1] : here[-1]);
    return true;
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    const CardItem *card = selectedCard();
    const bool isStage = card != nullptr && card->key().kind == graph::NodeKind::Stage;
    if (event->matches(QKeySequence::ZoomIn)) {
        zoomIn();
    } else if (event->matches(QKeySequence::ZoomOut)) {
        zoomOut();
    } else if (event->key() == Qt::Key_0 && event->modifiers() == Qt::ControlModifier) {
        fit();
    } else if (event->key() == Qt::Key_1 && event->modifiers() == Qt::ControlModifier) {
        zoomToOriginal();
    } else if (event->key() == Qt::Key_Escape) {
        m_connectFrom ? stopConnecting() : choose(nullptr);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (m_connectFrom)
            dropAt(m_scene->card(*m_connectFrom)->outPort());
        else if (card != nullptr && card->content().firstRow > 0)
            Q_EMIT rowActivated(card->content().firstRow);
    } else if (event->key() == Qt::Key_F2 && isStage) {
        startRename(card->key());
    } else if (event->key() == Qt::Key_C && event->modifiers() == Qt::NoModifier && card != nullptr) {
        startConnecting(card->key());
    } else if (event->matches(QKeySequence::Delete) && isStage) {
        Q_EMIT deleteRequested(card->key());
    } else if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_isSpaceHeld = true;
        viewport()->setCursor(Qt::OpenHandCursor);
    } else if (event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down) {
        walk(event->key());
    } else {
        event->ignore(); // undo and the like are the window's
    }
}

void GraphView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_isSpaceHeld = false;
        viewport()->setCursor(Qt::ArrowCursor);
    }
    QGraphicsView::keyReleaseEvent(event);
}

}
