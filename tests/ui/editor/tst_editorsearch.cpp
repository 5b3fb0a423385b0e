// SPDX-License-Identifier: Apache-2.0
#include "editor/editorfolds.h"
#include "editor/findbar.h"
#include "editor/gotolinebar.h"
#include "pagedesk.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

class TestEditorSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findingByKeyboardCountsGoesRoundAndComesBack();
    void allHitsAreMarkedAndFollowTyping();
    void f3FindsAgainWithoutTheBar();
    void aBadExpressionIsExplainedInTheBar();
    void replacingOneByOneByKeyboard();
    void replacingAllIsOneStepAndKeepsLineEnds();
    void aSelectionOfSeveralRowsLimitsTheSearch();
    void aHitInAFoldOpensIt();
    void goToLineTakesALineAndAColumn_data();
    void goToLineTakesALineAndAColumn();
    void escapeLeavesTheCursorInPeace();

private:
    static QString count(const PageDesk &desk)
    {
        for (const auto *label : desk.page.findChild<ui::FindBar *>()->findChildren<QLabel *>())
            if (label->isVisible() && !label->wordWrap())
                return label->text();
        return {};
    }
    static QString problem(const PageDesk &desk)
    {
        for (const auto *label : desk.page.findChild<ui::FindBar *>()->findChildren<QLabel *>())
            if (label->isVisible() && label->wordWrap())
                return label->text();
        return {};
    }
};

namespace {

const QString someText = u"FROM a AS one\nRUN one two\nRUN two\nCOPY --from=one x y\n"_s;

}

void TestEditorSearch::findingByKeyboardCountsGoesRoundAndComesBack()
{
    PageDesk desk(someText);
    desk.putAt(u"|RUN two"_s);
    desk.key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(PageDesk::focused(), u"one"_s);
    QCOMPARE(count(desk), u"3 of 3"_s);
    QCOMPARE(desk.editor->cursorRow(), 4);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Return);
    QCOMPARE(count(desk), u"1 of 3"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(count(desk), u"3 of 3"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(count(desk), u"2 of 3"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_O, Qt::AltModifier);
    QCOMPARE(count(desk), u"2 of 3"_s); // all of them are whole words
    QTest::keyClick(PageDesk::focused(), Qt::Key_Escape);
    QVERIFY(desk.editor->hasFocus());
    QCOMPARE(desk.selected(), u"one"_s);
    QVERIFY(desk.editor->hits().empty());
}

void TestEditorSearch::allHitsAreMarkedAndFollowTyping()
{
    PageDesk desk(someText);
    desk.select(u"two"_s);
    desk.key(Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(desk.editor->hits().size(), size_t(2));
    desk.editor->setFocus();
    desk.putAt(u"|RUN two"_s);
    desk.type(u"two"_s);
    QCOMPARE(desk.editor->hits().size(), size_t(3));
    QCOMPARE(count(desk), u"3 hits"_s);
}

void TestEditorSearch::f3FindsAgainWithoutTheBar()
{
    PageDesk desk(someText);
    desk.select(u"two"_s);
    desk.key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Escape);
    desk.key(Qt::Key_F3);
    QCOMPARE(desk.editor->cursorRow(), 3);
    desk.key(Qt::Key_F3);
    QCOMPARE(desk.editor->cursorRow(), 2);
}

void TestEditorSearch::aBadExpressionIsExplainedInTheBar()
{
    PageDesk desk(someText);
    desk.key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClick(PageDesk::focused(), Qt::Key_R, Qt::AltModifier);
    QTest::keyClicks(PageDesk::focused(), u"(one"_s);
    QVERIFY2(problem(desk).contains(u"character 4"), qPrintable(problem(desk)));
    QCOMPARE(count(desk), u"No hits"_s);
    QTest::keyClicks(PageDesk::focused(), u")$"_s);
    QCOMPARE(problem(desk), QString());
    QCOMPARE(count(desk), u"1 of 1"_s);
}

void TestEditorSearch::replacingOneByOneByKeyboard()
{
    PageDesk desk(someText);
    desk.key(Qt::Key_H, Qt::ControlModifier);
    QTest::keyClicks(PageDesk::focused(), u"two"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Tab);
    QTest::keyClicks(PageDesk::focused(), u"three"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Return);
    QCOMPARE(desk.text(), u"FROM a AS one\nRUN one three\nRUN two\nCOPY --from=one x y\n"_s);
    QCOMPARE(desk.editor->cursorRow(), 3);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Return);
    QCOMPARE(desk.text(), u"FROM a AS one\nRUN one three\nRUN three\nCOPY --from=one x y\n"_s);
    QCOMPARE(count(desk), u"No hits"_s);
}

