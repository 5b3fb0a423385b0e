// SPDX-License-Identifier: Apache-2.0
#include "core/dockerfile/corpus.h"
#include "dockerfile/instruction.h"
#include "dockerfile/views.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

/// What holds of every tree, whatever was parsed.
static void verifyLaws(const QString &text)
{
    const Tree tree = parse(text);
    QCOMPARE(tree.text(), text);
    QCOMPARE(tree.length(), text.size());
    qsizetype at = 0;
    int row = 1;
    for (int i = 0; i < tree.lineCount(); ++i) {
        const Line &line = tree.line(i);
        QVERIFY2(!line.text.isEmpty(), "a line holds something");
        qsizetype length = 0;
        for (const Token &token : line.tokens) {
            QVERIFY2(token.length > 0, "a token holds something");
            length += token.length;
        }
        QCOMPARE(length, line.text.size());
        QCOMPARE(line.rows, line.text.count(u'\n'));
        QCOMPARE(tree.lineRange(i), (base::TextRange{at, length}));
        QCOMPARE(tree.firstRow(i), row);
        QCOMPARE(tree.lineAt(at), i);
        QCOMPARE(tree.lineAt(at + length - 1), i);
        QCOMPARE(tree.lineAtRow(row), i);
        QCOMPARE(tree.lineAtRow(tree.lastRow(i)), i);
        QCOMPARE(tree.rowAt(at), row);
        QCOMPARE(tree.rowStart(row), at);
        at += length;
        row += line.rows;
    }
    QCOMPARE(at, text.size());
    for (const Problem &problem : tree.problems())
        QVERIFY(problem.range.start >= 0 && problem.range.length >= 0 && problem.range.end() <= text.size());
}

static void verifyViews(const Tree &tree)
{
    const QString text = tree.text();
    const auto inside = [&](base::TextRange range) {
        return range.start >= 0 && range.length >= 0 && range.end() <= text.size();
    };
    for (const Instruction &instruction : instructions(tree)) {
        QVERIFY(inside(instruction.range()));
        QVERIFY(inside(instruction.argumentsRange()));
        QCOMPARE(text.sliced(instruction.keywordWord().range.start, 1).isEmpty(), false);
        for (const Word &word : instruction.words()) {
            QVERIFY(inside(word.range));
            QVERIFY(word.range.length >= word.text.size());
        }
        for (const Flag &flag : instruction.flags()) {
            QVERIFY(inside(flag.range) && inside(flag.valueRange));
            QVERIFY(text.sliced(flag.range.start).startsWith(u"--"));
        }
        for (const Heredoc &heredoc : instruction.heredocs())
            QVERIFY(inside(heredoc.wordRange) && inside(heredoc.bodyRange));
        viewFrom(instruction);
        viewCopy(instruction);
        viewPairs(instruction);
        for (const Mount &mount : viewRun(instruction).mounts)
            QVERIFY(inside(mount.fromRange));
        if (const auto inner = viewOnbuild(instruction))
            QVERIFY(instruction.summary().contains(inner->keywordWord().text));
    }
}

