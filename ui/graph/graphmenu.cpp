// SPDX-License-Identifier: Apache-2.0
// GraphView's context menus: of the ground and of a card.
#include "graph/graphview.h"

#include "commands/designverbs.h"
#include "commands/usualinstructions.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "language/platforms.h"
#include "theme/icons.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace ui {

QMenu *GraphView::newMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true); // they say why something is grey
    return menu;
}

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPointF at = mapToScene(event->pos());
    if (!byKey) { // what the menu is about is selected first
        const CardItem *card = m_scene->cardAt(at);
        const graph::Edge *edge = card == nullptr ? m_scene->edgeAt(at) : nullptr;
        const int row = card == nullptr ? -1 : m_scene->look().rowAt(card->content(), card->mapFromScene(at));
        choose(card);
        if (row >= 0)
            chooseRow(row + card->content().firstShown);
        if (edge != nullptr)
            chooseEdge(*edge);
    }
    QMenu *menu = newMenu();
    const CardItem *card = selectedCard();
    QPointF place = card != nullptr ? card->sceneRect().center() : at;
    if (const graph::Edge *edge = m_scene->selectedEdge()) {
        fillEdgeMenu(*menu, *edge);
        if (const EdgeItem *item = m_scene->edgeItem(*edge))
            place = item->path().pointAtPercent(0.5);
    } else if (card != nullptr && m_scene->selectedLine() >= 0) {
        fillRowMenu(*menu, *m_scene->graph().stage(card->key()), m_scene->selectedRow());
        const int shown = m_scene->selectedRow() - card->content().firstShown;
        place = card->pos() + m_scene->look().rowRect(card->content(), shown).center();
    } else if (card != nullptr) {
        fillMenu(*menu, *card);
    } else {
        menu->addAction(icon(u"add"_s), tr("New stage"), this,
                        [this] { Q_EMIT addStageRequested(std::nullopt); });
        menu->addSeparator();
        menu->addAction(icon(u"fit"_s), tr("Fit"), this, &GraphView::fit)->setShortcut(Qt::CTRL | Qt::Key_0);
        menu->addAction(tr("Original size"), this, &GraphView::zoomToOriginal)
            ->setShortcut(Qt::CTRL | Qt::Key_1);
    }
    menu->popup(byKey ? viewport()->mapToGlobal(mapFromScene(place)) : event->globalPos());
}

void GraphView::fillMenu(QMenu &menu, const CardItem &card)
{
    // The key, not the item: the menu may outlive it.
    const graph::NodeKey key = card.key();
    const int row = card.content().firstRow;
    const QString title = card.content().title;
    const graph::Stage *stage = m_scene->graph().stage(key);
    if (row > 0)
        menu.addAction(icon(u"editor"_s), tr("Go to line %1").arg(row), this,
                       [this, row] { Q_EMIT rowActivated(row); })
            ->setShortcut(Qt::Key_Return);
    if (key.kind == graph::NodeKind::Context)
        return;
    if (stage != nullptr) {
        QAction *target = menu.addAction(icon(u"target"_s), tr("Set as target"), this,
                                         [this, key] { Q_EMIT targetRequested(key); });
        target->setEnabled(!card.content().isTarget());
        menu.addAction(icon(u"rename"_s), tr("Rename\u2026"), this, [this, key] { startRename(key); })
            ->setShortcut(Qt::Key_F2);
        menu.addAction(icon(u"image"_s), tr("Change base\u2026"), this,
                       [this, key] { Q_EMIT editBaseRequested(key); });
        if (m_verbs != nullptr) {
            addPlatformMenu(menu, *stage);
            menu.addSeparator();
            addInstructionMenu(menu, key);
        }
    }
    menu.addSeparator();
    addConnectMenu(menu, key);
    if (stage != nullptr)
        menu.addAction(tr("Connect an image\u2026"), this,
                       [this, key] { Q_EMIT connectImageRequested(key); });
    menu.addAction(icon(u"add"_s), tr("New stage FROM %1").arg(title), this,
                   [this, key] { Q_EMIT addStageRequested(key); });
    if (stage == nullptr)
        return;
    if (m_verbs != nullptr)
        addStageVerbs(menu, key);
    menu.addSeparator();
    menu.addAction(icon(u"delete"_s, IconTint::Danger), tr("Delete"), this,
                   [this, key] { Q_EMIT deleteRequested(key); })
        ->setShortcut(Qt::Key_Delete);
}

void GraphView::addConnectMenu(QMenu &menu, const graph::NodeKey &from)
{
    auto *connectTo = menu.addMenu(icon(u"connect"_s), tr("Connect to"));
    const graph::Stage *source = m_scene->graph().stage(from);
    for (const auto &stage : m_scene->graph().stages) {
        if (source != nullptr && stage.index <= source->index) // a stage can take from those before it only
            continue;
        connectTo->addAction(stage.displayName(), this,
                             [this, from, to = stage.key] { Q_EMIT connectRequested(from, to); });
    }
    connectTo->setEnabled(!connectTo->isEmpty());
}

void GraphView::addStageVerbs(QMenu &menu, const graph::NodeKey &stage)
{
    menu.addSeparator();
    const auto add = [&](StageVerb verb, const QString &iconName, QKeySequence keys = {}) {
        QAction *action = menu.addAction(DesignVerbs::title(verb), this,
                                         [this, verb, stage] { m_verbs->applyToStage(verb, stage); });
        if (!iconName.isEmpty())
            action->setIcon(icon(iconName));
        action->setShortcut(keys);
        const auto edit = m_verbs->edit(verb, stage);
        action->setEnabled(edit.has_value());
        if (!edit)
            action->setToolTip(edit.error().message);
    };
    add(StageVerb::MoveUp, u"move-up"_s, Qt::ALT | Qt::Key_Up);
    add(StageVerb::MoveDown, u"move-down"_s, Qt::ALT | Qt::Key_Down);
    add(StageVerb::Duplicate, u"copy"_s, Qt::CTRL | Qt::Key_D);
    add(StageVerb::MergeWithBase, {});
    add(StageVerb::MergeWithDerived, {});
}

void GraphView::addPlatformMenu(QMenu &menu, const graph::Stage &stage)
{
    auto *platforms = menu.addMenu(tr("Platform"));
    auto *group = new QActionGroup(platforms);
    QStringList offered{QString(), u"$BUILDPLATFORM"_s, u"$TARGETPLATFORM"_s};
    offered += m_platforms.isEmpty() ? language::platformsToOffer({}) : m_platforms;
    if (!offered.contains(stage.platform))
        offered.append(stage.platform);
    for (const QString &platform : std::as_const(offered)) {
        QAction *action =
            platforms->addAction(platform.isEmpty() ? tr("That of the build") : platform, this,
                                 [this, key = stage.key, platform] { m_verbs->setPlatform(key, platform); });
        action->setCheckable(true);
        action->setChecked(platform == stage.platform);
        group->addAction(action);
    }
    platforms->addSeparator();
    platforms->addAction(tr("Another\u2026"), this,
                         [this, key = stage.key] { Q_EMIT editPlatformRequested(key); });
}

void GraphView::addInstructionMenu(QMenu &menu, const graph::NodeKey &stage)
{
    auto *add = menu.addMenu(icon(u"add"_s), tr("Add instruction"));
    for (const auto &[keyword, form] : usualInstructions()) {
        add->addAction(dockerfile::keywordText(keyword), this,
                       [this, stage, form] { m_verbs->addInstruction(stage, form); });
    }
}

}
