// SPDX-License-Identifier: Apache-2.0
#include "desk.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QRandomGenerator>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;

class TestEditorBinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingChangesOnlyWhatIsTyped_data();
    void typingChangesOnlyWhatIsTyped();
    void undoGivesBackTheVeryCharactersAndTheCursor();
    void aWordIsOneStepOfUndo();
    void editsFromElsewhereAppearAndKeepTheCursor();
    void copyAndPasteKeepWhatTheWidgetCannotShow();
    void shiftEnterIsAPlainLineEnd();
    void charactersThatMeetAsCrlfBecomeOneRow();
    void randomUseNeverTouchesAnythingElse();
    void aKeyStaysCheapInALargeFile();
    void notesAndMarksMoveWithTheirRows();
};

void TestEditorBinding::typingChangesOnlyWhatIsTyped_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<qsizetype>("at");
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QString>("after");
    QTest::newRow("CRLF file, Enter is CRLF")
        << u"FROM a\r\nRUN b\r\n"_s << qsizetype(13) << u"\rX"_s << u"FROM a\r\nRUN b\r\nX\r\n"_s;
    QTest::newRow("BOM stays first") << u"\ufeffFROM a\n"_s << qsizetype(1) << u"# "_s
                                     << u"\ufeff# FROM a\n"_s;
    QTest::newRow("NBSP and U+2028 stay")
        << u"RUN a\u00a0b\u2028c\n"_s << qsizetype(0) << u"x"_s << u"xRUN a\u00a0b\u2028c\n"_s;
    QTest::newRow("NUL stays") << QString(u"RUN a\0b"_s) << qsizetype(4) << u"z"_s << QString(u"RUN za\0b"_s);
    QTest::newRow("lone CR") << u"FROM a\rRUN b"_s << qsizetype(12) << u"\rc"_s << u"FROM a\rRUN b\rc"_s;
    QTest::newRow("a letter among equal ones") << u"aaaa"_s << qsizetype(2) << u"a"_s << u"aaaaa"_s;
    QTest::newRow("into an empty file") << QString() << qsizetype(0) << u"FROM x\r"_s << u"FROM x\n"_s;
    QTest::newRow("bytes that are no UTF-8 stay")
        << QString(u"RUN "_s + QChar(0xdcff) + u"\r\n"_s) << qsizetype(0) << u"#"_s
        << QString(u"#RUN "_s + QChar(0xdcff) + u"\r\n"_s);
}

void TestEditorBinding::typingChangesOnlyWhatIsTyped()
{
    QFETCH(QString, before);
    QFETCH(qsizetype, at);
    QFETCH(QString, keys);
    QFETCH(QString, after);
    Desk desk(before);
    desk.put(at);
    for (const QChar key : keys) {
        if (key == u'\r')
            QTest::keyClick(&desk.editor, Qt::Key_Return);
        else
            QTest::sendKeyEvent(QTest::Click, &desk.editor, Qt::Key_unknown, QString(key), Qt::NoModifier);
    }
    QCOMPARE(desk.text(), after);
    while (desk.stack.undoStack()->canUndo())
        QTest::keySequence(&desk.editor, QKeySequence::Undo);
    QCOMPARE(desk.text(), before);
    while (desk.stack.undoStack()->canRedo())
        QTest::keySequence(&desk.editor, QKeySequence::Redo);
    QCOMPARE(desk.text(), after);
}

void TestEditorBinding::undoGivesBackTheVeryCharactersAndTheCursor()
{
    const QString before = u"FROM a\r\nRUN one\nRUN two\r\n"_s;
    Desk desk(before);
    QVERIFY(QTest::qWaitForWindowActive(&desk.editor));
    desk.binding.selectRange({0, before.size()});
    QTest::keyClick(&desk.editor, Qt::Key_Delete);
    QCOMPARE(desk.text(), QString());
    desk.stack.undo();
    QCOMPARE(desk.text(), before);
    QCOMPARE(desk.shown(), u"FROM a\nRUN one\nRUN two\n"_s);
    desk.put(12);
    QTest::keyClick(&desk.editor, Qt::Key_X);
    desk.put(0);
    desk.stack.undo();
    QCOMPARE(desk.binding.cursorOffset(), qsizetype(12));
    desk.stack.redo();
    QCOMPARE(desk.binding.cursorOffset(), qsizetype(13));
}

void TestEditorBinding::aWordIsOneStepOfUndo()
{
    Desk desk(u"FROM a\n"_s);
    desk.put(7);
    QTest::keyClicks(&desk.editor, u"RUN go build"_s);
    QCOMPARE(desk.stack.undoStack()->count(), 3);
    desk.stack.undo();
    QCOMPARE(desk.text(), u"FROM a\nRUN go "_s);
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(&desk.editor, Qt::Key_Backspace);
    QCOMPARE(desk.text(), u"FROM a\n"_s);
    desk.stack.undo();
    QCOMPARE(desk.text(), u"FROM a\nRUN go "_s);
}

void TestEditorBinding::editsFromElsewhereAppearAndKeepTheCursor()
{
    Desk desk(u"FROM a AS b\r\nFROM c\r\nCOPY --from=b x y\r\n"_s);
    desk.put(15);
    base::TextEdit rename;
    rename.replace({10, 1}, u"builder"_s);
    rename.replace({33, 1}, u"builder"_s);
    desk.editor.clearFocus();
    QVERIFY(desk.stack.push(rename, u"rename"_s));
    QCOMPARE(desk.text(), u"FROM a AS builder\r\nFROM c\r\nCOPY --from=builder x y\r\n"_s);
    QCOMPARE(desk.shown(), u"FROM a AS builder\nFROM c\nCOPY --from=builder x y\n"_s);
    QCOMPARE(desk.binding.cursorOffset(), qsizetype(21));
}

