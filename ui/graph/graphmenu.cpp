// SPDX-License-Identifier: Apache-2.0
// GraphView's context menu.
#include "graph/graphview.h"

#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "theme/icons.h"

#include <QContextMenuEvent>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace ui {

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const CardItem *card = byKey ? selectedCard() : m_scene->cardAt(mapToScene(event->pos()));
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (card != nullptr) {
        choose(card);
        fillMenu(*menu, *card);
    } else {
        menu->addAction(icon(u"add"_s), tr("New stage"), this,
                        [this] { Q_EMIT addStageRequested(std::nullopt); });
        menu->addSeparator();
        menu->addAction(icon(u"fit"_s), tr("Fit"), this, &GraphView::fit)->setShortcut(Qt::CTRL | Qt::Key_0);
        menu->addAction(tr("Original size"), this, &GraphView::zoomToOriginal)
            ->setShortcut(Qt::CTRL | Qt::Key_1);
    }
    const QPoint at = byKey && card != nullptr
                          ? viewport()->mapToGlobal(mapFromScene(card->sceneRect().center()))
                          : event->globalPos();
    menu->popup(at);
}

void GraphView::fillMenu(QMenu &menu, const CardItem &card)
{
    // The key, not the item: the menu may outlive it.
    const graph::NodeKey key = card.key();
    const int row = card.content().firstRow;
    const QString title = card.content().title;
    if (row > 0)
        menu.addAction(icon(u"editor"_s), tr("Go to line %1").arg(row), this,
                       [this, row] { Q_EMIT rowActivated(row); })
            ->setShortcut(Qt::Key_Return);
    if (key.kind == graph::NodeKind::Context)
        return;
    if (key.kind == graph::NodeKind::Stage) {
        QAction *target = menu.addAction(icon(u"target"_s), tr("Set as target"), this,
                                         [this, key] { Q_EMIT targetRequested(key); });
        target->setEnabled(!card.content().isTarget());
        menu.addAction(icon(u"rename"_s), tr("Rename\u2026"), this, [this, key] { startRename(key); })
            ->setShortcut(Qt::Key_F2);
        menu.addAction(icon(u"image"_s), tr("Change base\u2026"), this,
                       [this, key] { Q_EMIT editBaseRequested(key); });
    }
    menu.addSeparator();
    addConnectMenu(menu, key);
    menu.addAction(icon(u"add"_s), tr("New stage FROM %1").arg(title), this,
                   [this, key] { Q_EMIT addStageRequested(key); });
    if (key.kind == graph::NodeKind::Stage) {
        menu.addSeparator();
        menu.addAction(icon(u"delete"_s, IconTint::Danger), tr("Delete"), this,
                       [this, key] { Q_EMIT deleteRequested(key); })
            ->setShortcut(Qt::Key_Delete);
    }
}

void GraphView::addConnectMenu(QMenu &menu, const graph::NodeKey &from)
{
    auto *copyTo = menu.addMenu(icon(u"connect"_s), tr("Copy from here to"));
    const graph::Stage *source = m_scene->graph().stage(from);
    for (const auto &stage : m_scene->graph().stages) {
        if (source != nullptr && stage.index <= source->index) // a stage can copy from those before it only
            continue;
        copyTo->addAction(stage.displayName(), this,
                          [this, from, to = stage.key] { Q_EMIT connectRequested(from, to); });
    }
    copyTo->setEnabled(!copyTo->isEmpty());
}

}
