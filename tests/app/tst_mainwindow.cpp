// SPDX-License-Identifier: Apache-2.0
// The whole window, joined as the program joins it, used by key and mouse.
#include "build/buildpanel.h"
#include "commands/connectdialog.h"
#include "dockerfile/textfile.h"
#include "graph/graphedits.h"
#include "widgets/renamefield.h"
#include "inspector/buildoptionspanel.h"
#include "inspector/stagepage.h"
#include "layers/sizeschart.h"
#include "layers/sizespanel.h"
#include "recipes/recipe.h"
#include "theme/theme.h"
#include "windowedprogram.h"

#include <QDialog>
#include <QDockWidget>
#include <QLineEdit>
#include <QMimeData>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

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
    void draggingFromPortToCardConnectsThemByThePathChosen();
    void renamingInTheGraphFollowsIntoTextAndInspector();
    void aNewStageOffersItsNameToBeTyped();
    void undoWorksFromAFieldInWhichNothingWasTyped();
    void filesDroppedAnywhereAreOpened_data();
    void filesDroppedAnywhereAreOpened();
    void anotherDesignLeavesThePanelsWhereTheyWere();
    void aFileChangedOnDiskIsTakenOrKept();
    void aFolderWithoutADockerfileIsNotAnError();
    void aFileThatCannotBeReadIsNamed();
    void theArrangementOfPanelsIsRemembered();
    void buildingTheSampleFillsTheChart();
};

void tst_MainWindow::beforeADesignTheWelcomePageHasTheWindow()
{
    Program program;
    for (auto *dock : program.page().findChildren<QDockWidget *>())
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
    QVERIFY(program.stack().push(
        graph::renameStage(program.snapshot().tree, program.snapshot().graph, finalStage, u"runtime"_s),
        u"rename"_s));
    QTest::keyClicks(program.editor(), u"# "_s);
    workspace::BuildSettings settings = program.snapshot().settings;
    settings.target = u"build"_s;
    program.stack().pushSettings(settings, u"target"_s);
    QVERIFY(program.text() != before);
    while (program.stack().undoStack()->canUndo())
        program.press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(program.text(), before);
    QVERIFY(program.snapshot().settings.target.isEmpty());
    while (program.stack().undoStack()->canRedo())
        program.stack().redo();
    QVERIFY(program.text().contains("AS runtime"_L1));
    QCOMPARE(program.snapshot().settings.target, u"build"_s);
}

void tst_MainWindow::choosingAStageMarksItsRowsAndTheReverse()
{
    Program program;
    program.openText(twoStages);
    QTRY_VERIFY(program.card(finalStage));
    program.editor()->setFocus();
    program.editor()->goToRow(5);
    QCOMPARE(program.graph()->selectedNode(), std::optional(finalStage)); // even before it has its place
    QTRY_VERIFY(program.isLaidOut(buildStage));
    QVERIFY(program.card(finalStage)->isSelected());
    QTest::mouseClick(program.graph()->viewport(), Qt::LeftButton, {},
                      program.inView(program.card(buildStage)->sceneRect().center()));
    QCOMPARE(program.editor()->cursorRow(), 1);
}

void tst_MainWindow::draggingFromPortToCardConnectsThemByThePathChosen()
{
    Program program;
    program.openText(twoStages);
    const QString before = program.text();
    QTRY_VERIFY(program.isLaidOut(finalStage));
    auto *viewport = program.graph()->viewport();
    // As a person hits it: not quite in the middle, on the card's side.
    const QPoint port = program.inView(program.card(buildStage)->outPort()) - QPoint(3, 3);
    const QPoint card = program.inView(program.card(finalStage)->sceneRect().center());
    QTest::mousePress(viewport, Qt::LeftButton, {}, port);
    QTest::mouseMove(viewport, (port + card) / 2);
    QTest::mouseMove(viewport, card);
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, card);

    auto *dialog = program.page().findChild<ui::ConnectDialog *>();
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->isVisible());
    QCOMPARE(dialog->source(), u"/out/hello"_s); // what "go build -o" of the stage writes
    dialog->findChild<QLineEdit *>(u"destination"_s)->setText(u"/hello"_s);
    QTRY_VERIFY2(dialog->isAncestorOf(QApplication::focusWidget()), "one can type at once");
    program.press(Qt::Key_Return);
    QVERIFY2(program.text().contains("COPY --from=build /out/hello /hello\r\n"_L1),
             qPrintable(program.text()));

    const QString after = program.text();
    program.press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(program.text(), before);
    program.press(Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    QCOMPARE(program.text(), after);
    program.stack().undoStack()->setClean();
}

