// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/edits.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

static QString applied(const QString &text, const base::TextEdit &edit)
{
    QString result = text;
    const base::TextEdit inverse = edit.applyTo(result);
    QString back = result;
    inverse.applyTo(back);
    if (back != text)
        return u"the inverse is not exact"_s;
    return result;
}

class TestEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStyleIsLearnedFromTheFile()
    {
        const Style style =
            styleOf(parse(u"# escape=`\r\nfrom a\r\nrun a `\r\n\tb `\r\n\tc\r\n\r\n\r\nfrom b\r\n"_s));
        QVERIFY(style.lowerCaseKeywords);
        QCOMPARE(style.lineEnd, u"\r\n"_s);
        QCOMPARE(style.escape, QChar(u'`'));
        QCOMPARE(style.continuationIndent, u"\t"_s);
        QCOMPARE(style.blankLinesBetweenStages, 2);
        QCOMPARE(styledKeyword(style, Keyword::Copy), u"copy"_s);
        QCOMPARE(styledKeyword(styleOf(parse(u"FROM a\n"_s)), Keyword::Copy), u"COPY"_s);
        QCOMPARE(styleOf(parse(u"FROM a\r\nRUN b"_s)).lineEnd, u"\r\n"_s);
    }

    void aFlagIsSet_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("after");
        QTest::newRow("none yet") << u"COPY a b"_s << u"x"_s << u"COPY --from=x a b"_s;
        QTest::newRow("after the others") << u"COPY --link a b"_s << u"x"_s << u"COPY --link --from=x a b"_s;
        QTest::newRow("in a continued row")
            << u"COPY --link \\\n  a b"_s << u"x"_s << u"COPY --link --from=x \\\n  a b"_s;
        QTest::newRow("there already") << u"COPY --from=old a b"_s << u"x"_s << u"COPY --from=x a b"_s;
        QTest::newRow("there without a value") << u"COPY --from a b"_s << u"x"_s << u"COPY --from=x a b"_s;
        QTest::newRow("half typed") << u"COPY --from= a b"_s << u"x"_s << u"COPY --from=x a b"_s;
        QTest::newRow("with a blank") << u"copy a b"_s << u"x y"_s << u"copy --from=\"x y\" a b"_s;
        QTest::newRow("no arguments") << u"COPY"_s << u"x"_s << u"COPY --from=x"_s;
    }
    void aFlagIsSet()
    {
        QFETCH(QString, before);
        QFETCH(QString, value);
        QFETCH(QString, after);
        QCOMPARE(applied(before, setFlag(Instruction(parse(before), 0), u"from"_s, value)), after);
    }

    void aFlagIsRemoved_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("alone") << u"COPY --from=x a b\n"_s << u"COPY a b\n"_s;
        QTest::newRow("between others")
            << u"COPY --link --from=x --chown=1 a b"_s << u"COPY --link --chown=1 a b"_s;
        QTest::newRow("last of its row") << u"COPY --from=x \\\n  a b"_s << u"COPY \\\n  a b"_s;
        QTest::newRow("a row of its own")
            << u"COPY --link \\\n  --from=x \\\n  a b"_s << u"COPY --link \\\n  a b"_s;
        QTest::newRow("first of its row")
            << u"COPY --link \\\n  --from=x a b"_s << u"COPY --link \\\n  a b"_s;
    }
    void aFlagIsRemoved()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const Instruction copy(parse(before), 0);
        QCOMPARE(applied(before, removeFlag(copy, *copy.flag(u"from"))), after);
    }

    void aWordIsReplacedEvenAcrossRows()
    {
        const QString text = u"FROM al\\\npine AS x\n"_s;
        const Instruction from(parse(text), 0);
        QCOMPARE(from.words()[0].text, u"alpine"_s);
        QCOMPARE(applied(text, replaceWord(from.words()[0], u"debian"_s)), u"FROM debian AS x\n"_s);
    }

    void aLineIsInserted_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("usual") << u"FROM a\nRUN b\n"_s << u"FROM a\nUSER u\nRUN b\n"_s;
        QTest::newRow("CRLF") << u"FROM a\r\nRUN b\r\n"_s << u"FROM a\r\nUSER u\r\nRUN b\r\n"_s;
        QTest::newRow("the last has no line end") << u"FROM a"_s << u"FROM a\nUSER u\n"_s;
        QTest::newRow("after a heredoc") << u"RUN <<E\nE\n# c\n"_s << u"RUN <<E\nE\nUSER u\n# c\n"_s;
        QTest::newRow("into nothing") << QString() << u"USER u\n"_s;
    }
    void aLineIsInserted()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QCOMPARE(applied(before, insertLineAfter(parse(before), 0, u"USER u"_s)), after);
    }

    void nothingIsSwallowedByTheLastLinesContinuation_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("at the very end") << u"FROM a\nRUN b \\"_s << u"FROM a\nRUN b\nUSER u\n"_s;
        QTest::newRow("before the last line end") << u"FROM a\nRUN b \\\n"_s << u"FROM a\nRUN b\nUSER u\n"_s;
        QTest::newRow("with a blank row and a comment after it")
            << u"FROM a\nRUN b \\ \n\n # c\n"_s << u"FROM a\nRUN b\n\n # c\nUSER u\n"_s;
        QTest::newRow("an earlier one stays")
            << u"FROM a\nRUN b \\\n  c \\"_s << u"FROM a\nRUN b \\\n  c\nUSER u\n"_s;
        QTest::newRow("another escape character")
            << u"# escape=`\nRUN b `\r\n"_s << u"# escape=`\nRUN b\r\nUSER u\n"_s;
        QTest::newRow("a line that is complete stays")
            << u"FROM a\nRUN b \\\\"_s << u"FROM a\nRUN b \\\\\nUSER u\n"_s;
    }
    void nothingIsSwallowedByTheLastLinesContinuation()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const QString text = applied(before, insertLineAfter(parse(before), 1, u"USER u"_s));
        QCOMPARE(text, after);
        QCOMPARE(parse(text).line(parse(text).lineCount() - 1).keyword, Keyword::User);
    }

    void aByteOrderMarkStaysFirst()
    {
        const QString text = u"\ufeffFROM a\n"_s;
        QCOMPARE(applied(text, insertLineBefore(parse(text), 0, u"ARG x"_s)), u"\ufeffARG x\nFROM a\n"_s);
        QCOMPARE(applied(text, removeLine(parse(text), 0)), u"\ufeff"_s);
    }

    void aLineIsRemovedWhole()
    {
        const QString text = u"FROM a\n# why\nRUN a \\\n # c\n b\nRUN c\n"_s;
        QCOMPARE(applied(text, removeLine(parse(text), 2)), u"FROM a\n# why\nRUN c\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestEdits)
#include "tst_edits.moc"
