// SPDX-License-Identifier: Apache-2.0
// The whole window, joined as the program joins it, used by key and mouse.
#include "build/buildpanel.h"
#include "commands/commandstack.h"
#include "dockerfile/textfile.h"
#include "editor/dockerfileeditor.h"
#include "graph/graphedits.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/graphview.h"
#include "history/historystore.h"
#include "layers/sizeschart.h"
#include "layers/sizespanel.h"
#include "recipes/recipe.h"
#include "theme/theme.h"
#include "widgets/noticebar.h"
#include "window/enginehub.h"
#include "window/mainwindow.h"
#include "window/settings.h"

#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const graph::NodeKey finalStage{graph::NodeKind::Stage, u"final"_s};

// Everything that the composition root makes, with a home of its own.
struct Program
{
    QTemporaryDir home;
    app::Settings settings{home.filePath(u"settings.ini"_s)};
    base::Result<history::HistoryStore> store = history::HistoryStore::open(u":memory:"_s);
    app::EngineHub hub;
    workspace::Workspace document;
    ui::CommandStack stack{document};
    app::MainWindow window{{document, stack, settings, hub, store ? &*store : nullptr}};

    Program()
    {
        window.resize(1280, 800);
        window.show();
    }

    [[nodiscard]] ui::GraphView *graph() const { return window.findChild<ui::GraphView *>(); }
    [[nodiscard]] ui::DockerfileEditor *editor() const { return window.findChild<ui::DockerfileEditor *>(); }
    [[nodiscard]] QString text() const { return document.snapshot().text; }
    [[nodiscard]] QString notice() const { return window.findChild<ui::NoticeBar *>()->message(); }

    QString openText(const QByteArray &bytes)
    {
        const QString path = home.filePath(u"Dockerfile"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the Dockerfile");
        file.close();
        window.open(path);
        return path;
    }

    void press(QKeyCombination keys) { QTest::keyClick(&window, keys.key(), keys.keyboardModifiers()); }
};

const QByteArray twoStages = "FROM golang:alpine AS build\r\nRUN go build -o /out/hello .\r\n\r\n"
                             "FROM scratch AS final\r\nCMD [\"/hello\"]\r\n";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}

class tst_MainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beforeADesignTheWelcomePageHasTheWindow();
    void openingShowsTheStagesAndTheText();
    void savingGivesBackTheSameBytes();
    void typingShowsInTheGraphAtOnce();
    void undoTakesBackTextAndGraphInOneHistory();
    void choosingAStageMarksItsRowsAndTheReverse();
    void aFileChangedOnDiskIsTakenOrKept();
    void aFolderWithoutADockerfileIsNotAnError();
    void aFileThatCannotBeReadIsNamed();
    void theArrangementOfPanelsIsRemembered();
    void buildingTheSampleFillsTheChart();
};

void tst_MainWindow::beforeADesignTheWelcomePageHasTheWindow()
{
    Program program;
    for (auto *dock : program.window.findChildren<QDockWidget *>())
        QVERIFY2(dock->isHidden(), qPrintable(dock->windowTitle()));
    QVERIFY(!program.graph()->isVisible());
}

void tst_MainWindow::openingShowsTheStagesAndTheText()
{
    Program program;
    program.openText(twoStages);
    QVERIFY(program.graph()->isVisible());
    QVERIFY(program.editor()->isVisible());
    QCOMPARE(program.editor()->toPlainText().section(u'\n', 0, 0), u"FROM golang:alpine AS build"_s);
    QTRY_VERIFY(program.graph()->graphScene().card(finalStage));
    QVERIFY(!program.window.isWindowModified());
}

void tst_MainWindow::savingGivesBackTheSameBytes()
{
    Program program;
    const QString path = program.openText("\xEF\xBB\xBF# caf\xE9\r\nFROM scratch\rx\n" + twoStages);
    const QByteArray before = contentOf(path);
    QTest::keyClicks(program.editor(), u"x"_s);
    program.press(Qt::CTRL | Qt::Key_Z);
    program.press(Qt::CTRL | Qt::Key_S);
    QCOMPARE(contentOf(path), before);
}

void tst_MainWindow::typingShowsInTheGraphAtOnce()
{
    Program program;
    program.openText(twoStages);
    auto *editor = program.editor();
    editor->setFocus();
    editor->moveCursor(QTextCursor::End);
    QTest::keyClicks(editor, u"FROM alpine AS third"_s);
    const graph::NodeKey third{graph::NodeKind::Stage, u"third"_s};
    QVERIFY2(program.graph()->graphScene().card(third), "in the same turn of the event loop");
    QVERIFY(program.window.isWindowModified());
}

