// SPDX-License-Identifier: Apache-2.0
// GraphView's ways to make an edge and to lead one from elsewhere, by mouse and by keyboard.
#include "graph/dragnote.h"
#include "graph/graphview.h"

#include "commands/designverbs.h"
#include "graph/edgeverbs.h"
#include "graph/graphedits.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"

#include <QLineF>

using namespace Qt::StringLiterals;

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

/// The selected edge, by its grip.
bool GraphView::startEdgeDrag(QPointF position)
{
    constexpr qreal reach = 10;
    const graph::Edge *edge = m_scene->selectedEdge();
    const EdgeItem *item = edge != nullptr ? m_scene->edgeItem(*edge) : nullptr;
    if (item == nullptr || m_verbs == nullptr || QLineF(edgeGrip(item->path()), position).length() > reach)
        return false;
    m_draggedEdge = *edge;
    m_rubber = std::make_unique<RubberEdgeItem>(m_scene->look());
    m_scene->addItem(m_rubber.get());
    dragTo(position);
    return true;
}

void GraphView::dragTo(QPointF position)
{
    CardItem *under = m_scene->cardAt(position);
    const CardItem *fixed = m_scene->card(m_draggedEdge ? m_draggedEdge->to : *m_connectFrom);
    const bool isItself =
        under != nullptr && (under == fixed || (m_draggedEdge && under->key() == m_draggedEdge->from));
    if (under == nullptr || isItself)
        setDropTarget(nullptr);
    else if (m_dropTarget != under->key()) // asked once for each card
        setDropTarget(under, whyNotConnect(under->key()));
    const bool fits = m_dropTarget && m_whyNoDrop.isEmpty();
    if (m_draggedEdge)
        m_rubber->setEnds(fits ? under->outPort() : position, fixed->inPort());
    else
        m_rubber->setEnds(fixed->outPort(), fits ? under->inPort() : position);
    if (!m_whyNoDrop.isEmpty())
        m_dragNote->refuse(m_whyNoDrop);
    else
        m_dragNote->promise(isItself ? QString() : promiseFor(m_dropTarget ? under : nullptr));
    m_dragNote->moveBeside(mapFromScene(position));
}

void GraphView::dropAt(QPointF position)
{
    const auto to = m_dropTarget;
    const bool onGround = m_rubber && m_scene->cardAt(position) == nullptr;
    const auto from = m_connectFrom;
    const auto edge = m_draggedEdge;
    stopConnecting();
    if (edge && to) {
        m_verbs->retargetEdge(*edge, *to);
        if (const graph::Edge *moved = graph::findEdge(m_scene->graph(), edge->kind, *to, edge->to))
            chooseEdge(*moved);
    } else if (from && to) {
        Q_EMIT connectRequested(*from, *to);
    } else if (from && onGround) {
        Q_EMIT addStageRequested(*from);
    }
}

/// Why what is dragged cannot end at that node; empty when it can.
QString GraphView::whyNotConnect(const graph::NodeKey &key) const
{
    const auto &tree = m_scene->tree();
    const auto &graph = m_scene->graph();
    if (m_draggedEdge) {
        const auto edit = graph::retargetEdge(tree, graph, *m_draggedEdge, key);
        return edit ? QString() : edit.error().message;
    }
    if (key.kind != graph::NodeKind::Stage)
        return tr("Only a stage can take from elsewhere.");
    const auto copy = graph::connectByCopy(tree, graph, *m_connectFrom, key, u"/a"_s, u"/a"_s);
    if (copy || graph::connectByBase(tree, graph, *m_connectFrom, key))
        return {};
    return copy.error().message;
}

QString GraphView::promiseFor(const CardItem *target) const
{
    const auto titleOf = [this](const graph::NodeKey &key) {
        const CardItem *card = m_scene->card(key);
        return card != nullptr ? card->content().title : key.name;
    };
    if (m_draggedEdge) {
        return target != nullptr ? tr("Take from %1 instead of %2")
                                       .arg(target->content().title, titleOf(m_draggedEdge->from))
                                 : tr("Drop it on the card to take from");
    }
    return target != nullptr ? tr("Connect %1 to %2").arg(titleOf(*m_connectFrom), target->content().title)
                             : tr("New stage FROM %1").arg(titleOf(*m_connectFrom));
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
    m_draggedEdge.reset();
    m_rowDrag.reset();
    m_rubber.reset();
    m_dragNote->hide();
}

void GraphView::setDropTarget(CardItem *card, const QString &whyNot, int slot)
{
    if (CardItem *before = m_dropTarget ? m_scene->card(*m_dropTarget) : nullptr;
        before != nullptr && before != card)
        before->setDrop({});
    m_dropTarget.reset();
    m_whyNoDrop = whyNot;
    if (card != nullptr) {
        card->setDrop({.isOver = true, .isRefused = !whyNot.isEmpty(), .slot = slot});
        m_dropTarget = card->key();
    }
}

}
