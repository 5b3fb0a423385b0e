// SPDX-License-Identifier: Apache-2.0
#include "core/language/placed.h"
#include "language/expansion.h"
#include "language/hover.h"

#include <QTest>

using namespace language;
using namespace Qt::StringLiterals;

namespace {

Facts someFacts()
{
    Facts facts;
    facts.values.buildArgs = {{u"GIVEN"_s, u"outside"_s}};
    facts.images = {{u"alpine:3.22"_s, 8'000'000}};
    facts.stageSizes = {{u"builder"_s, 950'000'000}};
    facts.namedContexts = {u"assets"_s};
    return facts;
}

}

class TestHover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hoverExplainsTheThingAtThePlace_data();
    void hoverExplainsTheThingAtThePlace();
    void nothingIsSaidOfOtherPlaces_data();
    void nothingIsSaidOfOtherPlaces();
    void anInstructionShowsWhatTheBuilderTakes_data();
    void anInstructionShowsWhatTheBuilderTakes();
    void usesTellTheirOrigin_data();
    void usesTellTheirOrigin();
};

void TestHover::hoverExplainsTheThingAtThePlace_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("of"); // the text of the range
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *why, const QString &marked, const QString &of, const QString &title,
                        const QString &says) { QTest::newRow(why) << marked << of << title << says; };
    row("an instruction", u"FROM a\nWO¦RKDIR /src"_s, u"WORKDIR"_s, u"WORKDIR"_s, u"folder"_s);
    row("in lower case", u"¦from a"_s, u"from"_s, u"FROM"_s, u"stage"_s);
    row("the one behind ONBUILD", u"FROM a\nONBUILD CO¦PY a b"_s, u"COPY"_s, u"COPY"_s, u"Copies"_s);
    row("a flag", u"FROM a\nCOPY --li¦nk a b"_s, u"--link"_s, u"COPY --link"_s, u"layer of their own"_s);
    row("a flag's value that has a meaning", u"FROM a\nRUN --network=no¦ne x"_s, u"none"_s,
        u"RUN --network none"_s, u"No network"_s);
    row("a flag's value that has none", u"FROM a\nCOPY --chmod=07¦55 a b"_s, u"--chmod=0755"_s,
        u"COPY --chmod"_s, u"permissions"_s);
    row("the type of a mount", u"FROM a\nRUN --mount=type=ca¦che,target=/x y"_s, u"cache"_s,
        u"--mount cache"_s, u"stays"_s);
    row("a field of a mount by its other name", u"FROM a\nRUN --mount=type=cache,ds¦t=/x y"_s, u"dst=/x"_s,
        u"--mount target"_s, u"appears"_s);
    row("a field's value", u"FROM a\nRUN --mount=type=cache,sharing=loc¦ked,target=/x y"_s, u"locked"_s,
        u"--mount sharing=locked"_s, u"apt"_s);
    row("a directive", u"# syn¦tax=docker/dockerfile:1\nFROM a"_s, u"# syntax=docker/dockerfile:1"_s,
        u"# syntax"_s, u"docker/dockerfile:1"_s);
    row("a signal", u"FROM a\nSTOPSIGNAL SIG¦QUIT"_s, u"SIGQUIT"_s, u"STOPSIGNAL SIGQUIT"_s, u"goroutines"_s);
    row("AS", u"FROM a A¦S b"_s, u"AS"_s, u"FROM AS"_s, u"Names the stage"_s);
    row("a variable with its value", u"FROM a\nARG V=1.2\nLABEL v=$¦V"_s, u"$V"_s, u"V"_s,
        u"`1.2` — ARG, line 2"_s);
    row("a variable in braces, with more in them", u"FROM a\nENV V=x\nWORKDIR /${¦V:-y}/z"_s, u"${V:-y}"_s,
        u"V"_s, u"`x` — ENV, line 2"_s);
    row("the inner one of two", u"FROM a\nARG B=2\nENV C=${A:-$¦B}"_s, u"$B"_s, u"B"_s, u"`2`"_s);
    row("one that the shell puts in", u"FROM a\nARG V=1\nRUN echo \"$¦V\""_s, u"$V"_s, u"V"_s, u"shell"_s);
    row("one in a heredoc", u"FROM a\nARG V=1\nRUN <<EOF\necho $¦V\nEOF"_s, u"$V"_s, u"V"_s, u"`1`"_s);
    row("one that is given from outside", u"ARG GIVEN=1\nFROM a:$¦GIVEN"_s, u"$GIVEN"_s, u"GIVEN"_s,
        u"`outside` — build argument"_s);
    row("one of the builder", u"FROM --platform=$BUILD¦PLATFORM a"_s, u"$BUILDPLATFORM"_s, u"BUILDPLATFORM"_s,
        u"set by the builder"_s);
    row("one that the stage did not declare", u"ARG V=1\nFROM a\nRUN echo $¦V"_s, u"$V"_s, u"V"_s,
        u"`ARG V`"_s);
    row("one that only the base image can set", u"FROM golang:1.24\nENV P=$¦GOPATH/x"_s, u"$GOPATH"_s,
        u"GOPATH"_s, u"base image `golang:1.24`"_s);
    row("the name that an ENV declares", u"FROM a\nARG V=1\nENV ¦N=$V-x"_s, u"N"_s, u"N"_s,
        u"`1-x` — ENV, line 3"_s);
    row("an ARG that takes the global value over", u"ARG V=7\nFROM a\nARG ¦V"_s, u"V"_s, u"V"_s, u"`7`"_s);
    row("a stage in --from", u"FROM golang AS builder\nRUN x\nFROM scratch\nCOPY --from=bui¦lder a b"_s,
        u"builder"_s, u"builder"_s, u"from `golang`"_s);
    row("its size", u"FROM golang AS builder\nFROM scratch\nCOPY --from=bui¦lder a b"_s, u"builder"_s,
        u"builder"_s, u"950\u00a0MB"_s);
    row("a stage by its number", u"FROM golang\nFROM scratch\nCOPY --from=¦0 a b"_s, u"0"_s, u"stage 0"_s,
        u"golang"_s);
    row("a stage in a mount", u"FROM a AS b\nFROM c\nRUN --mount=from=¦b,target=/x y"_s, u"b"_s, u"b"_s,
        u"line 1"_s);
    row("the stage that one is FROM", u"FROM a AS b\nFROM ¦b"_s, u"b"_s, u"b"_s, u"from `a`"_s);
    row("a stage's own name", u"FROM a AS b¦b\nFROM c"_s, u"bb"_s, u"bb"_s, u"not built"_s);
    row("an image that the engine has", u"FROM al¦pine:3.22"_s, u"alpine:3.22"_s, u"alpine:3.22"_s,
        u"8\u00a0MB"_s);
    row("an image that it does not have", u"FROM gol¦ang"_s, u"golang"_s, u"golang"_s, u"pulls"_s);
    row("scratch", u"FROM scr¦atch"_s, u"scratch"_s, u"scratch"_s, u"Nothing"_s);
    row("an image in --from", u"FROM a\nCOPY --from=alp¦ine:3.22 a b"_s, u"alpine:3.22"_s, u"alpine:3.22"_s,
        u"engine has"_s);
    row("a named context", u"FROM a\nCOPY --from=ass¦ets a b"_s, u"assets"_s, u"assets"_s, u"context"_s);
    row("in a continued row", u"FROM a\nRUN --mount=type=cache,target=/x \\\n  --net¦work=none y"_s,
        u"--network=none"_s, u"RUN --network"_s, u"network"_s);
}

