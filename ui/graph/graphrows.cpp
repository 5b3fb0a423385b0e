// SPDX-License-Identifier: Apache-2.0
// GraphView's selection, and the instructions that are dragged from card to card.
#include "graph/dragnote.h"
#include "graph/graphview.h"

#include "commands/designverbs.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/instructionverbs.h"

#include <QAccessible>
#include <QApplication>

namespace ui {

int GraphView::selectedInstructionRow() const
{
    const int line = m_scene->selectedLine();
    return line < 0 ? 0 : m_scene->tree().firstRow(line);
}

std::optional<graph::Edge> GraphView::selectedEdge() const
{
    const graph::Edge *edge = m_scene->selectedEdge();
    return edge != nullptr ? std::optional(*edge) : std::nullopt;
}

/// What a person chose in here is told; equal choices are not told again.
void GraphView::choose(const CardItem *card)
{
    const auto key = card != nullptr ? std::optional(card->key()) : std::nullopt;
    const bool wasPart = m_scene->selectedEdge() != nullptr || m_scene->selectedRow() >= 0;
    m_scene->selectNode(key);
    m_scene->selectRow(-1);
    keepVisible();
    if (key == m_told && !wasPart)
        return;
    m_told = key;
    if (card != nullptr) {
        const auto cards = m_scene->cards();
        showFocus(int(std::ranges::find(cards, card) - cards.begin()));
    }
    if (key)
        Q_EMIT nodeSelected(*key);
    else
        Q_EMIT selectionCleared();
}

/// One of the instructions of the selected stage; -1 for the stage itself.
void GraphView::chooseRow(int row)
{
    m_scene->selectRow(row);
    const int line = m_scene->selectedLine();
    if (line < 0)
        return;
    QAccessibleEvent changed(this, QAccessible::NameChanged); // the card's name ends with the instruction
    const auto cards = m_scene->cards();
    const int child = int(std::ranges::find(cards, selectedCard()) - cards.begin());
    changed.setChild(child);
    QAccessible::updateAccessibility(&changed);
    showFocus(child);
    Q_EMIT instructionSelected(m_scene->tree().firstRow(line));
}

void GraphView::chooseEdge(const graph::Edge &edge)
{
    const graph::Edge chosen = edge; // the scene's own may go
    m_scene->selectEdge(chosen);
    m_told.reset();
    const auto &edges = m_scene->graph().edges;
    const auto place = std::ranges::find(edges, chosen) - edges.begin();
    showFocus(int(m_scene->cards().size()) + int(place));
    Q_EMIT edgeSelected(chosen);
}

void GraphView::showFocus(int child)
{
    QAccessibleEvent focused(this, QAccessible::Focus);
    focused.setChild(child);
    QAccessible::updateAccessibility(&focused);
}

void GraphView::startRowDrag(const CardItem &card, int row, QPoint at)
{
    const graph::Stage *stage = m_scene->graph().stage(card.key());
    const int index = row + card.content().firstShown;
    if (stage == nullptr || index >= int(stage->instructions.size()) || m_verbs == nullptr)
        return;
    m_rowDrag = {.stage = stage->key,
                 .index = index,
                 .line = stage->instructions[size_t(index)],
                 .from = at,
                 .hasStarted = false,
                 .to = {},
                 .position = -1,
                 .whyNot = {}};
}

void GraphView::dragRowTo(QPoint at)
{
    RowDrag &drag = *m_rowDrag;
    if (!drag.hasStarted && (at - drag.from).manhattanLength() < QApplication::startDragDistance())
        return;
    drag.hasStarted = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
    CardItem *card = m_scene->cardAt(mapToScene(at));
    if (card == nullptr || card->key().kind != graph::NodeKind::Stage) {
        drag.to.reset();
        setDropTarget(nullptr);
        m_dragNote->promise(tr("Drop it on a stage"));
        m_dragNote->moveBeside(at);
        return;
    }
    const int slot = m_scene->look().slotAt(card->content(), card->mapFromScene(mapToScene(at)));
    const bool isOwn = card->key() == drag.stage;
    const int among = slot + card->content().firstShown;
    const int position = isOwn && among > drag.index ? among - 1 : among;
    if (drag.to != card->key() || drag.position != position) { // asked once for each place
        drag.to = card->key();
        drag.position = position;
        const auto edit =
            graph::moveInstruction(m_scene->tree(), m_scene->graph(), drag.line, card->key(), position);
        drag.whyNot = edit ? QString() : edit.error().message;
    }
    const bool stays = isOwn && position == drag.index;
    setDropTarget(card, drag.whyNot, stays ? -1 : slot);
    const QString word = dockerfile::keywordText(m_scene->tree().line(drag.line).keyword);
    if (!drag.whyNot.isEmpty())
        m_dragNote->refuse(drag.whyNot);
    else if (stays)
        m_dragNote->promise({});
    else
        m_dragNote->promise(isOwn ? tr("Move %1 here").arg(word)
                                  : tr("Move %1 to %2").arg(word, card->content().title));
    m_dragNote->moveBeside(at);
}

void GraphView::dropRow()
{
    const RowDrag drag = *std::exchange(m_rowDrag, {});
    stopConnecting();
    viewport()->setCursor(Qt::ArrowCursor);
    const bool stays = drag.to == drag.stage && drag.position == drag.index;
    if (!drag.hasStarted || !drag.to || stays)
        return;
    m_verbs->moveInstruction(drag.line, *drag.to, drag.position);
    if (!drag.whyNot.isEmpty())
        return;
    choose(m_scene->card(*drag.to));
    chooseRow(drag.position);
}

}
