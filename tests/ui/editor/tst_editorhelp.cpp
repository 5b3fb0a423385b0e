// SPDX-License-Identifier: Apache-2.0
#include "editor/completionpopup.h"
#include "editor/editorhover.h"
#include "editor/referencespanel.h"
#include "pagedesk.h"
#include "widgets/renamefield.h"

#include <QApplication>
#include <QDropEvent>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QTemporaryDir>
#include <QToolTip>
#include <QUndoStack>

using namespace Qt::StringLiterals;

class TestEditorHelp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proposalsOpenByThemselvesAndEnterTakesOne();
    void proposalsComeWhenAskedForAndEscapeClosesThem();
    void anEmptyWordLeavesEnterToTheText();
    void proposalsAreTypedInAsOneStep();
    void imagesAndPathsComeFromTheFacts();
    void theReferenceStandsBesideTheProposal();
    void telling();
    void definitionUsesAndRename();
    void aNameThatCannotBeIsRefusedWhileTyped();
    void rowsAreCommentedMovedAndDoubled();
    void tabIndentsASelection();
    void enterKeepsTheIndent();
    void anUnknownInstructionIsMendedByKeyboard();
    void filesOfTheContextAreDroppedIntoACopy();
    void filesFromElsewhereAreLeftToTheWindow();
    void lineEndsAreOneStepOfUndo();

private:
    static ui::CompletionPopup *popup(const PageDesk &desk)
    {
        return desk.page.findChild<ui::CompletionPopup *>();
    }
    static bool drop(PageDesk &desk, const QString &path, const QString &onRow)
    {
        desk.putAt(onRow);
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(path)});
        const QPoint at = desk.editor->cursorRect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(desk.editor->viewport(), &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent event(at, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(desk.editor->viewport(), &event);
        return event.isAccepted();
    }
};

void TestEditorHelp::proposalsOpenByThemselvesAndEnterTakesOne()
{
    PageDesk desk(u"FROM a\n"_s);
    desk.putAt(u"FROM a\n|"_s);
    desk.type(u"ent"_s);
    QVERIFY(popup(desk)->isVisible());
    QVERIFY(desk.editor->hasFocus());
    QCOMPARE(popup(desk)->current()->label, u"ENTRYPOINT"_s);
    desk.key(Qt::Key_Return);
    QVERIFY(desk.text().startsWith(u"FROM a\nENTRYPOINT"_s));
    QVERIFY(!desk.text().endsWith(u"\n\n"_s));
}