void TestEditorBinding::copyAndPasteKeepWhatTheWidgetCannotShow()
{
    Desk desk(u"RUN a\u00a0b\r\nRUN c\r\n"_s);
    desk.binding.selectRange({0, 9});
    desk.editor.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"RUN a\u00a0b\r\n"_s);
    desk.put(9);
    desk.editor.paste();
    QCOMPARE(desk.text(), u"RUN a\u00a0b\r\nRUN a\u00a0b\r\nRUN c\r\n"_s);
    QCOMPARE(desk.binding.cursorOffset(), qsizetype(18));
}

void TestEditorBinding::shiftEnterIsAPlainLineEnd()
{
    Desk desk(u"FROM a"_s);
    desk.put(6);
    QTest::keyClick(&desk.editor, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(desk.text(), u"FROM a\n"_s);
}

void TestEditorBinding::charactersThatMeetAsCrlfBecomeOneRow()
{
    Desk desk(u"a\rb\nc"_s);
    QCOMPARE(desk.editor.blockCount(), 3);
    desk.put(3);
    QTest::keyClick(&desk.editor, Qt::Key_Backspace);
    QCOMPARE(desk.text(), u"a\r\nc"_s);
    QCOMPARE(desk.editor.blockCount(), 2);
    desk.stack.undo();
    QCOMPARE(desk.text(), u"a\rb\nc"_s);
    QCOMPARE(desk.editor.blockCount(), 3);
}

// Law: whatever is typed, deleted, undone or changed elsewhere, the document is what a plain string would be
// after the same edits, the editor shows exactly that, and undoing all gives the first text back.
void TestEditorBinding::randomUseNeverTouchesAnythingElse()
{
    const QString alphabet = u"FROM a\n\r\r\n\u00a0\u2028\u2029 \t\U0001f680"_s + QChar(0xdc80) + QChar(0);
    QRandomGenerator random(11);
    for (int round = 0; round < 25; ++round) {
        QString first;
        for (int i = random.bounded(60); i > 0; --i)
            first += alphabet[random.bounded(int(alphabet.size()))];
        Desk desk(first);
        for (int step = 0; step < 40; ++step) {
            const QString before = desk.text();
            ui::DisplayMap map(before);
            const auto display = [&] { return qsizetype(random.bounded(int(map.displayLength()) + 1)); };
            const qsizetype from = display();
            const qsizetype to = std::min(map.displayLength(), from + random.bounded(3));
            const base::TextRange range = map.toText(base::TextRange{from, to - from});
            desk.binding.selectRange(range);
            switch (random.bounded(5)) {
            case 0:
                QTest::sendKeyEvent(QTest::Click, &desk.editor, Qt::Key_unknown, u"x"_s, Qt::NoModifier);
                QCOMPARE(desk.text(), before.first(range.start) + u"x"_s + before.sliced(range.end()));
                break;
            case 1: {
                QTest::keyClick(&desk.editor, Qt::Key_Return);
                const qsizetype grown = desk.text().size() - before.size() + range.length;
                QVERIFY(grown == 1 || grown == 2);
                QCOMPARE(desk.text().first(range.start), before.first(range.start));
                QCOMPARE(desk.text().sliced(range.start + grown), before.sliced(range.end()));
                break;
            }
            case 2:
                QTest::keyClick(&desk.editor, Qt::Key_Backspace);
                QVERIFY(desk.text().startsWith(before.first(std::max<qsizetype>(0, range.start - 2))));
                break;
            case 3:
                desk.stack.undo();
                break;
            default:
                desk.stack.push(base::TextEdit(range, u"\r\n"_s), u"elsewhere"_s);
                break;
            }
            const ui::DisplayMap now(desk.text());
            QCOMPARE(desk.shown(), now.display({0, now.displayLength()}));
        }
        while (desk.stack.undoStack()->canUndo())
            desk.stack.undo();
        QCOMPARE(desk.text(), first);
    }
}

// The binding's own share: the time of a key with a document that does nothing else.
void TestEditorBinding::aKeyStaysCheapInALargeFile()
{
    ui::DisplayMap map(u"RUN echo something that is about as long as lines are\r\n"_s.repeated(5000));
    constexpr int keys = 200;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < keys; ++i) {
        const auto change = map.textChange({{map.displayLength() / 2 + i, 0}, u"x"_s});
        map.apply(change);
    }
    const double each = double(timer.nsecsElapsed()) / keys / 1e6;
    qInfo("%.3f ms a key", each);
    QVERIFY(each < 1);
}

void TestEditorBinding::notesAndMarksMoveWithTheirRows()
{
    Desk desk(u"FROM a\nRUN b\n"_s);
    desk.editor.setRowNotes({{2, {u"3.1 s"_s, {}, ui::RowNote::Kind::Done}}});
    desk.editor.setMarks({{{7, 3}, lint::Severity::Warning, u"why"_s, u"do"_s}});
    QCOMPARE(desk.editor.severitiesByRow().keys(), QList<int>{2});
    desk.put(6);
    QTest::keyClick(&desk.editor, Qt::Key_Return);
    QCOMPARE(desk.editor.rowNotes().keys(), QList<int>{3});
    QCOMPARE(desk.editor.severitiesByRow().keys(), QList<int>{3});
    QVERIFY(desk.editor.tooltipOfRow(3).contains(u"why"_s));
}

QTEST_MAIN(TestEditorBinding)
#include "tst_editorbinding.moc"
