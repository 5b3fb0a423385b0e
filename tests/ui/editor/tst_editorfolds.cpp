// SPDX-License-Identifier: Apache-2.0
#include "desk.h"
#include "editor/editorfolds.h"

#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;

class TestEditorFolds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFoldHidesItsRowsAndTakesTheCursorOut();
    void aFoldSurvivesTypingElsewhereAndAboveIt();
    void whatTheCursorGetsIntoOpens();
    void backspaceBehindAFoldOpensItRatherThanChangeHiddenText();
    void aFoldThatIsNoneAnyMoreOpens();
    void foldsWithinFoldsStayClosed();
    void theArrowInTheGutterAndThePillAreClicked();

private:
    [[nodiscard]] static QList<int> shownRows(const ui::DockerfileEditor &editor)
    {
        QList<int> rows;
        for (int row = 1; row <= editor.blockCount(); ++row)
            if (editor.isRowShown(row))
                rows.append(row);
        return rows;
    }
};

void TestEditorFolds::aFoldHidesItsRowsAndTakesTheCursorOut()
{
    Desk desk(u"1\n2\n3\n4\n5"_s);
    auto &folds = desk.editor.folds();
    folds.setFoldable({{1, 3}});
    desk.editor.goToRow(3);
    folds.toggleAround(2);
    QCOMPARE(shownRows(desk.editor), (QList<int>{1, 2, 5}));
    QCOMPARE(folds.hiddenRows(1), 2);
    QCOMPARE(desk.editor.cursorRow(), 2);
    QTest::keyClick(&desk.editor, Qt::Key_Down);
    QCOMPARE(desk.editor.cursorRow(), 5);
    QTest::keyClick(&desk.editor, Qt::Key_Up);
    QCOMPARE(desk.editor.cursorRow(), 2);
    QCOMPARE(shownRows(desk.editor), (QList<int>{1, 2, 5}));
    folds.toggleAround(1);
    QCOMPARE(shownRows(desk.editor).size(), 5);
    QCOMPARE(desk.text(), u"1\n2\n3\n4\n5"_s);
}

void TestEditorFolds::aFoldSurvivesTypingElsewhereAndAboveIt()
{
    Desk desk(u"1\n2\n3\n4\n5"_s);
    auto &folds = desk.editor.folds();
    folds.setFoldable({{1, 3}});
    folds.setFolded(1, true);
    desk.editor.goToRow(5, 2);
    QTest::keyClick(&desk.editor, Qt::Key_X);
    desk.editor.goToRow(1);
    QTest::keyClick(&desk.editor, Qt::Key_Return);
    folds.setFoldable({{2, 4}});
    QVERIFY(folds.isFolded(2));
    QCOMPARE(shownRows(desk.editor), (QList<int>{1, 2, 3, 6}));
    QCOMPARE(desk.text(), u"\n1\n2\n3\n4\n5x"_s);
}

void TestEditorFolds::whatTheCursorGetsIntoOpens()
{
    Desk desk(u"1\n2\n3\n4\n5"_s);
    auto &folds = desk.editor.folds();
    folds.setFoldable({{0, 1}, {2, 3}});
    folds.foldAll();
    QCOMPARE(shownRows(desk.editor), (QList<int>{1, 3, 5}));
    desk.editor.goToRow(4);
    QCOMPARE(shownRows(desk.editor), (QList<int>{1, 3, 4, 5}));
    QVERIFY(folds.isFolded(0));
    folds.unfoldAll();
    QCOMPARE(shownRows(desk.editor).size(), 5);
}

void TestEditorFolds::backspaceBehindAFoldOpensItRatherThanChangeHiddenText()
{
    Desk desk(u"1\n2\n3\n4"_s);
    auto &folds = desk.editor.folds();
    folds.setFoldable({{0, 2}});
    folds.setFolded(0, true);
    desk.editor.goToRow(4);
    QTest::keyClick(&desk.editor, Qt::Key_Backspace);
    QCOMPARE(desk.text(), u"1\n2\n34"_s);
    QCOMPARE(shownRows(desk.editor), (QList<int>{1, 2, 3}));
}

void TestEditorFolds::aFoldThatIsNoneAnyMoreOpens()
{
    Desk desk(u"1\n2\n3\n4"_s);
    auto &folds = desk.editor.folds();
    folds.setFoldable({{0, 2}});
    folds.setFolded(0, true);
    folds.setFoldable({{1, 2}});
    QCOMPARE(shownRows(desk.editor).size(), 4);
    QVERIFY(!folds.isFolded(0));
}

void TestEditorFolds::foldsWithinFoldsStayClosed()
{
    Desk desk(u"1\n2\n3\n4\n5\n6"_s);
    auto &folds = desk.editor.folds();
    folds.setFoldable({{0, 4}, {1, 2}});
    folds.setFolded(1, true);
    folds.setFolded(0, true);
    QCOMPARE(shownRows(desk.editor), (QList<int>{1, 6}));
    folds.setFolded(0, false);
    QCOMPARE(shownRows(desk.editor), (QList<int>{1, 2, 4, 5, 6}));
}

void TestEditorFolds::theArrowInTheGutterAndThePillAreClicked()
{
    Desk desk(u"FROM a\nRUN a \\\n b\nRUN c"_s);
    QVERIFY(QTest::qWaitForWindowExposed(&desk.editor));
    auto &folds = desk.editor.folds();
    folds.setFoldable({{1, 2}});
    auto *gutter = desk.editor.findChild<QWidget *>(u"gutter"_s);
    QVERIFY(gutter);
    const int y = int(desk.editor.rowRect(2).center().y());
    QTest::mouseClick(gutter, Qt::LeftButton, {}, {gutter->width() - 5, y});
    QVERIFY(folds.isFolded(1));
    (void)desk.editor.grab();
    QTextCursor end(desk.editor.document()->findBlockByNumber(1));
    end.movePosition(QTextCursor::EndOfBlock);
    const int x = desk.editor.cursorRect(end).right() + 20;
    QTest::mouseClick(desk.editor.viewport(), Qt::LeftButton, {}, {x, y});
    QVERIFY(!folds.isFolded(1));
}

QTEST_MAIN(TestEditorFolds)
#include "tst_editorfolds.moc"
