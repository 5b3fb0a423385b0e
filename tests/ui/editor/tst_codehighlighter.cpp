// SPDX-License-Identifier: Apache-2.0
#include "desk.h"
#include "editor/codehighlighter.h"
#include "theme/themecolors.h"

#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

#include <cmath>

using namespace Qt::StringLiterals;

class TestCodeHighlighter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreColouredByTheirMeaning_data();
    void wordsAreColouredByTheirMeaning();
    void shellGoesOnBehindACommentInsideTheInstruction();
    void anotherEscapeCharacterContinuesTheShellsRow();
    void editsLeaveTheSameColoursAsAFreshDocument();
    void aRowThatDidNotChangeIsNotColouredAgain();
    void everyColourCanBeReadInEveryScheme();
};

namespace {

/// The colours of a row, one letter a run: the same letter is the same colour, '.' the plain one.
QString coloursOfRow(const ui::DockerfileEditor &editor, int row)
{
    const auto block = editor.document()->findBlockByNumber(row - 1);
    QString colours(block.length() - 1, u'.');
    QHash<QRgb, QChar> letters;
    for (const auto &range : block.layout()->formats()) {
        const QRgb colour = range.format.foreground().color().rgba();
        if (!letters.contains(colour))
            letters.insert(colour, QChar(u'a' + int(letters.size())));
        for (int i = range.start; i < range.start + range.length && i < colours.size(); ++i)
            colours[i] = letters[colour];
    }
    return colours;
}

QStringList allFormats(const ui::DockerfileEditor &editor)
{
    QStringList rows;
    for (auto block = editor.document()->begin(); block.isValid(); block = block.next()) {
        QString row;
        for (const auto &range : block.layout()->formats())
            row += u"%1+%2:%3 "_s.arg(range.start)
                       .arg(range.length)
                       .arg(range.format.foreground().color().name());
        rows += row;
    }
    return rows;
}

}

void TestCodeHighlighter::wordsAreColouredByTheirMeaning_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("colours");
    QTest::newRow("FROM ... AS") << u"FROM a AS b"_s << 1 << u"aaaa...aa.."_s;
    QTest::newRow("keywords in small letters are keywords") << u"from a"_s << 1 << u"aaaa.."_s;
    QTest::newRow("a flag and its value") << u"COPY --from=b c d"_s << 1 << u"aaaa.bbbbbb......"_s;
    QTest::newRow("a variable") << u"ENV A=$B"_s << 1 << u"aaa...bb"_s;
    QTest::newRow("a variable in a string") << u"ENV A=\"x${B}y\""_s << 1 << u"aaa...bbccccbb"_s;
    QTest::newRow("no variable within single quotes") << u"ENV A='$B'"_s << 1 << u"aaa...bbbb"_s;
    QTest::newRow("a comment") << u"# hello"_s << 1 << u"aaaaaaa"_s;
    QTest::newRow("a port") << u"EXPOSE 80"_s << 1 << u"aaaaaa.bb"_s;
    QTest::newRow("an unknown instruction is broken") << u"FROM a\nCOPPY x y"_s << 2 << u"aaaaa...."_s;
    QTest::newRow("a heredoc's end") << u"FROM a\nCOPY <<X /y\nz\nX\n"_s << 4 << u"a"_s;
    QTest::newRow("a JSON form is no shell") << u"FROM a\nCMD [\"x\"]"_s << 2 << u"aaa..bbb."_s;
    QTest::newRow("behind a BOM") << u"\ufeffFROM a"_s << 1 << u"aaaa.."_s;
}

void TestCodeHighlighter::wordsAreColouredByTheirMeaning()
{
    QFETCH(QString, text);
    QFETCH(int, row);
    QFETCH(QString, colours);
    const Desk desk(text);
    QCOMPARE(coloursOfRow(desk.editor, row), colours);
}