void TestHover::hoverExplainsTheThingAtThePlace()
{
    QFETCH(QString, marked);
    QFETCH(QString, of);
    QFETCH(QString, title);
    QFETCH(QString, says);
    const Placed placed(marked);
    const auto found = hover(placed.tree, placed.graph, placed.offset, someFacts());
    QVERIFY(found);
    QCOMPARE(placed.text.sliced(found->range.start, found->range.length), of);
    QCOMPARE(found->title, title);
    QVERIFY2(found->text.contains(says), qPrintable(found->text));
}

void TestHover::nothingIsSaidOfOtherPlaces_data()
{
    QTest::addColumn<QString>("marked");
    QTest::newRow("a comment") << u"# FR¦OM a\nFROM a"_s;
    QTest::newRow("a blank") << u"FROM¦ a"_s;
    QTest::newRow("a word of a command") << u"FROM a\nRUN ec¦ho"_s;
    QTest::newRow("the end of the text") << u"FROM a¦"_s;
    QTest::newRow("an empty text") << u"¦"_s;
    QTest::newRow("a mistyped instruction") << u"FROM a\nFRO¦BNICATE"_s;
    QTest::newRow("an escaped dollar") << u"FROM a\nENV A=1\nENV B=\\$¦A"_s;
    QTest::newRow("a comment within a heredoc's instruction") << u"FROM a\nRUN a \\\n # x¦x\n b"_s;
}

void TestHover::nothingIsSaidOfOtherPlaces()
{
    QFETCH(QString, marked);
    const Placed placed(marked);
    QVERIFY(!hover(placed.tree, placed.graph, placed.offset, someFacts()));
}

