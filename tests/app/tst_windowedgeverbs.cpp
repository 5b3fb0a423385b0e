// SPDX-License-Identifier: Apache-2.0
// Every verb on edges in the joined window, by mouse or keys; undo gives the bytes back.
#include "commands/connectdialog.h"
#include "graph/dragnote.h"
#include "graph/edgeverbs.h"
#include "graphhand.h"
#include "inspector/sourcepage.h"

#include <QComboBox>
#include <QRadioButton>

using namespace Qt::StringLiterals;

namespace {

const QByteArray three = "FROM golang AS build\nRUN go build -o /out/app .\nFROM debian AS other\n"
                         "RUN make /out/app\nFROM alpine AS final\nRUN apk add curl\n"
                         "COPY --from=build /out/app /app\n";
const graph::NodeKey build{graph::NodeKind::Stage, u"build"_s};
const graph::NodeKey other{graph::NodeKind::Stage, u"other"_s};
const graph::NodeKey final{graph::NodeKind::Stage, u"final"_s};

struct EdgeHand : GraphHand
{
    using GraphHand::GraphHand;

    [[nodiscard]] const graph::Edge &edge(graph::EdgeKind kind, const graph::NodeKey &from,
                                          const graph::NodeKey &to)
    {
        const graph::Edge *found = graph::findEdge(graph()->graphScene().graph(), kind, from, to);
        if (found == nullptr)
            qFatal("no such edge");
        return *found;
    }
    [[nodiscard]] const graph::Edge &copy() { return edge(graph::EdgeKind::CopyFrom, build, finalKey); }
    [[nodiscard]] QPoint middleOf(const graph::Edge &edge)
    {
        return inView(graph()->graphScene().edgeItem(edge)->path().pointAtPercent(0.5));
    }
    [[nodiscard]] QPoint gripOf(const graph::Edge &edge)
    {
        return inView(ui::edgeGrip(graph()->graphScene().edgeItem(edge)->path()));
    }
    [[nodiscard]] QPoint middleOf(const graph::NodeKey &key)
    {
        return inView(card(key)->sceneRect().center());
    }
    [[nodiscard]] ui::ConnectDialog *connectFromTo(const graph::NodeKey &from, const graph::NodeKey &to)
    {
        drag(inView(card(from)->outPort()), middleOf(to));
        return dialog<ui::ConnectDialog>();
    }
    static void pick(QDialog *dialog, const QString &way)
    {
        for (auto *button : dialog->findChildren<QRadioButton *>())
            if (button->text().remove(u'&').startsWith(way))
                button->click();
    }

    graph::NodeKey finalKey = final;
};

}

class TestEdgeVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectingByCopyOffersWhatTheStageProduces()
    {
        EdgeHand hand(
            "FROM golang AS build\nRUN go build -o /out/app .\nFROM alpine AS final\nCMD [\"/app\"]\n");
        auto *dialog = hand.connectFromTo(build, final);
        QVERIFY(dialog);
        QCOMPARE(dialog->source(), u"/out/app"_s);
        dialog->findChild<QLineEdit *>(u"destination"_s)->setText(u"/app"_s);
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY2(hand.text().contains(u"FROM alpine AS final\nCOPY --from=build /out/app /app\nCMD"_s),
                 qPrintable(hand.text()));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"connect build to final"_s);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void connectingByMountAsksInWhichRun()
    {
        EdgeHand hand(three);
        auto *dialog = hand.connectFromTo(other, final);
        QVERIFY(dialog);
        EdgeHand::pick(dialog, u"Mount"_s);
        auto *run = dialog->findChild<QComboBox *>(u"run"_s);
        QVERIFY(run->isVisible());
        QCOMPARE(run->count(), 1);
        dialog->findChild<QLineEdit *>(u"destination"_s)->setText(u"/tools"_s);
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY2(hand.text().contains(u"RUN --mount="_s) && hand.text().contains(u"from=other"_s) &&
                     hand.text().contains(u"target=/tools"_s),
                 qPrintable(hand.text()));
        (void)hand.edge(graph::EdgeKind::Mount, other, final);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void connectingByFromChangesTheBase()
    {
        EdgeHand hand(three);
        auto *dialog = hand.connectFromTo(other, final);
        QVERIFY(dialog);
        EdgeHand::pick(dialog, u"Start from"_s);
        QVERIFY(!dialog->findChild<QComboBox *>(u"run"_s)->isVisible());
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY2(hand.text().contains(u"FROM other AS final\n"_s), qPrintable(hand.text()));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aWayThatCannotBeGoneIsGreyAndSaysWhy()
    {
        EdgeHand hand("FROM golang AS build\nFROM scratch AS final\nCMD [\"/app\"]\n");
        auto *dialog = hand.connectFromTo(build, final);
        QVERIFY(dialog);
        for (auto *button : dialog->findChildren<QRadioButton *>()) {
            const bool isMount = button->text().contains(u"mount"_s);
            QCOMPARE(button->isEnabled(), !isMount);
            QCOMPARE(button->accessibleDescription().isEmpty(), !isMount);
        }
        dialog->reject();
    }

    void connectingUpwardsIsRefusedBeforeLettingGo()
    {
        EdgeHand hand(three);
        const QPoint target = hand.middleOf(build);
        hand.hold(hand.inView(hand.card(other)->outPort()), target);
        auto *note = hand.graph()->findChild<ui::DragNote *>();
        QVERIFY(note->isRefusal());
        QVERIFY2(note->text().contains(u"other"_s), qPrintable(note->text()));
        QTest::mouseRelease(hand.ground(), Qt::LeftButton, {}, target);
        QVERIFY(hand.dialog<ui::ConnectDialog>() == nullptr);
        QCOMPARE(hand.text(), hand.before);
    }

    void anImageIsConnectedByItsReference()
    {
        EdgeHand hand(three);
        hand.choose(hand.titleOf(final), {u"Connect an image"_s});
        hand.answer(u"busybox:musl"_s);
        auto *dialog = hand.dialog<ui::ConnectDialog>();
        QVERIFY(dialog);
        QTest::keyClicks(dialog->findChild<QComboBox *>(QString(), Qt::FindDirectChildrenOnly), u"/bin/sh"_s);
        for (auto *box : dialog->findChildren<QComboBox *>())
            if (box->isEditable())
                box->setEditText(u"/bin/sh"_s);
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY2(hand.text().contains(u"COPY --from=busybox:musl /bin/sh /bin/sh\n"_s),
                 qPrintable(hand.text()));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aClickSelectsAnEdgeAndTheInspectorTellsItsLines()
    {
        EdgeHand hand(three);
        hand.click(hand.middleOf(hand.copy()));
        QVERIFY(hand.graph()->selectedEdge().has_value());
        QCOMPARE(hand.graph()->selectedEdge()->from, build);
        QVERIFY(!hand.graph()->selectedNode().has_value());
        QCOMPARE(hand.editor()->cursorRow(), 7);
        auto *page = hand.page().findChild<ui::SourcePage *>();
        QVERIFY(!page->isHidden());
        QCOMPARE(page->findChild<QComboBox *>()->currentText(), u"build"_s);
        hand.click(hand.titleOf(final));
        QVERIFY(page->isHidden());
    }

    void theKeyboardStepsThroughTheEdgesOfACard()
    {
        EdgeHand hand(three);
        hand.click(hand.titleOf(final));
        QSet<graph::NodeKey> sources;
        for (int i = 0; i < 2; ++i) {
            hand.press(Qt::Key_E);
            QVERIFY(hand.graph()->selectedEdge().has_value());
            sources << hand.graph()->selectedEdge()->from;
        }
        QCOMPARE(sources, (QSet<graph::NodeKey>{build, {graph::NodeKind::Image, u"alpine"_s}}));
        while (hand.graph()->selectedEdge()->from != build)
            hand.press(Qt::Key_E);
        hand.press(Qt::Key_Left); // along it, to where it comes from
        QCOMPARE(hand.graph()->selectedNode(), std::optional(build));
    }

    void theMenuTakesFromElsewhere()
    {
        EdgeHand hand(three);
        hand.choose(hand.middleOf(hand.copy()), {u"Take from"_s, u"other"_s});
        QCOMPARE(hand.text(), QString(hand.before).replace(u"--from=build"_s, u"--from=other"_s));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"take from other instead of build"_s);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void theMenuTakesFromAnotherImage()
    {
        EdgeHand hand(three);
        hand.choose(hand.middleOf(hand.copy()), {u"Take from"_s, u"Another image"_s});
        hand.answer(u"busybox"_s);
        QCOMPARE(hand.text(), QString(hand.before).replace(u"--from=build"_s, u"--from=busybox"_s));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void draggingTheGripTakesFromAnotherCard()
    {
        EdgeHand hand(three);
        hand.click(hand.middleOf(hand.copy()));
        hand.drag(hand.gripOf(hand.copy()), hand.middleOf(other));
        QCOMPARE(hand.text(), QString(hand.before).replace(u"--from=build"_s, u"--from=other"_s));
        QVERIFY2(hand.graph()->selectedEdge() && hand.graph()->selectedEdge()->from == other,
                 "it is the same edge still");
        QVERIFY(hand.undoGivesBytesBack());
    }

    void deleteShowsWhatGoesAndRemovesIt()
    {
        EdgeHand hand(three);
        hand.click(hand.middleOf(hand.copy()));
        hand.press(Qt::Key_Delete);
        QCOMPARE(hand.text(), hand.before);
        QVERIFY(hand.dialog<QMessageBox>()->informativeText().contains(u"line 7: COPY --from=build"_s));
        hand.confirm(u"Remove"_s);
        QCOMPARE(hand.text(), QString(hand.before).remove(u"COPY --from=build /out/app /app\n"_s));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"disconnect build from final"_s);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aFromIsNotRemovedButRetargeted()
    {
        EdgeHand hand(three);
        const graph::NodeKey alpine{graph::NodeKind::Image, u"alpine"_s};
        const graph::Edge base = hand.edge(graph::EdgeKind::Base, alpine, final);
        QVERIFY(!hand.whyGrey(hand.middleOf(base), u"Remove"_s).isEmpty());
        hand.choose(hand.middleOf(base), {u"Take from"_s, u"debian"_s});
        QCOMPARE(hand.text(), QString(hand.before).replace(u"FROM alpine"_s, u"FROM debian"_s));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void theInspectorTakesAnotherImageEverywhere()
    {
        EdgeHand hand("FROM golang:1.22 AS a\nFROM golang:1.22 AS b\nCOPY --from=golang:1.22 /x /x\n");
        const graph::NodeKey image{graph::NodeKind::Image, u"golang:1.22"_s};
        hand.click(hand.middleOf(image));
        auto *page = hand.page().findChild<ui::SourcePage *>();
        QVERIFY(!page->isHidden());
        auto *field = page->findChild<QComboBox *>()->lineEdit();
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, u"golang:1.23"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(hand.text(), QString(hand.before).replace(u"1.22"_s, u"1.23"_s));
        QVERIFY(hand.undoGivesBytesBack());
    }
};

QTEST_MAIN(TestEdgeVerbs)
#include "tst_windowedgeverbs.moc"