void TestCodeHighlighter::shellGoesOnBehindACommentInsideTheInstruction()
{
    const Desk desk(u"FROM a\nRUN echo \\\n# \"why\n  \"two words\"\nRUN <<EOF\nif true; then\nEOF\n"_s);
    const QString string = coloursOfRow(desk.editor, 4);
    QCOMPARE(string, u"..aaaaaaaaaaa"_s);
    QCOMPARE(coloursOfRow(desk.editor, 3), u"aaaaaa"_s);
    QVERIFY2(coloursOfRow(desk.editor, 6).startsWith(u"aa."), qPrintable(coloursOfRow(desk.editor, 6)));
}

void TestCodeHighlighter::anotherEscapeCharacterContinuesTheShellsRow()
{
    // A backtick that stayed one would open a command's substitution.
    const Desk back(u"FROM a\nRUN echo a \\\n  b\n"_s);
    const Desk tick(u"# escape=`\nFROM a\nRUN echo a `\n  b\n"_s);
    QCOMPARE(coloursOfRow(tick.editor, 3), coloursOfRow(back.editor, 2));
    QCOMPARE(coloursOfRow(tick.editor, 4), coloursOfRow(back.editor, 3));
}

void TestCodeHighlighter::editsLeaveTheSameColoursAsAFreshDocument()
{
    const QString text = u"FROM a AS b\nRUN <<EOF\necho \"x\"\ny\nEOF\nRUN a \\\n  && b\nCOPY x y\n"_s;
    Desk desk(text);
    const struct
    {
        qsizetype at;
        qsizetype length;
        QString put;
    } edits[]{{21, 0, u"\""_s},           {0, 0, u"# escape=`\n"_s}, {30, 1, u""_s},   {33, 3, u"\"\n\""_s},
              {text.size(), 0, u"ENV"_s}, {18, 4, u"x"_s},           {12, 9, u"\n"_s}, {0, 11, u""_s}};
    for (const auto &[at, length, put] : edits) {
        QVERIFY(desk.stack.push(base::TextEdit({at, length}, put), u"x"_s));
        const Desk fresh(desk.text());
        QCOMPARE(allFormats(desk.editor), allFormats(fresh.editor));
    }
    while (desk.stack.undoStack()->canUndo())
        desk.stack.undo();
    QCOMPARE(allFormats(desk.editor), allFormats(Desk(text).editor));
}

void TestCodeHighlighter::aRowThatDidNotChangeIsNotColouredAgain()
{
    QString body;
    for (int i = 0; i < 2000; ++i)
        body += u"echo row %1 | grep \"$x\"\n"_s.arg(i);
    Desk desk(u"FROM a\nRUN <<EOF\n"_s + body + u"EOF\n"_s);
    int reported = 0;
    connect(desk.editor.document(), &QTextDocument::contentsChange, this,
            [&](int, int, int added) { reported += added; });
    desk.editor.goToRow(1000, 3);
    QTest::keyClick(&desk.editor, Qt::Key_X);
    QVERIFY2(reported < 200, qPrintable(QString::number(reported)));
}

void TestCodeHighlighter::everyColourCanBeReadInEveryScheme()
{
    const auto light = [](const QColor &color) {
        const auto part = [](float v) {
            return v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f);
        };
        return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF()) +
               0.05;
    };
    Desk desk(u"# syntax=a\nFROM a AS b\nRUN --mount=type=cache if [ -n \"$x\" ]; then \\\n  b; fi # c\n"
              "COPY <<X /y\nX\nEXPOSE 80\nCOPPY\n"_s);
    for (const auto *colors : {&ui::lightColors(), &ui::darkColors(), &ui::highContrastColors()}) {
        desk.editor.setPalette(ui::paletteOf(*colors));
        for (auto block = desk.editor.document()->begin(); block.isValid(); block = block.next())
            for (const auto &range : block.layout()->formats()) {
                if (range.format.foreground().style() == Qt::NoBrush)
                    continue;
                const double a = light(range.format.foreground().color());
                const double b = light(colors->panel);
                QVERIFY2(std::max(a, b) / std::min(a, b) >= 4.4,
                         qPrintable(block.text().mid(range.start, range.length)));
            }
    }
}

QTEST_MAIN(TestCodeHighlighter)
#include "tst_codehighlighter.moc"
