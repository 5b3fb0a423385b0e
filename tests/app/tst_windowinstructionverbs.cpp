// SPDX-License-Identifier: Apache-2.0
// Every verb on instructions in the joined window, by mouse or keys; undo gives the bytes back.
#include "graph/dragnote.h"
#include "graphhand.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray two = "FROM golang AS build\nWORKDIR /src\nARG VERSION=1\n# compiles\n"
                       "RUN go build -ldflags \"$VERSION\" -o /app\nRUN go vet ./...\n"
                       "FROM alpine AS final\nCOPY --from=build /app /app\nUSER 65532\nCMD /app -v\n";
const graph::NodeKey build{graph::NodeKind::Stage, u"build"_s};
const graph::NodeKey final{graph::NodeKind::Stage, u"final"_s};

}

class TestInstructionVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickSelectsAnInstructionEverywhere()
    {
        GraphHand hand(two);
        hand.click(hand.rowOf(build, 2));
        QCOMPARE(hand.graph()->selectedInstructionRow(), 5);
        QCOMPARE(hand.editor()->cursorRow(), 5);
        QVERIFY2(hand.graph()->hasFocus(), "the keyboard stays in the graph");
        hand.click(hand.titleOf(build));
        QCOMPARE(hand.graph()->selectedInstructionRow(), 0);
        QCOMPARE(hand.graph()->selectedNode(), std::optional(build));
    }

    void downGoesIntoTheInstructionsAndUpOutOfThem()
    {
        GraphHand hand(two);
        hand.click(hand.titleOf(final));
        hand.press(Qt::Key_Down);
        hand.press(Qt::Key_Down);
        QCOMPARE(hand.graph()->selectedInstructionRow(), 9);
        hand.press(Qt::Key_Up);
        hand.press(Qt::Key_Up);
        QCOMPARE(hand.graph()->selectedInstructionRow(), 0);
        QCOMPARE(hand.graph()->selectedNode(), std::optional(final));
    }

    void instructionsThatTheCardHasNoRoomForAreReached()
    {
        QByteArray many = "FROM alpine AS many\n";
        for (int i = 0; i < 12; ++i)
            many += "RUN step " + QByteArray::number(i) + '\n';
        GraphHand hand(many);
        const auto key = stageCalled(u"many"_s);
        hand.click(hand.titleOf(key));
        for (int i = 0; i < 12; ++i)
            hand.press(Qt::Key_Down);
        QCOMPARE(hand.graph()->selectedInstructionRow(), 13);
        QCOMPARE(hand.card(key)->content().rows.back().text, u"step 11"_s);
        QCOMPARE(hand.card(key)->selectedRow(), int(hand.card(key)->content().rows.size()) - 1);
        hand.press(Qt::Key_Delete);
        QVERIFY(!hand.text().contains(u"step 11"_s));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void theCardsMenuAddsAnInstructionWhereItStandsBest()
    {
        GraphHand hand(two);
        hand.choose(hand.titleOf(final), {u"Add instruction"_s, u"EXPOSE"_s});
        QVERIFY2(hand.text().contains(u"USER 65532\nEXPOSE 8080\nCMD"_s), qPrintable(hand.text()));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"add EXPOSE to final"_s);
        QVERIFY(hand.undoGivesBytesBack());
        hand.choose(hand.rowOf(build, 0), {u"Add below"_s, u"ENV"_s});
        QVERIFY2(hand.text().contains(u"WORKDIR /src\nENV CGO_ENABLED=0\nARG"_s), qPrintable(hand.text()));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void keysMoveAnInstructionWithinItsStage()
    {
        GraphHand hand(two);
        hand.click(hand.rowOf(build, 3));
        hand.press(Qt::CTRL | Qt::SHIFT | Qt::Key_Up);
        QVERIFY2(hand.text().contains(u"ARG VERSION=1\nRUN go vet ./...\n# compiles\nRUN go build"_s),
                 qPrintable(hand.text()));
        QCOMPARE(hand.graph()->selectedInstructionRow(), 4); // it is the same instruction still
        hand.press(Qt::CTRL | Qt::SHIFT | Qt::Key_Down);
        QCOMPARE(hand.text(), hand.before);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aMoveThatWouldChangeAMeaningIsRefused()
    {
        GraphHand hand(two);
        hand.click(hand.rowOf(build, 1));
        hand.press(Qt::CTRL | Qt::SHIFT | Qt::Key_Down); // the ARG below its use
        QCOMPARE(hand.text(), hand.before);
        QVERIFY2(hand.notice().contains(u"VERSION"_s), qPrintable(hand.notice()));
    }

    void keysDuplicateCommentOutAndDelete()
    {
        GraphHand hand(two);
        hand.click(hand.rowOf(build, 3));
        hand.press(Qt::CTRL | Qt::Key_D);
        QVERIFY(hand.text().contains(u"RUN go vet ./...\nRUN go vet ./...\nFROM"_s));
        QVERIFY(hand.undoGivesBytesBack());
        hand.click(hand.rowOf(build, 3));
        hand.press(Qt::CTRL | Qt::Key_Slash);
        QVERIFY2(hand.text().contains(u"\n# RUN go vet ./...\nFROM"_s), qPrintable(hand.text()));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"comment out RUN"_s);
        QVERIFY(hand.undoGivesBytesBack());
        hand.click(hand.rowOf(build, 3));
        hand.press(Qt::Key_Delete);
        QVERIFY(!hand.text().contains(u"go vet"_s));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aDragReordersWithinTheCard()
    {
        GraphHand hand(two);
        const QPoint above = hand.rowOf(build, 2) - QPoint(0, 5);
        hand.hold(hand.rowOf(build, 3), above);
        auto *note = hand.graph()->findChild<ui::DragNote *>();
        QVERIFY(note->isVisible());
        QVERIFY(!note->isRefusal());
        QTest::mouseRelease(hand.ground(), Qt::LeftButton, {}, above);
        QVERIFY2(hand.text().contains(u"ARG VERSION=1\nRUN go vet ./...\n# compiles\nRUN go build"_s),
                 qPrintable(hand.text()));
        QVERIFY(!note->isVisible());
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aDragToAnotherCardMovesItThere()
    {
        GraphHand hand(two);
        hand.drag(hand.rowOf(build, 3), hand.rowOf(final, 1) - QPoint(0, 5));
        QVERIFY2(hand.text().contains(u"COPY --from=build /app /app\nRUN go vet ./...\nUSER 65532\n"_s),
                 qPrintable(hand.text()));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"move RUN to final"_s);
        QCOMPARE(hand.graph()->selectedNode(), std::optional(final));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aRefusedDropSaysWhyBeforeItIsLetGo()
    {
        GraphHand hand(two);
        // COPY --from=build cannot stand in build itself.
        const QPoint place = hand.rowOf(build, 1);
        hand.hold(hand.rowOf(final, 0), place);
        auto *note = hand.graph()->findChild<ui::DragNote *>();
        QVERIFY(note->isVisible());
        QVERIFY2(note->isRefusal(), qPrintable(note->text()));
        QVERIFY(note->text().size() > 10);
        QTest::mouseRelease(hand.ground(), Qt::LeftButton, {}, place);
        QCOMPARE(hand.text(), hand.before);
    }

    void escapeLetsGoOfWhatIsDragged()
    {
        GraphHand hand(two);
        const QPoint place = hand.rowOf(final, 1);
        hand.hold(hand.rowOf(build, 3), place);
        hand.press(Qt::Key_Escape);
        QTest::mouseRelease(hand.ground(), Qt::LeftButton, {}, place);
        QCOMPARE(hand.text(), hand.before);
    }

    void theMenuMovesToAnotherStage()
    {
        GraphHand hand(two);
        hand.choose(hand.rowOf(build, 3), {u"Move to stage"_s, u"final"_s});
        QVERIFY2(hand.text().contains(u"RUN go vet ./...\nUSER"_s) ||
                     hand.text().contains(u"RUN go vet ./...\nCMD"_s),
                 qPrintable(hand.text()));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void theMenuWritesTheSameCommandInAnotherForm_data()
    {
        QTest::addColumn<QByteArray>("instruction");
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("expected");
        QTest::newRow("shell to JSON")
            << QByteArray("CMD /app -v") << u"Turn into JSON"_s << u"CMD [\"/app\", \"-v\"]"_s;
        QTest::newRow("JSON to shell")
            << QByteArray("CMD [\"/app\", \"a b\"]") << u"Turn into shell"_s << u"CMD /app 'a b'"_s;
        QTest::newRow("split") << QByteArray("RUN go vet && go test") << u"Split at"_s
                               << u"RUN go vet\nRUN go test"_s;
        QTest::newRow("join") << QByteArray("RUN go vet\nRUN go test") << u"Join with"_s
                              << u"RUN go vet && \\\n    go test"_s;
        QTest::newRow("heredoc") << QByteArray("RUN go vet && go test") << u"Turn into a heredoc"_s
                                 << u"RUN <<EOF\nset -e\ngo vet\ngo test\nEOF"_s;
        QTest::newRow("heredoc back") << QByteArray("RUN <<EOF\nset -e\ngo vet\ngo test\nEOF")
                                      << u"Turn back into one"_s << u"RUN go vet && \\\n    go test"_s;
        QTest::newRow("paths as a list")
            << QByteArray("COPY a b /c/") << u"Write paths as a JSON"_s << u"COPY [\"a\", \"b\", \"/c/\"]"_s;
        QTest::newRow("paths as words")
            << QByteArray("VOLUME [\"/a\", \"/b\"]") << u"Write paths as words"_s << u"VOLUME /a /b"_s;
    }
    void theMenuWritesTheSameCommandInAnotherForm()
    {
        QFETCH(QByteArray, instruction);
        QFETCH(QString, verb);
        QFETCH(QString, expected);
        GraphHand hand("FROM alpine AS one\n" + instruction + "\n");
        hand.choose(hand.rowOf(stageCalled(u"one"_s), 0), {verb});
        QCOMPARE(hand.text(), u"FROM alpine AS one\n"_s + expected + u'\n');
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aBrokenLineIsShownAsBroken()
    {
        GraphHand hand("FROM alpine AS one\nRUN true\nCOPPY a b\nCMD [\"x\"]\n");
        const auto &rows = hand.card(stageCalled(u"one"_s))->content().rows;
        QVERIFY(rows[0].problem.isEmpty());
        QVERIFY(!rows[1].problem.isEmpty());
        hand.editor()->setFocus();
        hand.editor()->goToRow(3, 3);
        QTest::keyClick(hand.editor(), Qt::Key_Delete);
        QVERIFY2(hand.card(stageCalled(u"one"_s))->content().rows[1].problem.isEmpty(),
                 "mended in that frame");
    }
};

QTEST_MAIN(TestInstructionVerbs)
#include "tst_windowinstructionverbs.moc"
