// SPDX-License-Identifier: Apache-2.0
#include "commands/designcontroller.h"
#include "graph/graphitems.h"
#include "graph/graphrender.h"
#include "graph/graphscene.h"
#include "graph/graphview.h"
#include "widgets/renamefield.h"
#include "workspace/workspace.h"

#include <QAccessible>
#include <QDialog>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString hello =
    u"FROM golang:alpine AS builder\nWORKDIR /build\nCOPY go.mod hello.go ./\n"
    "RUN go build -o /build/hello hello.go\n\nFROM alpine AS final\nWORKDIR /app\nCMD [\"./hello\"]\n"_s;

graph::NodeKey stage(const QString &name)
{
    return {graph::NodeKind::Stage, name};
}

/// Graph, document and history, joined as the window joins them.
struct Desk
{
    explicit Desk(const QString &text = hello)
    {
        using ui::GraphView;
        QObject::connect(&workspace, &workspace::Workspace::documentReplaced, &view,
                         &GraphView::showDocument);
        QObject::connect(&workspace, &workspace::Workspace::documentChanged, &view,
                         [this](const workspace::Snapshot &snapshot) { view.showSnapshot(snapshot); });
        QObject::connect(&workspace, &workspace::Workspace::settingsChanged, &view, &GraphView::showSnapshot);
        QObject::connect(&view, &GraphView::connectRequested, &design, &ui::DesignController::connectNodes);
        QObject::connect(&view, &GraphView::addStageRequested, &design, &ui::DesignController::addStage);
        QObject::connect(&view, &GraphView::renameRequested, &design, &ui::DesignController::rename);
        QObject::connect(&view, &GraphView::deleteRequested, &design, &ui::DesignController::remove);
        QObject::connect(&view, &GraphView::targetRequested, &design, &ui::DesignController::setTarget);
        view.resize(1200, 600);
        view.show();
        view.activateWindow();
        view.setFocus();
        (void)QTest::qWaitForWindowActive(&view);
        open(text);
    }
    void open(const QString &text)
    {
        QSignalSpy laidOut(&view.graphScene(), &ui::GraphScene::laidOut);
        workspace.replaceDocument(text);
        if (!workspace.snapshot().graph.stages.empty())
            (void)laidOut.wait(5000);
    }
    void type(qsizetype at, qsizetype removed, const QString &text)
    {
        workspace.apply(base::TextEdit({at, removed}, text));
    }
    [[nodiscard]] QPoint port(const graph::NodeKey &key) const
    {
        return view.mapFromScene(view.graphScene().card(key)->outPort());
    }
    [[nodiscard]] QPoint centre(const graph::NodeKey &key) const
    {
        return view.mapFromScene(view.graphScene().card(key)->sceneRect().center());
    }
    [[nodiscard]] QHash<graph::NodeKey, QPointF> places() const
    {
        QHash<graph::NodeKey, QPointF> result;
        for (const auto *card : view.graphScene().cards())
            result.insert(card->key(), card->pos());
        return result;
    }
    [[nodiscard]] QString text() const { return workspace.snapshot().text; }

    workspace::Workspace workspace;
    ui::CommandStack stack{workspace};
    ui::GraphView view;
    ui::DesignController design{workspace, stack, &view};
};

void drag(QWidget *viewport, QPoint from, QPoint to)
{
    QTest::mouseMove(viewport, from);
    QTest::mousePress(viewport, Qt::LeftButton, {}, from);
    QTest::mouseMove(viewport, (from + to) / 2);
    QTest::mouseMove(viewport, to);
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, to);
}

}

class TestGraphView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsEveryNodeOfTheDocument();
    void anEmptyDocumentSaysHowToBegin();
    void aKeystrokeThatChangesNoStageMovesNothing();
    void selectionFollowsARename();
    void halfTypedTextKeepsItsCards();
    void aFromLineTypedLetterByLetterMovesNoOtherCard();
    void aKeyAboveFindingsShowsTheCardsOnce();
    void aDragFromThePortAsksForThePathAndConnects();
    void aDragOntoTheGroundAddsAStage();
    void f2RenamesAndUndoGivesTheBytesBack();
    void aTakenNameIsNotHandedOut();
    void deletingAsksWhenOthersRefer();
    void theTargetMovesAndFollowsItsName();
    void theKeyboardWalksAndConnects();
    void screenReadersHearTheCards();
    void fitShowsEverything();
    void picturesAreMadeWithoutAWindow();
};