void TestEditorSearch::replacingAllIsOneStepAndKeepsLineEnds()
{
    PageDesk desk(u"RUN a=1\r\nRUN b=2\r\n"_s);
    desk.key(Qt::Key_H, Qt::ControlModifier);
    QTest::keyClick(PageDesk::focused(), Qt::Key_R, Qt::AltModifier);
    QTest::keyClicks(PageDesk::focused(), u"(\\w)=(\\d)$"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Tab);
    QTest::keyClicks(PageDesk::focused(), u"$2\\n$1"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Return, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(desk.text(), u"RUN 1\r\na\r\nRUN 2\r\nb\r\n"_s);
    QCOMPARE(desk.stack.undoStack()->count(), 1);
    QCOMPARE(desk.stack.undoStack()->undoText(), u"replace all (2)"_s);
    desk.stack.undo();
    QCOMPARE(desk.text(), u"RUN a=1\r\nRUN b=2\r\n"_s);
}

void TestEditorSearch::aSelectionOfSeveralRowsLimitsTheSearch()
{
    PageDesk desk(someText);
    desk.select(u"RUN one two\nRUN"_s);
    desk.key(Qt::Key_H, Qt::ControlModifier);
    QTest::keyClicks(PageDesk::focused(), u"one"_s);
    QCOMPARE(count(desk), u"1 of 1"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_L, Qt::AltModifier);
    QVERIFY(count(desk).endsWith(u"of 3"));
}

void TestEditorSearch::aHitInAFoldOpensIt()
{
    PageDesk desk(u"FROM a AS x\nRUN one\nRUN two\nFROM b\nRUN three\n"_s);
    desk.key(Qt::Key_Underscore, Qt::ControlModifier | Qt::ShiftModifier);
    desk.editor->folds().foldAll();
    QVERIFY(!desk.editor->isRowShown(3));
    desk.key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(PageDesk::focused(), u"two"_s);
    QVERIFY(desk.editor->isRowShown(3));
    QVERIFY(!desk.editor->isRowShown(5));
}

void TestEditorSearch::goToLineTakesALineAndAColumn_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::newRow("a line") << u"3"_s << 3 << 0;
    QTest::newRow("a line and a column") << u"2:5"_s << 2 << 4;
    QTest::newRow("past the row's end") << u"3:99"_s << 3 << 7;
    QTest::newRow("past the last line") << u"999"_s << 5 << 0;
    QTest::newRow("no line at all") << u"x"_s << 1 << 0;
}

void TestEditorSearch::goToLineTakesALineAndAColumn()
{
    QFETCH(QString, typed);
    QFETCH(int, row);
    QFETCH(int, column);
    PageDesk desk(someText);
    desk.key(Qt::Key_G, Qt::ControlModifier);
    QVERIFY(qobject_cast<QLineEdit *>(PageDesk::focused()));
    QTest::keyClicks(PageDesk::focused(), typed);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Return);
    if (!desk.editor->hasFocus())
        QTest::keyClick(PageDesk::focused(), Qt::Key_Escape);
    QVERIFY(desk.editor->hasFocus());
    QCOMPARE(desk.editor->cursorRow(), row);
    QCOMPARE(desk.editor->textCursor().positionInBlock(), column);
}

void TestEditorSearch::escapeLeavesTheCursorInPeace()
{
    PageDesk desk(someText);
    desk.putAt(u"RUN |two"_s);
    const int before = desk.editor->textCursor().position();
    desk.key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(PageDesk::focused(), u"nowhere"_s);
    QTest::keyClick(PageDesk::focused(), Qt::Key_Escape);
    QCOMPARE(desk.editor->textCursor().position(), before);
}

QTEST_MAIN(TestEditorSearch)
#include "tst_editorsearch.moc"