void tst_MainWindow::undoTakesBackTextAndGraphInOneHistory()
{
    Program program;
    program.openText(twoStages);
    const QString before = program.text();
    QVERIFY(program.stack.push(graph::renameStage(program.document.snapshot().tree, program.document.snapshot().graph,
                                                  finalStage, u"runtime"_s),
                               u"rename"_s));
    QTest::keyClicks(program.editor(), u"# "_s);
    workspace::BuildSettings settings = program.document.snapshot().settings;
    settings.target = u"build"_s;
    program.stack.pushSettings(settings, u"target"_s);
    QVERIFY(program.text() != before);
    while (program.stack.undoStack()->canUndo())
        program.press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(program.text(), before);
    QVERIFY(program.document.snapshot().settings.target.isEmpty());
    while (program.stack.undoStack()->canRedo())
        program.stack.redo();
    QVERIFY(program.text().contains("AS runtime"_L1));
    QCOMPARE(program.document.snapshot().settings.target, u"build"_s);
}

void tst_MainWindow::choosingAStageMarksItsRowsAndTheReverse()
{
    Program program;
    program.openText(twoStages);
    QTRY_VERIFY(program.graph()->graphScene().card(finalStage));
    program.editor()->setFocus();
    program.editor()->goToRow(5);
    QCOMPARE(program.graph()->selectedNode(), std::optional(finalStage));
    Q_EMIT program.graph()->nodeSelected({graph::NodeKind::Stage, u"build"_s});
    QCOMPARE(program.editor()->cursorRow(), 1);
}

void tst_MainWindow::aFileChangedOnDiskIsTakenOrKept()
{
    Program program;
    const QString path = program.openText(twoStages);
    const auto rewrite = [&](const QString &text) { QVERIFY(dockerfile::writeTextFile(path, text).has_value()); };
    rewrite(u"FROM alpine AS other\n"_s);
    QTRY_COMPARE(program.text(), u"FROM alpine AS other\n"_s); // nothing of ours: taken, as one step of the history
    program.editor()->setFocus();
    QTest::keyClicks(program.editor(), u"# mine\n"_s);
    const QString mine = program.text();
    rewrite(u"FROM debian\n"_s);
    QTRY_VERIFY2(program.notice().contains("changed"_L1), qPrintable(program.notice()));
    QCOMPARE(program.text(), mine);
    program.stack.undoStack()->setClean(); // so that closing asks nothing
}

void tst_MainWindow::aFolderWithoutADockerfileIsNotAnError()
{
    Program program;
    QTemporaryDir folder;
    // The dialog for a new design opens over the folder; a person closes it again.
    bool shown = false;
    QTimer::singleShot(200, &program.window, [&] {
        if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget())) {
            shown = true;
            dialog->reject();
        }
    });
    program.window.open(folder.path());
    QVERIFY(shown);
}

void tst_MainWindow::aFileThatCannotBeReadIsNamed()
{
    Program program;
    program.window.open(u"/nowhere/at/all/Dockerfile"_s);
    QVERIFY2(program.notice().contains("/nowhere/at/all"_L1), qPrintable(program.notice()));
}

void tst_MainWindow::theArrangementOfPanelsIsRemembered()
{
    QTemporaryDir home;
    app::Settings settings(home.filePath(u"settings.ini"_s));
    const auto withWindow = [&](const auto &use) {
        app::EngineHub hub;
        workspace::Workspace document;
        ui::CommandStack stack(document);
        app::MainWindow window({document, stack, settings, hub, nullptr});
        window.show();
        const QString path = home.filePath(u"Dockerfile"_s);
        QVERIFY(dockerfile::writeTextFile(path, u"FROM scratch\n"_s).has_value());
        window.open(path);
        use(window);
        window.close();
    };
    withWindow([](app::MainWindow &window) { window.findChild<QDockWidget *>(u"problems"_s)->hide(); });
    withWindow([](app::MainWindow &window) {
        QVERIFY(window.findChild<QDockWidget *>(u"problems"_s)->isHidden());
        QVERIFY(!window.findChild<QDockWidget *>(u"editor"_s)->isHidden());
    });
}

void tst_MainWindow::buildingTheSampleFillsTheChart()
{
    const QString engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
    if (engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    qputenv("DOCKER_HOST", engine.toLocal8Bit());
    Program program;
    QVERIFY(recipes::writeSample(program.home.path()).has_value());
    program.window.open(program.home.path());
    program.hub.reconnect();
    QTRY_COMPARE_WITH_TIMEOUT(program.hub.state(), app::EngineHub::State::Connected, 10'000);
    auto *panel = program.window.findChild<ui::SizesPanel *>();
    program.press(Qt::CTRL | Qt::Key_B);
    QTRY_VERIFY_WITH_TIMEOUT(!panel->images().empty(), 90'000);
    QVERIFY(!panel->chart()->chart().segments.empty());
    const auto &layers = panel->images().front().layers;
    QVERIFY2(std::ranges::any_of(layers, [](const auto &layer) { return layer.row > 0 && layer.sizeBytes > 0; }),
             "the layer that the design itself made is tied to its row");
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