void TestGraphView::showsEveryNodeOfTheDocument()
{
    Desk desk;
    QSet<QString> titles;
    for (const auto *card : desk.view.graphScene().cards())
        titles << card->content().title;
    QCOMPARE(titles,
             (QSet<QString>{u"golang:alpine"_s, u"alpine"_s, u"build context"_s, u"builder"_s, u"final"_s}));
    QVERIFY(desk.view.graphScene().card(stage(u"final"_s))->content().isTarget());
}

void TestGraphView::anEmptyDocumentSaysHowToBegin()
{
    Desk desk{QString()};
    const auto buttons = desk.view.findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 1);
    QVERIFY(buttons.front()->isVisible());
    QTest::mouseClick(buttons.front(), Qt::LeftButton);
    QCOMPARE(desk.workspace.snapshot().graph.stages.size(), size_t(1));
    QVERIFY(!buttons.front()->isVisible());
}

void TestGraphView::aKeystrokeThatChangesNoStageMovesNothing()
{
    Desk desk;
    const auto before = desk.places();
    desk.type(desk.text().indexOf(u"hello.go\n\n"_s), 0, u"-ldflags \"-s -w\" "_s);
    QVERIFY(!desk.view.graphScene().isLayingOut());
    QTest::qWait(50);
    QCOMPARE(desk.places(), before);
}

void TestGraphView::selectionFollowsARename()
{
    Desk desk;
    desk.view.selectNode(stage(u"builder"_s));
    desk.type(desk.text().indexOf(u"builder"_s) + 7, 0, u"2"_s);
    QCOMPARE(desk.view.selectedNode(), stage(u"builder2"_s));
    QTest::qWait(400); // a new layout, if one was made, has arrived
    QCOMPARE(desk.view.selectedNode(), stage(u"builder2"_s));
}

void TestGraphView::halfTypedTextKeepsItsCards()
{
    Desk desk;
    const QPointF place = desk.view.graphScene().card(stage(u"final"_s))->pos();
    const qsizetype at = desk.text().indexOf(u"FROM alpine"_s);
    desk.type(at + 3, 1, {}); // FRO alpine AS final
    QTest::qWait(50);
    const auto *card = desk.view.graphScene().card(stage(u"final"_s));
    QVERIFY(card != nullptr);
    QVERIFY(card->isGhost());
    QCOMPARE(card->pos(), place);
    desk.type(at + 3, 0, u"M"_s);
    QTest::qWait(400);
    QVERIFY(!desk.view.graphScene().card(stage(u"final"_s))->isGhost());
    QVERIFY(QLineF(desk.view.graphScene().card(stage(u"final"_s))->pos(), place).length() < 1);
}

void TestGraphView::aFromLineTypedLetterByLetterMovesNoOtherCard()
{
    QString text;
    for (int i = 0; i < 20; ++i)
        text += u"FROM %1 AS s%2\nRUN make %2\n"_s.arg(i < 3 ? u"alpine:3"_s : u"s%1"_s.arg(i / 2)).arg(i);
    Desk desk(text);
    const auto before = desk.places();
    const qsizetype at = text.indexOf(u"FROM s5 AS s10");
    const QString line = u"FROM debian:13 AS fresh\n"_s;
    const auto stay = [&] {
        for (const auto *card : desk.view.graphScene().cards()) {
            if (before.contains(card->key()) && card->pos() != before.value(card->key()))
                return false;
        }
        return std::ranges::all_of(before.keys(), [&](const graph::NodeKey &key) {
            return desk.view.graphScene().card(key) != nullptr;
        });
    };
    for (qsizetype i = 0; i + 1 < line.size(); ++i) {
        desk.type(at + i, 0, line.mid(i, 1));
        if (i == 0) // what is typed first glues to the line below: FFROM s5
            desk.type(at + 1, 0, u"\n"_s);
        QTest::qWait(5); // a layout that was asked for could come now
        QVERIFY2(stay(), qPrintable(line.first(i + 1)));
        if (line.first(i + 1) == u"FRO") // broken, and said to be
            QVERIFY(!desk.workspace.snapshot().tree.problems().empty());
    }
    QCOMPARE(desk.workspace.snapshot().graph.stages.size(), 21U);
    // Only now, with the stage whole, does the layout make room; who was there is there still.
    QTRY_VERIFY(!desk.view.graphScene().isLayingOut());
    for (const auto &key : before.keys())
        QVERIFY(desk.view.graphScene().card(key) != nullptr);
}