void tst_MainWindow::renamingInTheGraphFollowsIntoTextAndInspector()
{
    Program program;
    program.openText(twoStages + "COPY --from=build /out/hello /hello\r\n");
    const QString before = program.text();
    QTRY_VERIFY(program.isLaidOut(buildStage));
    QTest::mouseClick(program.graph()->viewport(), Qt::LeftButton, {},
                      program.inView(program.card(buildStage)->sceneRect().center()));
    program.press(Qt::Key_F2);
    auto *field = program.graph()->findChild<ui::RenameField *>();
    QVERIFY(field);
    QTest::keyClicks(field, u"compile"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(program.text().contains("AS compile\r\n"_L1));
    QVERIFY2(program.text().contains("--from=compile"_L1), "whoever refers to it follows");
    QCOMPARE(program.graph()->selectedNode()->name, u"compile"_s);
    const auto *name = program.page().findChild<ui::StagePage *>()->findChild<QLineEdit *>();
    QTRY_COMPARE(name->text(), u"compile"_s);
    QVERIFY2(program.graph()->hasFocus(), "the keyboard goes on in the graph");
    program.press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(program.text(), before);
    QTRY_COMPARE(name->text(), u"build"_s);
}

void tst_MainWindow::aNewStageOffersItsNameToBeTyped()
{
    Program program;
    program.openText(twoStages);
    QTRY_VERIFY(program.isLaidOut(finalStage));
    program.graph()->setFocus();
    program.press(Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    QTRY_VERIFY(program.graph()->findChild<ui::RenameField *>());
    auto *field = program.graph()->findChild<ui::RenameField *>();
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, u"tools"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY2(program.text().contains("AS tools"_L1), qPrintable(program.text()));
    program.stack().undoStack()->setClean();
}

void tst_MainWindow::undoWorksFromAFieldInWhichNothingWasTyped()
{
    Program program;
    program.openText(twoStages);
    program.editor()->setFocus();
    QTest::keyClicks(program.editor(), u"# mine"_s);
    program.page().findChild<QDockWidget *>(u"options"_s)->raise();
    auto *tag = program.page().findChild<ui::BuildOptionsPanel *>()->findChild<QLineEdit *>();
    tag->setFocus();
    QTRY_VERIFY(tag->hasFocus());
    const QString tagBefore = tag->text();
    QTest::keyClicks(tag, u"x"_s);
    program.press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(tag->text(), tagBefore);
    QVERIFY2(program.text().startsWith("# mine"_L1), "what was typed in the field goes first");
    for (int i = 0; i < 6 && program.stack().undoStack()->canUndo(); ++i)
        program.press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(program.text(), QString::fromUtf8(twoStages));
}

void tst_MainWindow::filesDroppedAnywhereAreOpened_data()
{
    QTest::addColumn<QString>("panel");
    QTest::newRow("the graph, whose scene would take any drag") << u"graph"_s;
    QTest::newRow("the editor, which takes text") << u"editor"_s;
    QTest::newRow("a panel") << u"problems"_s;
}

void tst_MainWindow::filesDroppedAnywhereAreOpened()
{
    QFETCH(QString, panel);
    Program program;
    program.openText(twoStages);
    const QString other = program.home.filePath(u"other.Dockerfile"_s);
    QVERIFY(dockerfile::writeTextFile(other, u"FROM scratch AS dropped\n"_s).has_value());
    QWidget *under = panel == "graph"_L1    ? program.graph()->viewport()
                     : panel == "editor"_L1 ? program.editor()->viewport()
                                            : program.page().findChild<QDockWidget *>(panel)->widget();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(other)});
    const QPoint at(10, 10);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(under, &enter);
    QVERIFY2(enter.isAccepted(), "by the panel or a widget around it");
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&program.page(), &drop);
    QTRY_COMPARE(program.text(), u"FROM scratch AS dropped\n"_s);
}

