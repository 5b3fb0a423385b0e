// SPDX-License-Identifier: Apache-2.0
// GraphView by keyboard.
#include "graph/graphview.h"

#include "commands/designverbs.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/graphwalk.h"

#include <QKeyEvent>

namespace ui {

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
    } else if (const graph::Edge *edge = m_scene->selectedEdge()) { // along it
        const bool toSource = key == Qt::Key_Left || key == Qt::Key_Up;
        choose(m_scene->card(toSource ? edge->from : edge->to));
    } else if (!walkRows(key)) {
        if (const CardItem *next = walkFrom(selectedCard(), key))
            choose(next);
    }
}

/// Down goes into the instructions of a stage and through them; above the first is the stage again.
bool GraphView::walkRows(int key)
{
    const auto node = selectedNode();
    const graph::Stage *stage = node ? m_scene->graph().stage(*node) : nullptr;
    const int row = m_scene->selectedRow();
    if (stage == nullptr || (key != Qt::Key_Up && key != Qt::Key_Down))
        return false;
    if (key == Qt::Key_Down && row + 1 < int(stage->instructions.size())) {
        chooseRow(row + 1);
        return true;
    }
    if (key == Qt::Key_Up && row > 0) {
        chooseRow(row - 1);
        return true;
    }
    if (key == Qt::Key_Up && row == 0) {
        choose(m_scene->card(stage->key));
        return true;
    }
    return false;
}

/// The edges of the selected card, or those beside the selected edge, one after the other.
void GraphView::walkEdges(bool back)
{
    const graph::Edge *selected = m_scene->selectedEdge();
    const auto node = selected != nullptr ? std::optional(selected->to) : selectedNode();
    if (!node)
        return;
    std::vector<graph::Edge> edges;
    for (const bool incoming : {true, false})
        for (const auto &edge : m_scene->graph().edges)
            if ((incoming ? edge.to : edge.from) == *node)
                edges.push_back(edge);
    if (edges.empty())
        return;
    const int count = int(edges.size());
    const auto here = selected != nullptr ? std::ranges::find(edges, *selected) : edges.end();
    const int place = here == edges.end() ? (back ? 0 : -1) : int(here - edges.begin());
    chooseEdge(edges[size_t((place + (back ? count - 1 : 1)) % count)]);
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

bool GraphView::zoomKey(const QKeyEvent *event)
{
    const QKeyCombination keys = event->keyCombination();
    if (event->matches(QKeySequence::ZoomIn))
        zoomIn();
    else if (event->matches(QKeySequence::ZoomOut))
        zoomOut();
    else if (keys == (Qt::CTRL | Qt::Key_0))
        fit();
    else if (keys == (Qt::CTRL | Qt::Key_1))
        zoomToOriginal();
    else
        return false;
    return true;
}

/// The verbs on what is selected.
bool GraphView::verbKey(const QKeyEvent *event)
{
    const auto node = selectedNode();
    const bool isStage = node && node->kind == graph::NodeKind::Stage;
    const int line = m_scene->selectedLine();
    if (m_verbs == nullptr || !isStage)
        return false;
    const QKeyCombination keys = event->keyCombination();
    if (keys == (Qt::ALT | Qt::Key_Up))
        m_verbs->applyToStage(StageVerb::MoveUp, *node);
    else if (keys == (Qt::ALT | Qt::Key_Down))
        m_verbs->applyToStage(StageVerb::MoveDown, *node);
    else if (keys == (Qt::CTRL | Qt::Key_D) && line < 0)
        m_verbs->applyToStage(StageVerb::Duplicate, *node);
    else if (line < 0)
        return false;
    else if (keys == (Qt::CTRL | Qt::Key_D))
        m_verbs->apply(InstructionVerb::Duplicate, line);
    else if (keys == (Qt::CTRL | Qt::SHIFT | Qt::Key_Up))
        m_verbs->apply(InstructionVerb::MoveUp, line);
    else if (keys == (Qt::CTRL | Qt::SHIFT | Qt::Key_Down))
        m_verbs->apply(InstructionVerb::MoveDown, line);
    else if (keys == (Qt::CTRL | Qt::Key_Slash))
        m_verbs->apply(InstructionVerb::CommentOut, line);
    else
        return false;
    return true;
}

void GraphView::enter()
{
    const auto &tree = m_scene->tree();
    const graph::Edge *edge = m_scene->selectedEdge();
    const int line = m_scene->selectedLine();
    const CardItem *card = selectedCard();
    if (m_connectFrom)
        dropAt(m_scene->card(*m_connectFrom)->outPort());
    else if (edge != nullptr && !edge->lines.empty())
        Q_EMIT rowActivated(tree.firstRow(edge->lines.front()));
    else if (line >= 0)
        Q_EMIT rowActivated(tree.firstRow(line));
    else if (card != nullptr && card->content().firstRow > 0)
        Q_EMIT rowActivated(card->content().firstRow);
}

void GraphView::deleteSelected()
{
    const auto node = selectedNode();
    const int line = m_scene->selectedLine();
    if (const graph::Edge *edge = m_scene->selectedEdge(); edge != nullptr && m_verbs != nullptr)
        m_verbs->disconnect(*edge);
    else if (line >= 0 && m_verbs != nullptr)
        m_verbs->apply(InstructionVerb::Delete, line);
    else if (node && node->kind == graph::NodeKind::Stage)
        Q_EMIT deleteRequested(*node);
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    const CardItem *card = selectedCard();
    const bool isStage = card != nullptr && card->key().kind == graph::NodeKind::Stage;
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (zoomKey(event) || verbKey(event))
        return;
    if (event->key() == Qt::Key_Escape) {
        if (m_connectFrom || m_rubber || m_rowDrag)
            stopConnecting();
        else if (m_scene->selectedRow() >= 0)
            choose(card); // the stage around it
        else
            choose(nullptr);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        enter();
    } else if (event->key() == Qt::Key_F2 && isStage) {
        startRename(card->key());
    } else if (event->key() == Qt::Key_C && isPlain && card != nullptr) {
        startConnecting(card->key());
    } else if (event->key() == Qt::Key_E && (isPlain || event->modifiers() == Qt::ShiftModifier)) {
        walkEdges(event->modifiers() == Qt::ShiftModifier);
    } else if (event->matches(QKeySequence::Delete)) {
        deleteSelected();
    } else if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_isSpaceHeld = true;
        viewport()->setCursor(Qt::OpenHandCursor);
    } else if (isPlain && event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down) {
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