void TestGraphView::aKeyAboveFindingsShowsTheCardsOnce()
{
    Desk desk;
    QTRY_VERIFY(std::ranges::any_of(desk.workspace.findings(), [](const lint::Finding &finding) {
        return finding.range.start > hello.indexOf(u"FROM alpine");
    }));
    ui::GraphNotes notes;
    notes.findings = desk.workspace.findings();
    desk.view.setNotes(notes);
    const auto counts = desk.view.graphScene().card(stage(u"final"_s))->content().findings;
    QVERIFY(counts.all() > 0);

    QObject::connect(&desk.workspace, &workspace::Workspace::findingsChanged, &desk.view,
                     [&](const lint::Findings &findings) {
                         notes.findings = findings;
                         desk.view.setNotes(notes);
                     });
    QSignalSpy shown(&desk.view.graphScene(), &ui::GraphScene::contentChanged);
    QSignalSpy moved(&desk.workspace, &workspace::Workspace::findingsChanged);
    desk.type(hello.indexOf(u"hello.go"), 0, u"x"_s);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(desk.view.graphScene().card(stage(u"final"_s))->content().findings, counts);
}

void TestGraphView::aDragFromThePortAsksForThePathAndConnects()
{
    Desk desk;
    drag(desk.view.viewport(), desk.port(stage(u"builder"_s)), desk.centre(stage(u"final"_s)));
    auto *dialog = desk.view.findChild<QDialog *>();
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(dialog->isVisible());
    dialog->accept();
    QVERIFY2(desk.text().contains(u"COPY --from=builder /build/hello /build/hello"_s),
             qPrintable(desk.text()));
    desk.stack.undo();
    QCOMPARE(desk.text(), hello);
}

void TestGraphView::aDragOntoTheGroundAddsAStage()
{
    Desk desk;
    drag(desk.view.viewport(), desk.port(stage(u"builder"_s)),
         QPoint(desk.port(stage(u"builder"_s)).x() + 30, 590));
    QCOMPARE(desk.workspace.snapshot().graph.stages.size(), size_t(3));
    QVERIFY(desk.text().contains(u"FROM builder AS "_s));
    desk.stack.undo();
    QCOMPARE(desk.text(), hello);
}

