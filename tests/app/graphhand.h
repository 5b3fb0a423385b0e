// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/renamefield.h"
#include "windowedprogram.h"

#include <QContextMenuEvent>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QUndoStack>

inline graph::NodeKey stageCalled(const QString &name)
{
    return {graph::NodeKind::Stage, name};
}

/// The program with one document, and what a person does in its graph by mouse and keys.
struct GraphHand : Program
{
    explicit GraphHand(const QByteArray &bytes)
    {
        openText(bytes);
        before = text();
        if (!QTest::qWaitFor([this] {
                return !graph()->graphScene().isLayingOut() && !graph()->graphScene().cards().empty() &&
                       graph()->graphScene().cards().front()->isVisible();
            }))
            qFatal("the graph has no places");
        graph()->fit();
        graph()->setFocus();
    }
    ~GraphHand() { stack().undoStack()->setClean(); } // so that closing asks nothing

    [[nodiscard]] QWidget *ground() { return graph()->viewport(); }
    [[nodiscard]] QPoint titleOf(const graph::NodeKey &key)
    {
        const auto *item = card(key);
        return inView(item->pos() + graph()->graphScene().look().titleRect(item->content()).center());
    }
    /// The middle of one of the rows that the card shows; past the last: just below it.
    [[nodiscard]] QPoint rowOf(const graph::NodeKey &key, int row)
    {
        const auto *item = card(key);
        return inView(item->pos() + graph()->graphScene().look().rowRect(item->content(), row).center());
    }
    void click(QPoint at) { QTest::mouseClick(ground(), Qt::LeftButton, {}, at); }
    void drag(QPoint from, QPoint to)
    {
        hold(from, to);
        QTest::mouseRelease(ground(), Qt::LeftButton, {}, to);
    }
    void hold(QPoint from, QPoint to)
    {
        QTest::mouseMove(ground(), from);
        QTest::mousePress(ground(), Qt::LeftButton, {}, from);
        QTest::mouseMove(ground(), (from + to) / 2);
        QTest::mouseMove(ground(), to);
    }

    /// The context menu there, open.
    [[nodiscard]] QMenu *menuAt(QPoint at)
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, ground()->mapToGlobal(at));
        QApplication::sendEvent(ground(), &event);
        return qobject_cast<QMenu *>(QApplication::activePopupWidget());
    }
    [[nodiscard]] static QAction *actionOf(const QMenu *menu, const QString &words)
    {
        for (QAction *action : menu->actions())
            if (action->text().startsWith(words))
                return action;
        qFatal("no action \"%s\"", qPrintable(words));
    }
    /// Goes through the context menu there, by keys.
    void choose(QPoint at, const QStringList &path)
    {
        QMenu *menu = menuAt(at);
        for (const QString &words : path) {
            QAction *action = actionOf(menu, words);
            if (!action->isEnabled())
                qFatal("\"%s\" is grey: %s", qPrintable(words), qPrintable(action->toolTip()));
            menu->setActiveAction(action);
            if (action->menu() == nullptr)
                return QTest::keyClick(menu, Qt::Key_Return);
            QTest::keyClick(menu, Qt::Key_Right);
            menu = action->menu();
            if (!QTest::qWaitFor([&] { return menu->isVisible(); }))
                qFatal("the menu below \"%s\" stays shut", qPrintable(words));
        }
    }
    /// Why an entry of the menu is grey; empty when it is not.
    [[nodiscard]] QString whyGrey(QPoint at, const QString &words)
    {
        QMenu *menu = menuAt(at);
        const QAction *action = actionOf(menu, words);
        const QString reason = action->isEnabled() ? QString() : action->toolTip();
        menu->close();
        return reason;
    }

    template <class Dialog>
    [[nodiscard]] Dialog *dialog()
    {
        for (auto *found : page().template findChildren<Dialog *>())
            if (found->isVisible())
                return found;
        return nullptr;
    }
    /// Answers the question that is open.
    void answer(const QString &words)
    {
        auto *asked = dialog<QInputDialog>();
        if (asked == nullptr)
            qFatal("nothing is asked");
        auto *edit = asked->findChild<QLineEdit *>();
        edit->selectAll();
        QTest::keyClicks(edit, words);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void confirm(const QString &button)
    {
        auto *asked = dialog<QMessageBox>();
        if (asked == nullptr)
            qFatal("nothing is asked");
        for (auto *candidate : asked->findChildren<QPushButton *>())
            if (candidate->text() == button)
                return QTest::mouseClick(candidate, Qt::LeftButton);
        qFatal("no button \"%s\"", qPrintable(button));
    }

    /// Ctrl+Z until the history is empty: the very bytes are back. True when they are.
    [[nodiscard]] bool undoGivesBytesBack()
    {
        window.activateWindow();
        graph()->setFocus();
        for (int i = 0; i < 20 && stack().undoStack()->canUndo(); ++i)
            press(Qt::CTRL | Qt::Key_Z);
        return text() == before;
    }

    QString before;
};