void TestEditorHelp::proposalsComeWhenAskedForAndEscapeClosesThem()
{
    PageDesk desk(u"FROM a AS builder\nFROM b\nCOPY --from= x y\n"_s);
    desk.putAt(u"--from=| x"_s);
    desk.key(Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(popup(desk)->isVisible());
    const QString before = desk.text();
    const int rows = popup(desk)->list()->model()->rowCount();
    QVERIFY(rows > 0);
    desk.key(Qt::Key_Up);
    QCOMPARE(popup(desk)->list()->currentIndex().row(), rows - 1);
    desk.key(Qt::Key_Down);
    QCOMPARE(popup(desk)->list()->currentIndex().row(), 0);
    desk.key(Qt::Key_Escape);
    QVERIFY(!popup(desk)->isVisible());
    QCOMPARE(desk.text(), before);
    desk.key(Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(popup(desk)->current()->label, u"builder"_s);
    desk.key(Qt::Key_Tab);
    QCOMPARE(desk.text(), u"FROM a AS builder\nFROM b\nCOPY --from=builder x y\n"_s);
}

void TestEditorHelp::anEmptyWordLeavesEnterToTheText()
{
    PageDesk desk(u"FROM a AS b\nFROM c\nCOPY --from"_s);
    desk.putAt(u"--from|"_s);
    desk.type(u"="_s);
    QVERIFY(popup(desk)->isVisible());
    desk.key(Qt::Key_Return);
    QVERIFY(!popup(desk)->isVisible());
    QVERIFY2(desk.text().startsWith(u"FROM a AS b\nFROM c\nCOPY --from=\n"_s), qPrintable(desk.text()));
}

void TestEditorHelp::proposalsAreTypedInAsOneStep()
{
    PageDesk desk(u"FROM a\n"_s);
    desk.putAt(u"FROM a\n|"_s);
    desk.type(u"WORKD"_s);
    desk.key(Qt::Key_Tab);
    desk.stack.undo();
    QCOMPARE(desk.text(), u"FROM a\n"_s);
}

void TestEditorHelp::imagesAndPathsComeFromTheFacts()
{
    PageDesk desk(u"FROM \nCOPY  /x\n"_s);
    language::Facts facts;
    facts.images = {{u"golang:1.24-alpine"_s, 1000}};
    facts.listFolder = [](const QString &folder) {
        return folder.isEmpty() ? std::vector<language::FolderEntry>{{u"cmd"_s, true, -1}}
                                : std::vector<language::FolderEntry>{{u"main.go"_s, false, 10}};
    };
    desk.page.setFacts(facts);
    desk.putAt(u"FROM |"_s);
    desk.type(u"gol"_s);
    desk.key(Qt::Key_Tab);
    QVERIFY2(desk.text().startsWith(u"FROM golang:1.24-alpine\n"_s), qPrintable(desk.text()));
    desk.putAt(u"COPY | /x"_s);
    desk.type(u"cm"_s);
    desk.key(Qt::Key_Space, Qt::ControlModifier);
    desk.key(Qt::Key_Tab);
    QVERIFY(popup(desk)->isVisible()); // a folder goes on
    desk.key(Qt::Key_Tab);
    QVERIFY2(desk.text().contains(u"COPY cmd/main.go /x"_s), qPrintable(desk.text()));
}

void TestEditorHelp::theReferenceStandsBesideTheProposal()
{
    PageDesk desk(u"FROM a\n"_s);
    desk.putAt(u"FROM a\n|"_s);
    desk.type(u"HEALTH"_s);
    QVERIFY2(popup(desk)->documentation().contains(u"HEALTHCHECK"_s),
             qPrintable(popup(desk)->documentation()));
    QVERIFY(!popup(desk)->current()->matched.empty());
}

void TestEditorHelp::telling()
{
    PageDesk desk(u"ARG V=1.2\nFROM golang:$V\n"_s);
    desk.putAt(u"golang:$|V"_s);
    desk.key(Qt::Key_F1);
    QTRY_VERIFY(QToolTip::isVisible());
    QVERIFY2(QToolTip::text().contains(u"1.2"_s), qPrintable(QToolTip::text()));
    desk.putAt(u"$V|\n"_s); // behind the word, where typing leaves the cursor
    QToolTip::hideText();
    QTRY_VERIFY(!QToolTip::isVisible());
    desk.key(Qt::Key_F1);
    QTRY_VERIFY(QToolTip::isVisible());
    auto *hover = desk.page.findChild<ui::EditorHover *>();
    QVERIFY(hover->textAt(desk.text().indexOf(u"FROM")).contains(u"FROM"));
    QToolTip::hideText();
}

void TestEditorHelp::definitionUsesAndRename()
{
    PageDesk desk(u"FROM a AS builder\nRUN x\nFROM b\nCOPY --from=builder x y\n"_s);
    desk.putAt(u"--from=bui|lder"_s);
    desk.key(Qt::Key_F12);
    QCOMPARE(desk.editor->cursorRow(), 1);
    QCOMPARE(desk.selected(), u"builder"_s);

    desk.key(Qt::Key_F12, Qt::ShiftModifier);
    auto *list = qobject_cast<QListWidget *>(PageDesk::focused());
    QVERIFY(list);
    QCOMPARE(list->count(), 2);
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(desk.editor->cursorRow(), 4);
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(desk.editor->hasFocus());

    desk.key(Qt::Key_F2);
    auto *field = qobject_cast<ui::RenameField *>(PageDesk::focused());
    QVERIFY(field);
    QTest::keyClicks(field, u"build"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(desk.text(), u"FROM a AS build\nRUN x\nFROM b\nCOPY --from=build x y\n"_s);
    QCOMPARE(desk.stack.undoStack()->undoText(), u"rename builder to build"_s);
    QVERIFY(desk.editor->hasFocus());

    desk.putAt(u"RUN |x"_s);
    desk.key(Qt::Key_F12);
    QCOMPARE(desk.refusals.size(), 1);
}

void TestEditorHelp::aNameThatCannotBeIsRefusedWhileTyped()
{
    PageDesk desk(u"FROM a AS one\nFROM b AS two\n"_s);
    desk.putAt(u"AS |two"_s);
    desk.key(Qt::Key_F2);
    auto *field = qobject_cast<ui::RenameField *>(PageDesk::focused());
    QVERIFY(field);
    QTest::keyClicks(field, u"one"_s);
    QVERIFY(!field->accessibleDescription().isEmpty());
    QTest::keyClick(field, Qt::Key_Return);
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(desk.text(), u"FROM a AS one\nFROM b AS two\n"_s);
    QVERIFY(desk.editor->hasFocus());
}

void TestEditorHelp::rowsAreCommentedMovedAndDoubled()
{
    PageDesk desk(u"FROM a\nRUN b\nRUN c\n"_s);
    desk.putAt(u"RU|N b"_s);
    desk.key(Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(desk.text(), u"FROM a\n# RUN b\nRUN c\n"_s);
    desk.key(Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(desk.text(), u"FROM a\nRUN b\nRUN c\n"_s);
    desk.key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(desk.text(), u"FROM a\nRUN c\nRUN b\n"_s);
    QCOMPARE(desk.editor->cursorRow(), 3);
    QCOMPARE(desk.editor->textCursor().positionInBlock(), 2);
    desk.key(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(desk.text(), u"FROM a\nRUN b\nRUN c\n"_s);
    desk.select(u"RUN b\nRUN c"_s);
    desk.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(desk.text(), u"FROM a\nRUN b\nRUN c\nRUN b\nRUN c\n"_s);
    QCOMPARE(desk.selected(), u"RUN b\u2029RUN c"_s);
    QCOMPARE(desk.stack.undoStack()->count(), 5);
    while (desk.stack.undoStack()->canUndo())
        desk.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.text(), u"FROM a\nRUN b\nRUN c\n"_s);
}

void TestEditorHelp::tabIndentsASelection()
{
    const QString before = u"RUN x \\\n  y\nRUN z\nCMD z\n"_s;
    PageDesk desk(before);
    desk.select(u"RUN z\nCMD z"_s);
    desk.key(Qt::Key_Tab);
    QCOMPARE(desk.text(), u"RUN x \\\n  y\n  RUN z\n  CMD z\n"_s);
    QCOMPARE(desk.selected(), u"  RUN z\u2029  CMD z"_s);
    desk.key(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(desk.text(), before);
    desk.putAt(u"RUN |z"_s);
    desk.key(Qt::Key_Tab);
    QVERIFY(desk.text().contains(u"RUN \tz"_s));
}

void TestEditorHelp::enterKeepsTheIndent()
{
    PageDesk desk(u"FROM a\r\nRUN a && \\\r\n    b && \\\r\n"_s);
    desk.putAt(u"b && \\|"_s);
    desk.key(Qt::Key_Return);
    desk.type(u"c"_s);
    QVERIFY2(desk.text().contains(u"b && \\\r\n    c\r\n"_s), qPrintable(desk.text()));
}

void TestEditorHelp::anUnknownInstructionIsMendedByKeyboard()
{
    PageDesk desk(u"FROM a\nCOPPY x y\n"_s);
    QTRY_VERIFY(desk.editor->hasFix(2));
    desk.putAt(u"CO|PPY"_s);
    desk.key(Qt::Key_Return, Qt::AltModifier);
    auto *menu = desk.page.findChild<QMenu *>(u"fixes"_s);
    QVERIFY(menu);
    QTRY_VERIFY(menu->isVisible());
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(desk.text(), u"FROM a\nCOPY x y\n"_s);
}

void TestEditorHelp::filesOfTheContextAreDroppedIntoACopy()
{
    QTemporaryDir context;
    PageDesk desk(u"FROM a\nCOPY x y/\nRUN z\n"_s);
    desk.page.setContextFolder(context.path());
    QVERIFY(drop(desk, context.filePath(u"go.mod"_s), u"COPY |x"_s));
    QCOMPARE(desk.text(), u"FROM a\nCOPY x go.mod y/\nRUN z\n"_s);
    desk.stack.undo();
    QVERIFY(drop(desk, context.filePath(u"sub/go.sum"_s), u"RUN |z"_s));
    QVERIFY2(desk.text().contains(u"RUN z\nCOPY sub/go.sum "_s), qPrintable(desk.text()));
}

void TestEditorHelp::filesFromElsewhereAreLeftToTheWindow()
{
    QTemporaryDir context;
    PageDesk desk(u"FROM a\n"_s);
    desk.page.setContextFolder(context.path());
    QVERIFY(!drop(desk, u"/elsewhere/go.mod"_s, u"FROM |a"_s));
    QVERIFY(!drop(desk, context.filePath(u"Dockerfile"_s), u"FROM |a"_s));
    QCOMPARE(desk.text(), u"FROM a\n"_s);
}

void TestEditorHelp::lineEndsAreOneStepOfUndo()
{
    const QString before = u"FROM a\r\nRUN b\nRUN c\r\n"_s;
    PageDesk desk(before);
    desk.putAt(u"RUN b|"_s);
    desk.page.actions().endWithLf->trigger();
    QCOMPARE(desk.text(), u"FROM a\nRUN b\nRUN c\n"_s);
    desk.type(u"x"_s);
    desk.key(Qt::Key_Return);
    QCOMPARE(desk.text(), u"FROM a\nRUN bx\n\nRUN c\n"_s);
    desk.page.actions().endWithCrLf->trigger();
    QCOMPARE(desk.text(), u"FROM a\r\nRUN bx\r\n\r\nRUN c\r\n"_s);
    desk.type(u"RUN d"_s);
    QCOMPARE(desk.text(), u"FROM a\r\nRUN bx\r\nRUN d\r\nRUN c\r\n"_s);
    while (desk.stack.undoStack()->canUndo())
        desk.stack.undo();
    QCOMPARE(desk.text(), before);
}

QTEST_MAIN(TestEditorHelp)
#include "tst_editorhelp.moc"
