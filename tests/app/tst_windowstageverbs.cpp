// SPDX-License-Identifier: Apache-2.0
// Every verb on stages in the joined window, by mouse or keys; undo gives the bytes back.
#include "graphhand.h"
#include "inspector/stagepage.h"

#include <QComboBox>
#include <QDropEvent>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace {

const QByteArray chain =
    "# syntax=docker/dockerfile:1\r\n\r\nFROM golang:1.23 AS deps\r\nWORKDIR /src\r\n"
    "COPY go.mod .\r\n\r\n# compiles\r\nFROM deps AS build\r\nRUN go build -o /app\r\n\r\n"
    "FROM alpine AS tools\r\nRUN apk add curl\r\n\r\nFROM scratch AS final\r\n"
    "COPY --from=build /app /app\r\nCMD [\"/app\"]\r\n";

}

class TestStageVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGroundsMenuAddsAStage()
    {
        GraphHand hand(chain);
        hand.choose({3, 3}, {u"New stage"_s});
        QCOMPARE(hand.text(), hand.before + u"\r\nFROM alpine AS stage-5\r\n"_s);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void theNameOfAnImageIsDropped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("expected");
        QTest::newRow("on the ground")
            << u" nginx:1.29\n"_s << QString() << u"FROM nginx:1.29 AS stage-5\r\n"_s;
        QTest::newRow("as a registry's page shows it")
            << u"docker pull ghcr.io/a/b:2"_s << QString() << u"FROM ghcr.io/a/b:2 AS stage-5\r\n"_s;
        QTest::newRow("a FROM line") << u"FROM nginx:1.29 AS web"_s << QString()
                                     << u"FROM nginx:1.29 AS stage-5\r\n"_s;
        QTest::newRow("on a stage") << u"alpine:3.22"_s << u"tools"_s << u"FROM alpine:3.22 AS tools\r\n"_s;
        QTest::newRow("no image") << u"what is this?"_s << QString() << QString();
    }
    void theNameOfAnImageIsDropped()
    {
        QFETCH(QString, text);
        QFETCH(QString, where);
        QFETCH(QString, expected);
        GraphHand hand(chain);
        QMimeData data;
        data.setText(text);
        const QPoint at = where.isEmpty() ? QPoint(3, 3) : hand.titleOf(stageCalled(where));
        auto *under = hand.graph()->viewport();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(under, &enter);
        QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(under, &move);
        QCOMPARE(move.isAccepted(), !expected.isEmpty());
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(under, &drop);
        if (expected.isEmpty()) {
            QCOMPARE(hand.text(), hand.before);
            return;
        }
        QVERIFY2(hand.text().contains(expected), qPrintable(hand.text()));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aStageFromAnotherStandsBelowIt()
    {
        GraphHand hand(chain);
        hand.choose(hand.titleOf(stageCalled(u"build"_s)), {u"New stage FROM build"_s});
        QVERIFY2(hand.text().contains(u"-o /app\r\n\r\nFROM build AS stage-5\r\n\r\nFROM alpine"_s),
                 qPrintable(hand.text()));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void controlDDuplicates()
    {
        GraphHand hand(chain);
        hand.click(hand.titleOf(stageCalled(u"tools"_s)));
        hand.press(Qt::CTRL | Qt::Key_D);
        QVERIFY2(hand.text().contains(u"FROM alpine AS tools\r\nRUN apk add curl\r\n\r\n"
                                      "FROM alpine AS tools-2\r\nRUN apk add curl\r\n\r\nFROM scratch"_s),
                 qPrintable(hand.text()));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"duplicate stage tools"_s);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void f2RenamesWithWhoeverRefers()
    {
        GraphHand hand(chain);
        hand.click(hand.titleOf(stageCalled(u"build"_s)));
        hand.press(Qt::Key_F2);
        QTest::keyClicks(hand.graph()->findChild<ui::RenameField *>(), u"compile"_s);
        QTest::keyClick(hand.graph()->findChild<ui::RenameField *>(), Qt::Key_Return);
        QVERIFY(hand.text().contains(u"FROM deps AS compile\r\n"_s));
        QVERIFY(hand.text().contains(u"--from=compile /app"_s));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void deleteTakesAStageThatNobodyUses()
    {
        GraphHand hand(chain);
        hand.click(hand.titleOf(stageCalled(u"tools"_s)));
        hand.press(Qt::Key_Delete);
        QVERIFY(!hand.text().contains(u"tools"_s));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void deletingWhatOthersUseShowsThemFirst()
    {
        GraphHand hand("FROM golang AS build\nRUN go build -o /app\nFROM scratch AS final\n"
                       "COPY --from=build /app /app\n");
        hand.choose(hand.titleOf(stageCalled(u"build"_s)), {u"Delete"_s});
        QCOMPARE(hand.text(), hand.before);
        QVERIFY(hand.dialog<QMessageBox>()->informativeText().contains(u"COPY --from=build"_s));
        hand.confirm(u"Delete"_s);
        QCOMPARE(hand.text(), u"FROM scratch AS final\n"_s);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void altArrowsMoveAStage()
    {
        GraphHand hand(chain);
        hand.click(hand.titleOf(stageCalled(u"tools"_s)));
        hand.press(Qt::ALT | Qt::Key_Up);
        QVERIFY2(hand.text().contains(u"COPY go.mod .\r\n\r\nFROM alpine AS tools\r\nRUN apk add curl\r\n\r\n"
                                      "# compiles\r\nFROM deps AS build"_s),
                 qPrintable(hand.text()));
        QCOMPARE(hand.graph()->selectedNode(), std::optional(stageCalled(u"tools"_s)));
        hand.press(Qt::ALT | Qt::Key_Down);
        QCOMPARE(hand.text(), hand.before);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aMoveThatBreaksAnOrderIsRefusedWithTheReason()
    {
        GraphHand hand(chain);
        const QString reason = hand.whyGrey(hand.titleOf(stageCalled(u"build"_s)), u"Move stage up"_s);
        QVERIFY2(reason.contains(u"deps"_s), qPrintable(reason));
        hand.graph()->setFocus();
        hand.press(Qt::ALT | Qt::Key_Up);
        QCOMPARE(hand.text(), hand.before);
        QVERIFY2(hand.notice().contains(u"deps"_s), qPrintable(hand.notice()));
    }

    void aStageIsSplitAtAnInstruction()
    {
        GraphHand hand(chain);
        QVERIFY(!hand.whyGrey(hand.rowOf(stageCalled(u"deps"_s), 0), u"Split the stage"_s).isEmpty());
        hand.choose(hand.rowOf(stageCalled(u"deps"_s), 1), {u"Split the stage"_s});
        hand.answer(u"base"_s);
        QVERIFY2(hand.text().contains(u"FROM golang:1.23 AS base\r\nWORKDIR /src\r\n"_s) &&
                     hand.text().contains(u"FROM base AS deps\r\nCOPY go.mod .\r\n"_s),
                 qPrintable(hand.text()));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"split off stage base"_s);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aStageIsMergedWithItsBase()
    {
        GraphHand hand(chain);
        QVERIFY2(
            !hand.whyGrey(hand.titleOf(stageCalled(u"tools"_s)), u"Merge with the stage it is"_s).isEmpty(),
            "it is built on an image");
        hand.choose(hand.titleOf(stageCalled(u"build"_s)), {u"Merge with the stage it is FROM"_s});
        QVERIFY2(hand.text().contains(u"FROM golang:1.23 AS build\r\nWORKDIR /src\r\nCOPY go.mod .\r\n"_s),
                 qPrintable(hand.text()));
        QVERIFY(!hand.text().contains(u"deps"_s));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aStageIsMergedWithTheOneBuiltOnIt()
    {
        GraphHand hand(chain);
        hand.choose(hand.titleOf(stageCalled(u"deps"_s)), {u"Merge with the stage FROM it"_s});
        QCOMPARE(hand.snapshot().graph.stages.size(), size_t(3));
        QVERIFY2(hand.text().contains(u"COPY --from=build /app /app"_s), "references stay");
        QVERIFY(hand.undoGivesBytesBack());
    }

    void theBaseIsChangedInTheInspector()
    {
        GraphHand hand(chain);
        hand.choose(hand.titleOf(stageCalled(u"tools"_s)), {u"Change base"_s});
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) ||
                    qobject_cast<QComboBox *>(QApplication::focusWidget()));
        QTest::keyClicks(QApplication::focusWidget(), u"debian:13"_s);
        hand.press(Qt::Key_Return);
        QVERIFY2(hand.text().contains(u"FROM debian:13 AS tools\r\n"_s), qPrintable(hand.text()));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void thePlatformIsChosenAndTakenAway()
    {
        GraphHand hand(chain);
        const QPoint tools = hand.titleOf(stageCalled(u"tools"_s));
        hand.choose(tools, {u"Platform"_s, u"$BUILDPLATFORM"_s});
        QVERIFY(hand.text().contains(u"FROM --platform=$BUILDPLATFORM alpine AS tools\r\n"_s));
        QCOMPARE(hand.stack().undoStack()->undoText(), u"platform of tools: $BUILDPLATFORM"_s);
        hand.choose(hand.titleOf(stageCalled(u"tools"_s)), {u"Platform"_s, u"That of the build"_s});
        QCOMPARE(hand.text(), hand.before);
        QVERIFY(hand.undoGivesBytesBack());
    }

    void theTargetIsSetFromTheMenu()
    {
        GraphHand hand(chain);
        hand.choose(hand.titleOf(stageCalled(u"build"_s)), {u"Set as target"_s});
        QCOMPARE(hand.snapshot().settings.target, u"build"_s);
        QVERIFY(hand.undoGivesBytesBack());
        QVERIFY(hand.snapshot().settings.target.isEmpty());
    }
};

QTEST_MAIN(TestStageVerbs)
#include "tst_windowstageverbs.moc"
