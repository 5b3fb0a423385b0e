// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/commandstack.h"
#include "editor/dockerfileeditor.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/graphview.h"
#include "history/historystore.h"
#include "widgets/noticebar.h"
#include "window/documentswindow.h"
#include "window/enginehub.h"
#include "window/settings.h"
#include "window/undopassthrough.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

inline const graph::NodeKey finalStage{graph::NodeKind::Stage, QStringLiteral("final")};
inline const graph::NodeKey buildStage{graph::NodeKind::Stage, QStringLiteral("build")};

// Everything that the composition root makes, with a home of its own.
struct Program
{
    QTemporaryDir home;
    app::Settings settings{home.filePath(QStringLiteral("settings.ini"))};
    base::Result<history::HistoryStore> store = history::HistoryStore::open(QStringLiteral(":memory:"));
    app::EngineHub hub;
    journal::Journal journal{home.filePath(QStringLiteral("journal"))};
    app::UndoPassThrough undoPassThrough;
    app::DocumentsWindow window{{settings, hub, store ? &*store : nullptr, journal}};

    Program()
    {
        qApp->installEventFilter(&undoPassThrough);
        window.setWindowState(Qt::WindowNoState);
        window.resize(1280, 800);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("shortcuts need an active window");
    }

    [[nodiscard]] app::MainWindow &page() { return window.current().window(); }
    [[nodiscard]] ui::CommandStack &stack() { return window.current().stack(); }
    [[nodiscard]] const workspace::Snapshot &snapshot() { return window.current().workspace().snapshot(); }
    [[nodiscard]] ui::GraphView *graph() { return page().findChild<ui::GraphView *>(); }
    [[nodiscard]] ui::DockerfileEditor *editor() { return page().findChild<ui::DockerfileEditor *>(); }
    [[nodiscard]] QString text() { return snapshot().text; }
    [[nodiscard]] QString notice()
    {
        return page().findChild<ui::NoticeBar *>(QStringLiteral("notice"))->message();
    }

    QString openText(const QByteArray &bytes, const QString &name = QStringLiteral("Dockerfile"))
    {
        const QString path = home.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the Dockerfile");
        file.close();
        window.open(path);
        return path;
    }

    // Where a person's keys go: to what has the focus. Offscreen there is no window manager that would give
    // it back to the window when a dialog closes.
    void press(QKeyCombination keys)
    {
        if (!QApplication::focusWidget())
            window.activateWindow();
        if (!QTest::qWaitFor([] { return QApplication::focusWidget() != nullptr; }))
            qFatal("nothing has the keyboard");
        QTest::keyClick(QApplication::focusWidget(), keys.key(), keys.keyboardModifiers());
    }

    [[nodiscard]] ui::CardItem *card(const graph::NodeKey &key) { return graph()->graphScene().card(key); }
    [[nodiscard]] bool isLaidOut(const graph::NodeKey &key)
    {
        return !graph()->graphScene().isLayingOut() && card(key) && card(key)->isVisible();
    }
    [[nodiscard]] QPoint inView(QPointF scenePosition) { return graph()->mapFromScene(scenePosition); }
};

inline const QByteArray twoStages = "FROM golang:alpine AS build\r\nRUN go build -o /out/hello .\r\n\r\n"
                                    "FROM scratch AS final\r\nCMD [\"/hello\"]\r\n";

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