void TestGraphView::f2RenamesAndUndoGivesTheBytesBack()
{
    Desk desk(hello + u"COPY --from=builder /a /b\r\n"_s);
    const QString before = desk.text();
    QTest::mouseClick(desk.view.viewport(), Qt::LeftButton, {}, desk.centre(stage(u"builder"_s)));
    QCOMPARE(desk.view.selectedNode(), stage(u"builder"_s));
    QTest::keyClick(&desk.view, Qt::Key_F2);
    auto *field = desk.view.findChild<ui::RenameField *>();
    QVERIFY(field != nullptr);
    QCOMPARE(field->text(), u"builder"_s);
    QTest::keyClicks(field, u"compile"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(desk.text().contains(u"AS compile\n"_s));
    QVERIFY(desk.text().contains(u"--from=compile /a"_s));
    QCOMPARE(desk.view.selectedNode(), stage(u"compile"_s));
    desk.stack.undo();
    QCOMPARE(desk.text(), before);
}

void TestGraphView::aTakenNameIsNotHandedOut()
{
    Desk desk;
    QSignalSpy renamed(&desk.view, &ui::GraphView::renameRequested);
    desk.view.startRename(stage(u"builder"_s));
    auto *field = desk.view.findChild<ui::RenameField *>();
    QTest::keyClicks(field, u"final"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(renamed.count(), 0);
    QVERIFY(!field->accessibleDescription().isEmpty());
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(desk.text(), hello);
}

void TestGraphView::deletingAsksWhenOthersRefer()
{
    const QString text = hello + u"COPY --from=builder /a /b\n"_s;
    Desk desk(text);
    desk.view.selectNode(stage(u"builder"_s));
    QTest::keyClick(&desk.view, Qt::Key_Delete);
    auto *question = desk.view.findChild<QDialog *>();
    QVERIFY(question != nullptr);
    QCOMPARE(desk.text(), text);
    for (auto *button : question->findChildren<QPushButton *>())
        if (button->text() == u"Delete"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(desk.workspace.snapshot().graph.stages.size(), size_t(1));
    QVERIFY(!desk.text().contains(u"builder"_s));
    desk.stack.undo();
    QCOMPARE(desk.text(), text);
}

void TestGraphView::theTargetMovesAndFollowsItsName()
{
    Desk desk;
    desk.design.setTarget(stage(u"builder"_s));
    QCOMPARE(desk.workspace.snapshot().settings.target, u"builder"_s);
    QVERIFY(!desk.view.graphScene().card(stage(u"final"_s))->content().isNeeded);
    desk.design.rename(stage(u"builder"_s), u"compile"_s);
    QCOMPARE(desk.workspace.snapshot().settings.target, u"compile"_s);
    desk.stack.undo();
    QCOMPARE(desk.workspace.snapshot().settings.target, u"builder"_s);
    QCOMPARE(desk.text(), hello);
}

void TestGraphView::theKeyboardWalksAndConnects()
{
    Desk desk(hello + u"COPY --from=builder /a /b\n"_s);
    desk.view.selectNode(stage(u"builder"_s));
    QSignalSpy connected(&desk.view, &ui::GraphView::connectRequested);
    QSignalSpy selected(&desk.view, &ui::GraphView::nodeSelected);
    QTest::keyClick(&desk.view, Qt::Key_C);
    QVERIFY(desk.view.isConnecting());
    QTest::keyClick(&desk.view, Qt::Key_Return);
    QCOMPARE(connected.count(), 1);
    QCOMPARE(connected.front().at(1).value<graph::NodeKey>(), stage(u"final"_s));
    if (auto *dialog = desk.view.findChild<QDialog *>())
        dialog->reject();
    desk.view.setFocus();
    QTest::keyClick(&desk.view, Qt::Key_Right);
    QCOMPARE(selected.count(), 1);
    QCOMPARE(desk.view.selectedNode(), stage(u"final"_s));
}

void TestGraphView::screenReadersHearTheCards()
{
    Desk desk;
    auto *graph = QAccessible::queryAccessibleInterface(&desk.view);
    QVERIFY(graph != nullptr);
    const auto &edges = desk.workspace.snapshot().graph.edges;
    QCOMPARE(graph->childCount(), 5 + int(edges.size()));
    QStringList names;
    for (int i = 0; i < graph->childCount(); ++i)
        names << graph->child(i)->text(QAccessible::Name);
    QCOMPARE(names[3], u"Stage builder, FROM golang:alpine, 3 instructions, not needed"_s);
    QVERIFY(names[4].contains(u"target"_s));
    QVERIFY2(names.contains(u"FROM from golang:alpine to builder, line 1"_s), qPrintable(names.join(u'\n')));
    QCOMPARE(graph->indexOfChild(graph->child(2)), 2);
}

void TestGraphView::fitShowsEverything()
{
    Desk desk;
    desk.view.zoomIn();
    desk.view.zoomIn();
    QTest::keyClick(&desk.view, Qt::Key_0, Qt::ControlModifier);
    for (const auto *card : desk.view.graphScene().cards())
        QVERIFY(
            desk.view.viewport()->rect().contains(desk.view.mapFromScene(card->sceneRect()).boundingRect()));
}

void TestGraphView::picturesAreMadeWithoutAWindow()
{
    QFile file(QStringLiteral(SOURCE_DIR "/tests/ui/graph/market.Dockerfile"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto tree = dockerfile::parse(QString::fromUtf8(file.readAll()));
    const auto graph = graph::build(tree);
    const QByteArray svg = ui::graphSvg(tree, graph, ui::lightColors());
    QVERIFY(svg.contains("<svg"));
    QVERIFY(svg.contains("builder"));
    const QImage image = ui::graphImage(tree, graph, ui::darkColors(), 1);
    QVERIFY(image.width() > 800);
    QVERIFY(ui::graphSvg({}, {}, ui::lightColors()).contains("No stage"));
}

QTEST_MAIN(TestGraphView)
#include "tst_graphview.moc"
