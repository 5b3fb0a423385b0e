// SPDX-License-Identifier: Apache-2.0
// GraphView's context menus of an instruction on a card, and of an edge.
#include "graph/graphview.h"

#include "commands/designverbs.h"
#include "commands/usualinstructions.h"
#include "graph/edgeverbs.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/instructionverbs.h"
#include "theme/icons.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QKeySequence keysOf(InstructionVerb verb)
{
    switch (verb) {
    case InstructionVerb::MoveUp:
        return Qt::CTRL | Qt::SHIFT | Qt::Key_Up;
    case InstructionVerb::MoveDown:
        return Qt::CTRL | Qt::SHIFT | Qt::Key_Down;
    case InstructionVerb::Duplicate:
        return Qt::CTRL | Qt::Key_D;
    case InstructionVerb::CommentOut:
        return Qt::CTRL | Qt::Key_Slash;
    case InstructionVerb::Delete:
        return Qt::Key_Delete;
    default: // the rest have their names only
        return {};
    }
}

QString iconOf(InstructionVerb verb)
{
    switch (verb) {
    case InstructionVerb::MoveUp:
        return u"move-up"_s;
    case InstructionVerb::MoveDown:
        return u"move-down"_s;
    case InstructionVerb::Duplicate:
        return u"copy"_s;
    case InstructionVerb::CommentOut:
        return u"comment"_s;
    default:
        return {};
    }
}

void greyWithReason(QAction *action, const base::Result<base::TextEdit> &edit)
{
    action->setEnabled(edit.has_value());
    if (!edit)
        action->setToolTip(edit.error().message);
}

}

void GraphView::fillRowMenu(QMenu &menu, const graph::Stage &stage, int row)
{
    const int line = stage.instructions[size_t(row)];
    const int fileRow = m_scene->tree().firstRow(line);
    menu.addAction(icon(u"editor"_s), tr("Go to line %1").arg(fileRow), this,
                   [this, fileRow] { Q_EMIT rowActivated(fileRow); })
        ->setShortcut(Qt::Key_Return);
    if (m_verbs == nullptr)
        return;
    menu.addSeparator();
    for (const InstructionVerb verb : DesignVerbs::verbsFor(m_scene->tree().line(line).keyword)) {
        if (verb == InstructionVerb::Delete)
            continue; // comes last
        QAction *action = menu.addAction(DesignVerbs::title(verb), this,
                                         [this, verb, line] { m_verbs->apply(verb, line); });
        if (const QString name = iconOf(verb); !name.isEmpty())
            action->setIcon(icon(name));
        action->setShortcut(keysOf(verb));
        greyWithReason(action, m_verbs->edit(verb, line));
    }
    menu.addSeparator();
    addMoveMenu(menu, stage, line);
    auto *below = menu.addMenu(icon(u"add"_s), tr("Add below"));
    for (const auto &[keyword, form] : usualInstructions())
        below->addAction(dockerfile::keywordText(keyword), this,
                         [this, key = stage.key, form, line] { m_verbs->addInstruction(key, form, line); });
    QAction *split =
        menu.addAction(tr("Split the stage here\u2026"), this, [this, line] { m_verbs->splitStage(line); });
    split->setEnabled(row > 0);
    if (row == 0)
        split->setToolTip(tr("Nothing stands above it in this stage."));
    menu.addSeparator();
    QAction *remove =
        menu.addAction(icon(u"delete"_s, IconTint::Danger), DesignVerbs::title(InstructionVerb::Delete), this,
                       [this, line] { m_verbs->apply(InstructionVerb::Delete, line); });
    remove->setShortcut(Qt::Key_Delete);
    greyWithReason(remove, m_verbs->edit(InstructionVerb::Delete, line));
}

/// What dragging it to another card does, for the keyboard.
void GraphView::addMoveMenu(QMenu &menu, const graph::Stage &stage, int line)
{
    auto *move = menu.addMenu(tr("Move to stage"));
    move->setToolTipsVisible(true);
    const auto &tree = m_scene->tree();
    for (const auto &other : m_scene->graph().stages) {
        if (other.key == stage.key)
            continue;
        const int after = graph::placeFor(tree, m_scene->graph(), other.key, tree.line(line).keyword);
        const int position = int(std::ranges::count_if(
            other.instructions, [after](int instruction) { return instruction <= after; }));
        QAction *action = move->addAction(other.displayName(), this, [this, line, key = other.key, position] {
            m_verbs->moveInstruction(line, key, position);
        });
        greyWithReason(action, graph::moveInstruction(tree, m_scene->graph(), line, other.key, position));
    }
    move->setEnabled(!move->isEmpty());
}

void GraphView::fillEdgeMenu(QMenu &menu, const graph::Edge &edge)
{
    for (const int line : edge.lines) {
        const int row = m_scene->tree().firstRow(line);
        menu.addAction(icon(u"editor"_s), tr("Go to line %1").arg(row), this,
                       [this, row] { Q_EMIT rowActivated(row); });
    }
    if (m_verbs == nullptr)
        return;
    menu.addSeparator();
    auto *from = menu.addMenu(icon(u"connect"_s), tr("Take from"));
    from->setToolTipsVisible(true);
    const auto offer = [&](const graph::NodeKey &key, const QString &title) {
        if (key == edge.from || key == edge.to)
            return;
        QAction *action =
            from->addAction(title, this, [this, edge, key] { m_verbs->retargetEdge(edge, key); });
        greyWithReason(action, graph::retargetEdge(m_scene->tree(), m_scene->graph(), edge, key));
    };
    for (const CardItem *card : m_scene->cards())
        offer(card->key(), card->content().title);
    from->addSeparator();
    from->addAction(tr("Another image\u2026"), this, [this, edge] { m_verbs->retargetToImage(edge); });
    menu.addSeparator();
    QAction *remove = menu.addAction(icon(u"delete"_s, IconTint::Danger), tr("Remove\u2026"), this,
                                     [this, edge] { m_verbs->disconnect(edge); });
    remove->setShortcut(Qt::Key_Delete);
    greyWithReason(remove, graph::removeEdge(m_scene->tree(), m_scene->graph(), edge));
}

}