class TestParse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCharacterIsInOneToken_data() { addCorpusRows(); }
    void everyCharacterIsInOneToken()
    {
        QFETCH(int, index);
        verifyLaws(corpus()[static_cast<size_t>(index)].text);
    }

    void everyPrefixHasATree_data() { addCorpusRows(); }
    void everyPrefixHasATree()
    {
        QFETCH(int, index);
        const QString &text = corpus()[static_cast<size_t>(index)].text;
        const qsizetype step = std::max<qsizetype>(1, text.size() / 400);
        for (qsizetype length = 0; length < text.size(); length += step)
            QCOMPARE(parse(text.first(length)).text(), text.first(length));
    }

    void viewsStayWithinTheText_data() { addCorpusRows(); }
    void viewsStayWithinTheText()
    {
        QFETCH(int, index);
        const QString &text = corpus()[static_cast<size_t>(index)].text;
        verifyViews(parse(text));
        for (qsizetype length = 0; length < text.size(); length += std::max<qsizetype>(1, text.size() / 60))
            verifyViews(parse(text.first(length)));
    }

    void tokensSayWhatARunIs()
    {
        const Tree tree = parse(u"RUN --mount=type=cache echo \\\n # c\n  a\n"_s);
        QCOMPARE(tree.lineCount(), 1);
        std::vector<TokenKind> kinds;
        for (const Token &token : tree.line(0).tokens)
            kinds.push_back(token.kind);
        using enum TokenKind;
        QCOMPARE(kinds, (std::vector{Keyword, Whitespace, Flag, Whitespace, Word, Whitespace, Continuation,
                                     Whitespace, Comment, Newline, Whitespace, Word, Newline}));
    }

    void directivesEndAtTheFirstOtherLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("escape");
        QTest::addColumn<QString>("syntax");
        QTest::newRow("at the top") << u"# escape=`\n# syntax=x/y:1\nFROM a\n"_s << u"`"_s << u"x/y:1"_s;
        QTest::newRow("any case, blanks around") << u" #  EsCaPe =  ` \nFROM a\n"_s << u"`"_s << QString();
        QTest::newRow("after an unknown one") << u"# a=b\n# escape=`\n"_s << u"\\"_s << QString();
        QTest::newRow("after a comment") << u"# hello\n# syntax=x\n"_s << u"\\"_s << QString();
        QTest::newRow("after a blank line") << u"\n# syntax=x\n"_s << u"\\"_s << QString();
        QTest::newRow("after an instruction") << u"FROM a\n# escape=`\n"_s << u"\\"_s << QString();
        QTest::newRow("the first of two counts") << u"# syntax=a\n# syntax=b\n"_s << u"\\"_s << u"a"_s;
        QTest::newRow("without a value") << u"# escape=\n# syntax=b\n"_s << u"\\"_s << QString();
        QTest::newRow("after a byte order mark") << u"\ufeff# escape=`\n"_s << u"`"_s << QString();
        QTest::newRow("with CRLF") << u"# escape=`\r\n# syntax=q \r\n"_s << u"`"_s << u"q"_s;
    }
    void directivesEndAtTheFirstOtherLine()
    {
        QFETCH(QString, text);
        QFETCH(QString, escape);
        QFETCH(QString, syntax);
        QCOMPARE(QString(parse(text).escape()), escape);
        QCOMPARE(parse(text).directive(u"syntax"), syntax);
    }

    void rowsAreCountedAtLineFeedsOnly()
    {
        const Tree tree = parse(u"FROM a\rRUN b\r\nRUN c \\\n d\n\nRUN e"_s);
        QCOMPARE(tree.lineCount(), 4);
        QCOMPARE(tree.firstRow(0), 1);
        QCOMPARE(tree.firstRow(1), 2);
        QCOMPARE(tree.lastRow(1), 3);
        QCOMPARE(tree.firstRow(3), 5);
        QCOMPARE(tree.lastRow(3), 5);
        QCOMPARE(tree.lineAtRow(3), 1);
        QCOMPARE(tree.lineAtRow(6), -1);
        QCOMPARE(tree.rowStart(3), tree.text().indexOf(u" d"));
    }

    void anEmptyTextHasNoLines()
    {
        const Tree tree = parse({});
        QCOMPARE(tree, Tree());
        QCOMPARE(tree.lineCount(), 0);
        QCOMPARE(tree.lineAt(0), -1);
        QCOMPARE(tree.lineAtRow(1), -1);
        QCOMPARE(tree.rowAt(0), 1);
        QCOMPARE(tree.problems().size(), size_t(1));
    }

    void manyOpenHeredocsAreReadInLinearTime()
    {
        QString text;
        for (int i = 0; i < 20000; ++i)
            text += u"RUN <<E"_s + QString::number(i) + u'\n';
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(parse(text).lineCount(), 20000);
        QVERIFY2(timer.elapsed() < 10000, "quadratic reading would take minutes");
    }
};

QTEST_GUILESS_MAIN(TestParse)
#include "tst_parse.moc"
