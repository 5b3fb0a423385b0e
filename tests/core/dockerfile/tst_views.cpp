// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/commandverbs.h"
#include "dockerfile/views.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

static Instruction only(const QString &text)
{
    return Instruction(parse(text), 0);
}

static QString at(const Instruction &instruction, base::TextRange range)
{
    return instruction.tree().text().sliced(range.start, range.length);
}

static QStringList texts(const std::vector<Word> &words)
{
    QStringList list;
    for (const Word &word : words)
        list.append(word.text);
    return list;
}

class TestViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void from()
    {
        const Instruction line = only(u"FROM --platform=$BUILDPLATFORM golang:1 as build\n"_s);
        const From from = viewFrom(line);
        QCOMPARE(from.image->text, u"golang:1"_s);
        QCOMPARE(from.name->text, u"build"_s);
        QCOMPARE(at(line, from.name->range), u"build"_s);
        QCOMPARE(*from.platform->value, u"$BUILDPLATFORM"_s);
        QVERIFY(!viewFrom(only(u"FROM"_s)).image);
        QVERIFY(!viewFrom(only(u"FROM a AS"_s)).name);
        QVERIFY(!viewFrom(only(u"FROM a b c"_s)).name);
    }

    void copy()
    {
        const Instruction line = only(u"COPY --from=build --chown=1 a b /c/\n"_s);
        const Copy copy = viewCopy(line);
        QCOMPARE(*copy.from->value, u"build"_s);
        QCOMPARE(at(line, copy.from->valueRange), u"build"_s);
        QCOMPARE(texts(copy.sources), (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(copy.destination->text, u"/c/"_s);
        QVERIFY(!viewCopy(only(u"COPY a"_s)).destination);
    }

    void copyInJson()
    {
        const Instruction line = only(u"COPY [\"a b\", \"c\\\"d\", \"/e\"]\n"_s);
        const Copy copy = viewCopy(line);
        QCOMPARE(texts(copy.sources), (QStringList{u"a b"_s, u"c\"d"_s}));
        QCOMPARE(at(line, copy.sources[1].range), u"c\\\"d"_s);
        QCOMPARE(copy.destination->text, u"/e"_s);
    }

    void mounts()
    {
        const Instruction line =
            only(u"RUN --mount=type=cache,target=/c,from=base --network=none "
                 "--mount=Source=x,dst=/y,ro \\\n  --mount=type=secret,\"id=a,b\" go\n"_s);
        const Run run = viewRun(line);
        QCOMPARE(run.mounts.size(), size_t(3));
        QCOMPARE(run.mounts[0].type, u"cache"_s);
        QCOMPARE(*run.mounts[0].from, u"base"_s);
        QCOMPARE(at(line, run.mounts[0].fromRange), u"base"_s);
        QCOMPARE(run.mounts[1].type, u"bind"_s);
        QCOMPARE(*run.mounts[1].source, u"x"_s);
        QCOMPARE(*run.mounts[1].target, u"/y"_s);
        QCOMPARE(run.mounts[1].options.back().first, u"ro"_s);
        QCOMPARE(*run.network, u"none"_s);
        QCOMPARE(line.arguments(), u"go"_s);
    }

    void pairs()
    {
        const Instruction line = only(u"ENV a=b c=\"d e\" \\\n f=g\\\nh\n"_s);
        const auto pairs = viewPairs(line);
        QCOMPARE(pairs.size(), size_t(3));
        QCOMPARE(pairs[1].name.text, u"c"_s);
        QCOMPARE(pairs[1].value->text, u"\"d e\""_s);
        QCOMPARE(at(line, pairs[1].value->range), u"\"d e\""_s);
        QCOMPARE(pairs[2].value->text, u"gh"_s);
        QCOMPARE(at(line, pairs[2].value->range), u"g\\\nh"_s);
        const auto old = viewPairs(only(u"ENV a b  c"_s));
        QVERIFY(old[0].oldForm);
        QCOMPARE(old[0].value->text, u"b  c"_s);
        QVERIFY(!viewPairs(only(u"ARG X"_s))[0].value);
        QCOMPARE(viewPairs(only(u"ARG A B=1"_s)).size(), size_t(2));
    }

    void onbuild()
    {
        const auto inner = viewOnbuild(only(u"ONBUILD RUN --mount=from=x,target=/y <<EOF\nbody\nEOF\n"_s));
        QVERIFY(inner);
        QCOMPARE(inner->keyword(), Keyword::Run);
        QCOMPARE(inner->heredocs().size(), size_t(1));
        QCOMPARE(at(*inner, inner->heredocs()[0].bodyRange), u"body\n"_s);
        QCOMPARE(*viewRun(*inner).mounts[0].from, u"x"_s);
        QVERIFY(!viewOnbuild(only(u"ONBUILD"_s)));
        QVERIFY(!viewOnbuild(only(u"RUN a"_s)));
    }

    void afterOnbuildAByteOrderMarkIsAWord_data()
    {
        QTest::addColumn<QString>("rest");
        QTest::newRow("alone") << u"\uFEFF"_s;
        QTest::newRow("before a comment's sign") << u"\uFEFF#a"_s;
        QTest::newRow("before a list") << u"\uFEFF[\"a\", \\\n\"b\"]"_s;
    }
    void afterOnbuildAByteOrderMarkIsAWord()
    {
        QFETCH(QString, rest);
        const auto inner = viewOnbuild(only(u"ONBUILD "_s + rest));
        QVERIFY(inner);
        QVERIFY(inner->keywordWord().text.startsWith(QChar::ByteOrderMark));
        QVERIFY(!toJsonPaths(only(u"ONBUILD "_s + rest)));
    }

    void heredocs_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("expands");
        QTest::addColumn<bool>("stripsTabs");
        QTest::newRow("plain") << u"RUN <<EOF"_s << u"EOF"_s << true << false;
        QTest::newRow("tabs") << u"RUN <<-EOF"_s << u"EOF"_s << true << true;
        QTest::newRow("single quotes") << u"RUN <<'EOF'"_s << u"EOF"_s << false << false;
        QTest::newRow("double quotes") << u"RUN <<-\"EOF\" sh"_s << u"EOF"_s << false << true;
        QTest::newRow("quoted in part") << u"RUN <<eo'f'"_s << u"eof"_s << false << false;
        QTest::newRow("escaped quote") << u"RUN <<eo\\'f"_s << u"eo'f"_s << true << false;
        QTest::newRow("both") << u"RUN <<'e'o\\'f"_s << u"eo'f"_s << false << false;
        QTest::newRow("two words in quotes") << u"RUN <<'one two'"_s << u"one two"_s << false << false;
        QTest::newRow("descriptor") << u"RUN 3<<EOF cat"_s << u"EOF"_s << true << false;
        QTest::newRow("dollar") << u"RUN <<$EOF"_s << u"$EOF"_s << true << false;
        QTest::newRow("blanks before the name") << u"RUN <<  EOF > x"_s << u"EOF"_s << true << false;
        QTest::newRow("blank before a dash") << u"RUN << -EOF"_s << u"-EOF"_s << true << false;
        QTest::newRow("a file's name") << u"COPY <<file.txt /d"_s << u"file.txt"_s << true << false;
        QTest::newRow("in quotes as a whole") << u"RUN \"<<EOF\""_s << QString() << true << false;
        QTest::newRow("here-string") << u"RUN cat <<<EOF"_s << QString() << true << false;
        QTest::newRow("no name") << u"RUN <<"_s << QString() << true << false;
        QTest::newRow("not for USER") << u"USER <<EOF"_s << QString() << true << false;
        QTest::newRow("not in JSON") << u"RUN [\"<<EOF\"]"_s << QString() << true << false;
        QTest::newRow("a quote left open") << u"RUN it's <<EOF"_s << QString() << true << false;
    }
    void heredocs()
    {
        QFETCH(QString, line);
        QFETCH(QString, name);
        QFETCH(bool, expands);
        QFETCH(bool, stripsTabs);
        const Instruction instruction = only(line + u"\nbody\n" + name + u'\n');
        if (name.isEmpty()) {
            QVERIFY(instruction.heredocs().empty());
            return;
        }
        QCOMPARE(instruction.heredocs().size(), size_t(1));
        const Heredoc &heredoc = instruction.heredocs()[0];
        QCOMPARE(heredoc.name, name);
        QCOMPARE(heredoc.expands, expands);
        QCOMPARE(heredoc.stripsTabs, stripsTabs);
        QVERIFY(heredoc.terminated);
        QCOMPARE(at(instruction, heredoc.bodyRange), u"body\n"_s);
        QVERIFY(at(instruction, heredoc.wordRange).contains(u"<<"));
    }

    void anInstructionOnOneLine()
    {
        const Instruction line = only(u"run  --mount=type=cache,target=/x \\\n  # c\n  a   &&  b \n"_s);
        QCOMPARE(line.summary(), u"run --mount=type=cache,target=/x a && b"_s);
        QCOMPARE(line.arguments(), u"a   &&  b"_s);
        QCOMPARE(at(line, line.range()), line.tree().text().chopped(1));
        QCOMPARE(*only(u"CMD [\"a\", \"b c\"]"_s).json(), (QStringList{u"a"_s, u"b c"_s}));
        QVERIFY(!only(u"CMD a"_s).json());
    }

    void problems()
    {
        const auto problems = parse(u"FROM a\nRNU x\nENV y\nRUN a \\\n\n b\nRUN <<E\n"_s).problems();
        QCOMPARE(problems.size(), size_t(4));
        QVERIFY(problems[0].hint.contains(u"RUN"));
        QCOMPARE(problems[1].severity, Problem::Severity::Error);
        QCOMPARE(problems[2].severity, Problem::Severity::Warning);
        QVERIFY(problems[3].message.contains(u"E"));
    }

    void aPlainLineReadsAsOneThatGoesOnInTheNextRow_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line :
             {"FROM golang:1 AS build", "  from\tscratch  ", "ARG a=\"b c\" d", "ENV a=b c='d e'",
              "ENV old form \"x y\"", "LABEL a.b=\\\"c", "EXPOSE 80 443/tcp", "USER a b:c", "WORKDIR /a b/c ",
              "STOPSIGNAL SIGINT", "ENV a", "ARG", "FROM --platform=x a", "ENV a=\"open"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void aPlainLineReadsAsOneThatGoesOnInTheNextRow()
    {
        QFETCH(QString, line);
        const Instruction plain = only(line + u'\n');
        const Instruction continued =
            only(line + u"\\\n"_s); // the same for the builder, but read the long way
        QCOMPARE(plain.keywordWord(), continued.keywordWord());
        QCOMPARE(plain.flags(), continued.flags());
        QCOMPARE(plain.words(), continued.words());
        QCOMPARE(plain.arguments(), continued.arguments());
        QCOMPARE(plain.argumentsRange(), continued.argumentsRange());
        QCOMPARE(plain.summary(), continued.summary());
        QVERIFY(!plain.json() && plain.heredocs().empty());
    }

    void anOpenHeredocLeavesTheOtherInstructionsInPeace()
    {
        const Tree tree = parse(u"FROM a\nRUN <<EOF\necho\ncopy x y\nFROM b AS c\nCOPY --from=c x y\n"_s);
        QCOMPARE(tree.lineCount(), 4);
        QVERIFY(tree.line(1).unterminated);
        QCOMPARE(tree.line(2).keyword, Keyword::From);
    }
};

QTEST_GUILESS_MAIN(TestViews)
#include "tst_views.moc"