void tst_MainWindow::anotherDesignLeavesThePanelsWhereTheyWere()
{
    Program program;
    const QString path = program.openText(twoStages);
    auto *problems = program.page().findChild<QDockWidget *>(u"problems"_s);
    problems->hide();
    program.press(Qt::CTRL | Qt::Key_W);
    QVERIFY(!program.graph()->isVisible());
    program.window.open(path);
    QVERIFY(problems->isHidden());
}

void tst_MainWindow::aFileChangedOnDiskIsTakenOrKept()
{
    Program program;
    const QString path = program.openText(twoStages);
    const auto rewrite = [&](const QString &text) {
        QVERIFY(dockerfile::writeTextFile(path, text).has_value());
    };
    rewrite(u"FROM alpine AS other\n"_s);
    QTRY_COMPARE(program.text(),
                 u"FROM alpine AS other\n"_s); // nothing of ours: taken, as one step of the history
    program.editor()->setFocus();
    QTest::keyClicks(program.editor(), u"# mine"_s);
    const QString mine = program.text();
    rewrite(u"FROM debian\n"_s);
    QTRY_VERIFY2(program.notice().contains("changed"_L1), qPrintable(program.notice()));
    QCOMPARE(program.text(), mine);
    program.stack().undoStack()->setClean(); // so that closing asks nothing
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
    app::EngineHub hub;
    journal::Journal journal(home.filePath(u"journal"_s));
    const auto withWindow = [&](const auto &use) {
        app::DocumentsWindow window({settings, hub, nullptr, journal});
        window.show();
        const QString path = home.filePath(u"Dockerfile"_s);
        QVERIFY(dockerfile::writeTextFile(path, u"FROM scratch\n"_s).has_value());
        window.open(path);
        use(window.current().window());
        window.close();
    };
    withWindow([](app::MainWindow &page) { page.findChild<QDockWidget *>(u"problems"_s)->hide(); });
    withWindow([](app::MainWindow &page) {
        QVERIFY(page.findChild<QDockWidget *>(u"problems"_s)->isHidden());
        QVERIFY(!page.findChild<QDockWidget *>(u"editor"_s)->isHidden());
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
    auto *panel = program.page().findChild<ui::SizesPanel *>();
    program.press(Qt::CTRL | Qt::Key_B);
    QTRY_VERIFY_WITH_TIMEOUT(!panel->images().empty(), 90'000);
    QVERIFY(!panel->chart()->chart().segments.empty());
    const auto &layers = panel->images().front().layers;
    const auto own =
        std::ranges::find_if(layers, [](const auto &layer) { return layer.row > 0 && layer.sizeBytes > 0; });
    QVERIFY2(own != layers.end(), "the layer that the design itself made is tied to its row");
    const int row = own->row;
    QVERIFY(program.editor()->rowNotes().contains(row));

    // A line more above it: notes and clicks go where the line went.
    program.editor()->moveCursor(QTextCursor::Start);
    QTest::keyClicks(program.editor(), u"# new"_s);
    QTest::keyClick(program.editor(), Qt::Key_Return);
    QVERIFY(program.editor()->rowNotes().contains(row + 1));
    Q_EMIT panel->rowActivated(row);
    QCOMPARE(program.editor()->cursorRow(), row + 1);

    // Another design in the same place knows nothing of that build.
    program.stack().undoStack()->setClean();
    program.press(Qt::CTRL | Qt::Key_W);
    program.openText(twoStages);
    QVERIFY(panel->images().empty());
    QVERIFY(program.editor()->rowNotes().isEmpty());

    const auto shown = panel->images().size();
    Q_EMIT panel->compareRequested(u"alpine:latest"_s);
    QTRY_COMPARE(panel->images().size(), shown + 1);
    QCOMPARE(panel->images().back().reference, u"alpine:latest"_s);
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