void TestHover::anInstructionShowsWhatTheBuilderTakes_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QStringList>("expanded");
    QTest::newRow("words") << u"FROM a\nENV D=/x\n¦COPY a ${D}/b"_s << QStringList{u"a"_s, u"/x/b"_s};
    QTest::newRow("quotes are taken away") << u"FROM a\n¦LABEL a=\"b c\""_s << QStringList{u"a=b c"_s};
    QTest::newRow("flags come first")
        << u"FROM a\nARG U=7\n¦COPY --chown=$U:$U a b"_s << QStringList{u"7:7"_s, u"a"_s, u"b"_s};
    QTest::newRow("FROM") << u"ARG V=3\n¦FROM --platform=$BUILDPLATFORM golang:${V} AS x$V"_s
                          << QStringList{u"linux/amd64"_s, u"golang:3"_s};
    QTest::newRow("a mount") << u"FROM a\nARG P=/p\n¦RUN --mount=type=cache,target=$P echo $P"_s
                             << QStringList{u"type=cache,target=/p"_s, u"echo $P"_s};
    QTest::newRow("a JSON form") << u"FROM a\nARG P=/p\n¦COPY [\"a b\", \"$P\"]"_s
                                 << QStringList{u"a b"_s, u"/p"_s};
    QTest::newRow("patterns") << u"FROM a\nARG P=foobarbaz\n¦WORKDIR /${P#f*b}/${P##f*b}/${P%b*}/${P/ba/fo}"_s
                              << QStringList{u"/arbaz/az/foobar/fooforbaz"_s};
    QTest::newRow("the old form of ENV")
        << u"FROM a\nARG P=1\n¦ENV A b $P"_s << QStringList{u"A"_s, u"b 1"_s};
    QTest::newRow("an ARG that the next one of its line uses")
        << u"FROM a\n¦ARG A=1 B=x$A A=2 C=$A$B"_s << QStringList{u"A=1"_s, u"B=x1"_s, u"A=2"_s, u"C=2x1"_s};
    QTest::newRow("an ARG made of itself")
        << u"FROM a\nARG A=1\n¦ARG A=${A}x B=$A"_s << QStringList{u"A=1x"_s, u"B=1x"_s};
    QTest::newRow("a comment has none") << u"FROM a\n# ¦$x\n"_s << QStringList();
}

void TestHover::anInstructionShowsWhatTheBuilderTakes()
{
    QFETCH(QString, marked);
    QFETCH(QStringList, expanded);
    const Placed placed(marked);
    QStringList found;
    const ExpansionView view = expansionOf(placed.tree, placed.tree.lineAt(placed.offset));
    for (const ExpandedWord &word : view.words)
        found.append(word.expanded);
    QCOMPARE(found, expanded);
}

void TestHover::usesTellTheirOrigin_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QStringList>("uses"); // name=value (origin)
    QTest::newRow("an ARG of the stage")
        << u"FROM a\nARG V=1\n¦ENV X=$V"_s << QStringList{u"V=1 (ARG, line 2)"_s};
    QTest::newRow("a global one") << u"ARG V=1\n¦FROM a:$V"_s
                                  << QStringList{u"V=1 (ARG before the first FROM, line 1)"_s};
    QTest::newRow("an inherited ENV") << u"FROM a AS b\nENV V=1\nFROM b\n¦ENV X=$V"_s
                                      << QStringList{u"V=1 (ENV of the stage it is FROM, line 2)"_s};
    QTest::newRow("one from outside") << u"FROM a\nARG GIVEN\n¦ENV X=$GIVEN"_s
                                      << QStringList{u"GIVEN=outside (build argument, declared in line 2)"_s};
    QTest::newRow("one of the builder") << u"FROM a\nARG TARGETOS\n¦ENV X=$TARGETOS"_s
                                        << QStringList{u"TARGETOS=linux (set by the builder)"_s};
    QTest::newRow("one that nobody sets")
        << u"FROM a\n¦ENV X=$NO"_s << QStringList{u"NO= (set neither in this file nor by the builder)"_s};
    QTest::newRow("two in one, and none within single quotes")
        << u"FROM a\nARG A=1\nARG B=2\n¦ENV X=${A:+$B} Y='$A'"_s
        << QStringList{u"A=1 (ARG, line 2)"_s, u"B=2 (ARG, line 3)"_s};
    QTest::newRow("an ARG before it in its line")
        << u"FROM a\n¦ARG A=1 B=x$A"_s << QStringList{u"A=1 (ARG, line 2)"_s};
    QTest::newRow("what waits behind ONBUILD is expanded elsewhere")
        << u"FROM a\nARG A=1\n¦ONBUILD ENV X=$A"_s << QStringList();
    QTest::newRow("from= of a mount takes none")
        << u"FROM a\nARG A=1\n¦RUN --mount=from=$A,target=$A x"_s << QStringList{u"A=1 (ARG, line 2)"_s};
    QTest::newRow("a heredoc of COPY")
        << u"FROM a\nARG A=1\n¦COPY <<E /x\n'$A' \\$A\nE"_s << QStringList{u"A=1 (ARG, line 2)"_s};
    QTest::newRow("a quoted heredoc of COPY") << u"FROM a\nARG A=1\n¦COPY <<'E' /x\n$A\nE"_s << QStringList();
}

void TestHover::usesTellTheirOrigin()
{
    QFETCH(QString, marked);
    QFETCH(QStringList, uses);
    const Placed placed(marked);
    const ExpansionView view =
        expansionOf(placed.tree, placed.tree.lineAt(placed.offset), someFacts().values);
    QStringList found;
    for (const VariableUse &use : view.variables) {
        QCOMPARE(placed.text.sliced(use.range.start, use.range.length), use.name);
        QVERIFY(placed.text.sliced(use.wholeRange.start, use.wholeRange.length).startsWith(u'$'));
        const QString value = use.variable ? use.variable->value.value_or(QString()) : QString();
        found.append(use.name + u'=' + value + u" ("_s + use.origin + u')');
    }
    QCOMPARE(found, uses);
}

QTEST_APPLESS_MAIN(TestHover)
#include "tst_hover.moc"
