// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/stagevariables.h"
#include "dockerfile/variables.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

static Variable given(const QString &name, const QString &value)
{
    return {.name = name, .value = value};
}

/// What $name stands for after the whole text, or "(unset)".
static QString valueAfter(const QString &text, const QString &name, const BuildContextValues &values = {})
{
    const Tree tree = parse(text);
    return expand(u"${"_s + name + u"-(unset)}", variablesAt(tree, tree.lineCount(), values)).text;
}

class TestVariables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWordIsExpandedAsTheBuilderDoes_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("text");
        const auto row = [](const QString &word, const QString &text) {
            QTest::newRow(qPrintable(word)) << word << text;
        };
        row(u"$V"_s, u"1.2.3"_s);
        row(u"a${V}b"_s, u"a1.2.3b"_s);
        row(u"$Vx"_s, QString());
        row(u"$NOPE."_s, u"."_s);
        row(u"${EMPTY:-d}"_s, u"d"_s);
        row(u"${EMPTY-d}"_s, QString());
        row(u"${NOPE-d}"_s, u"d"_s);
        row(u"${V:-d}"_s, u"1.2.3"_s);
        row(u"${V:+w}"_s, u"w"_s);
        row(u"${EMPTY:+w}"_s, QString());
        row(u"${EMPTY+w}"_s, u"w"_s);
        row(u"${NOPE:-${V}x}"_s, u"1.2.3x"_s);
        row(u"${V#*.}"_s, u"2.3"_s);
        row(u"${V##*.}"_s, u"3"_s);
        row(u"${V%.*}"_s, u"1.2"_s);
        row(u"${V%%.*}"_s, u"1"_s);
        row(u"${V%x}"_s, u"1.2.3"_s);
        row(u"${V#?}"_s, u".2.3"_s);
        row(u"${V/./-}"_s, u"1-2.3"_s);
        row(u"${V//./-}"_s, u"1-2-3"_s);
        row(u"${V/2*/x}"_s, u"1.x"_s);
        row(u"${P//\\//-}"_s, u"a-b-c"_s);
        row(u"${S#\\*}"_s, u"x*"_s);
        row(u"${S%\\*}"_s, u"*x"_s);
        row(u"${V//?/x}"_s, u"xxxxx"_s);
        row(u"${V//*/x}"_s, u"x"_s);
        row(u"\"$V\" '$V'"_s, u"1.2.3 $V"_s);
        row(u"\\$V"_s, u"$V"_s);
        row(u"\"\\$V \\\" \\a\""_s, u"$V \" \\a"_s);
        row(u"a\\ b"_s, u"a b"_s);
        row(u"$"_s, u"$"_s);
        row(u"a$ b"_s, u"a$ b"_s);
        row(u"$1x"_s, u"x"_s);
        row(u"ü${V}ü"_s, u"ü1.2.3ü"_s);
        row(u"${V"_s, u"${V"_s);
        row(u"${}"_s, u"${}"_s);
        row(u"\"open"_s, u"\"open"_s);
        row(u"${V:x}"_s, u"${V:x}"_s);
        row(u"${NOPE?}"_s, u"${NOPE?}"_s);
        row(u"${V?}"_s, u"1.2.3"_s);
        row(u"${V^^}"_s, u"${V^^}"_s);
    }
    void aWordIsExpandedAsTheBuilderDoes()
    {
        QFETCH(QString, word);
        QFETCH(QString, text);
        const std::vector<Variable> variables{given(u"V"_s, u"1.2.3"_s), given(u"EMPTY"_s, u""_s),
                                              given(u"P"_s, u"a/b/c"_s), given(u"S"_s, u"*x*"_s)};
        QCOMPARE(expand(word, variables).text, text);
    }

    void theEscapeCharacterIsTheFilesOwn()
    {
        QCOMPARE(expand(u"`$V c:\\x"_s, {given(u"V"_s, u"1"_s)}, u'`').text, u"$V c:\\x"_s);
    }

    void namesWithoutAValueAreTold()
    {
        QCOMPARE(expand(u"$A ${B} $A $C ${D#x}"_s, {given(u"C"_s, u"1"_s)}).undefined,
                 (QStringList{u"A"_s, u"B"_s, u"D"_s}));
    }

    void aVariableWithADefaultOfItsOwnIsNotMissing()
    {
        QVERIFY(expand(u"${A:-x} ${B-x} ${C:+x} ${D+x}"_s, {}).undefined.isEmpty());
        QCOMPARE(expand(u"${A:-$B}"_s, {}).undefined, (QStringList{u"B"_s}));
        QCOMPARE(expand(u"${A:-x} $A"_s, {}).undefined, (QStringList{u"A"_s}));
    }

    void aRefusedWordSaysWhy()
    {
        QCOMPARE(expandChecked(u"${A?say it}"_s, {}).error, u"A: say it"_s);
        QCOMPARE(expandChecked(u"${A:?}"_s, {given(u"A"_s, QString(u""_s))}).error,
                 u"A: is not allowed to be empty"_s);
        QCOMPARE(expandChecked(u"${A"_s, {}).error.isEmpty(), false);
        QVERIFY(expandChecked(u"${A}"_s, {}).error.isEmpty());
    }

    // As Docker Engine 28.5 answers.
    void scopesAreTheBuilders_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *name, const QString &text, const QString &value) {
            QTest::newRow(name) << text << value;
        };
        row("a global ARG is unknown in a stage", u"ARG X=1\nFROM a\n"_s, u"(unset)"_s);
        row("until it is declared there", u"ARG X=1\nFROM a\nARG X\n"_s, u"1"_s);
        row("its own default wins", u"ARG X=1\nFROM a\nARG X=2\n"_s, u"2"_s);
        row("declared again it is the global one", u"ARG X=1\nFROM a\nARG X=2\nARG X\n"_s, u"1"_s);
        row("ENV over ARG", u"FROM a\nARG X=1\nENV X=2\n"_s, u"2"_s);
        row("a later ARG counts", u"FROM a\nENV X=2\nARG X=1\n"_s, u"1"_s);
        row("a later ARG without a value does not", u"FROM a\nENV X=2\nARG X\n"_s, u"2"_s);
        row("ENV is inherited", u"FROM a AS b\nENV X=1\nFROM b\n"_s, u"1"_s);
        row("ARG too", u"FROM a AS b\nARG X=1\nFROM b\n"_s, u"1"_s);
        row("of both, ENV", u"FROM a AS b\nENV X=env\nARG X=arg\nFROM b\n"_s, u"env"_s);
        row("names of stages are in lower case", u"FROM a AS Base\nENV X=1\nFROM base\n"_s, u"1"_s);
        row("and compared as written", u"FROM a AS base\nENV X=1\nFROM BASE\n"_s, u"(unset)"_s);
        row("not from a stage it is not FROM", u"FROM a AS b\nENV X=1\nFROM c\n"_s, u"(unset)"_s);
        row("the base's name is expanded", u"ARG B=b\nFROM a AS b\nENV X=1\nFROM ${B}\n"_s, u"1"_s);
        row("one ENV does not see itself", u"FROM a\nENV Y=1 X=${Y:-none}\n"_s, u"none"_s);
        row("one ARG line does", u"FROM a\nARG Y=1 X=$Y\n"_s, u"1"_s);
        row("a name may be expanded", u"FROM a\nENV N=X\nENV $N=1\n"_s, u"1"_s);
        row("quotes go", u"FROM a\nENV X=\"a b\"\n"_s, u"a b"_s);
        row("the old form", u"FROM a\nENV X a b\n"_s, u"a b"_s);
    }
    void scopesAreTheBuilders()
    {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QCOMPARE(valueAfter(text, u"X"_s), value);
    }

    void aBuildArgOverridesADefault()
    {
        const BuildContextValues values{.buildArgs = {{u"X"_s, u"given"_s}}};
        QCOMPARE(valueAfter(u"FROM a\nARG X=1\n"_s, u"X"_s, values), u"given"_s);
        QCOMPARE(valueAfter(u"ARG X=1\nFROM a\n"_s, u"X"_s, values), u"(unset)"_s);
        QCOMPARE(valueAfter(u"FROM a\nENV X=1\n"_s, u"X"_s, values), u"1"_s);
    }

    void platformArgsAreGlobal()
    {
        const BuildContextValues values{.buildPlatform = u"linux/amd64"_s,
                                        .targetPlatform = u"linux/arm/v7"_s};
        QCOMPARE(valueAfter(u"ARG A=$TARGETARCH$TARGETVARIANT-$BUILDARCH\n"_s, u"A"_s, values),
                 u"armv7-amd64"_s);
        QCOMPARE(valueAfter(u"FROM a\n"_s, u"TARGETARCH"_s, values), u"(unset)"_s);
        QCOMPARE(valueAfter(u"FROM a\nARG TARGETPLATFORM\n"_s, u"TARGETPLATFORM"_s, values),
                 u"linux/arm/v7"_s);
        QCOMPARE(valueAfter(u"FROM a AS One\nARG TARGETSTAGE\n"_s, u"TARGETSTAGE"_s), u"one"_s);
        QCOMPARE(valueAfter(u"FROM a\nARG TARGETSTAGE\n"_s, u"TARGETSTAGE"_s), u"default"_s);
    }

    void aFromLineKnowsTheGlobalArgsOnly()
    {
        const Tree tree = parse(u"ARG G=1\nFROM a\nARG S=2\nFROM b\n"_s);
        const auto variables = variablesAt(tree, 3);
        QCOMPARE(expand(u"$G$S"_s, variables).text, u"1"_s);
    }

    void whereAValueComesFromIsTold()
    {
        const Tree tree = parse(u"ARG G=1\nFROM a AS b\nARG G\nENV E=2\nFROM b\nARG L=3\n"_s);
        const auto variables = variablesAt(tree, tree.lineCount());
        const auto find = [&](const QString &name) {
            return *std::ranges::find(variables, name, &Variable::name);
        };
        QCOMPARE(find(u"E"_s).origin, Variable::Origin::InheritedEnv);
        QCOMPARE(find(u"E"_s).line, 3);
        QCOMPARE(find(u"L"_s).origin, Variable::Origin::StageArg);
        QCOMPARE(find(u"G"_s).origin, Variable::Origin::GlobalArg);
    }

    void aStageStandsOnTheNearestOfItsName()
    {
        QCOMPARE(valueAfter(u"FROM x AS a\nENV E=1\nFROM x AS A\nENV F=2\nFROM a AS b\nFROM b\n"_s, u"F"_s),
                 u"2"_s);
        QCOMPARE(valueAfter(u"FROM x AS a\nENV E=1\nFROM x AS A\nENV F=2\nFROM a AS b\nFROM b\n"_s, u"E"_s),
                 u"(unset)"_s);
    }

    void stagesMayStandOnAnyNumberOfOthers()
    {
        QString text = u"FROM x AS s0\nENV E=deep\n"_s;
        for (int i = 1; i < 20'000; ++i)
            text += u"FROM s%1 AS s%2\n"_s.arg(i - 1).arg(i);
        QCOMPARE(valueAfter(text, u"E"_s), u"deep"_s);
    }

    void declaredArgsAreListedOnce()
    {
        const auto args =
            declaredArgs(parse(u"ARG A\nARG B=1\nFROM x AS s\nARG A=$B\nARG B\nARG C\nFROM y\nARG A\n"_s));
        QCOMPARE(args.size(), size_t(3));
        QCOMPARE(args[0].name, u"A"_s);
        QVERIFY(args[0].isGlobal);
        QCOMPARE(args[0].line, 3);
        QCOMPARE(args[0].stages, (QStringList{u"s"_s, u"1"_s}));
        QCOMPARE(args[1].defaultValue, std::optional(u"1"_s));
        QCOMPARE(args[2].isGlobal, false);
        QVERIFY(!args[2].defaultValue);
    }

    void argsMayBeOfAnyNumberAndNameTheOneBefore()
    {
        constexpr int count = 20'000;
        QString top = u"ARG T0=top\n"_s;
        QString stage = u"FROM x\nARG S0=$T0-\nARG T0\nARG S1=$T0\n"_s;
        for (int i = 1; i < count; ++i) {
            top += u"ARG T%1=$T%2\n"_s.arg(i).arg(i - 1);
            stage += u"ARG S%1=$S%2\n"_s.arg(i + 1).arg(i);
        }
        const auto args = declaredArgs(parse(top + stage));
        QCOMPARE(args.size(), size_t(2 * count + 1));
        QCOMPARE(args[count - 1].defaultValue, std::optional(u"top"_s));
        QCOMPARE(args[count].defaultValue, std::optional(u"-"_s)); // T0 is not declared there yet
        QCOMPARE(args.back().defaultValue, std::optional(u"top"_s));
    }

    void linesMayBeAskedForInAnyOrder()
    {
        const Tree tree = parse(u"ARG A=1\nARG A=2\nFROM x AS one\nENV E=3\nENV E=4\nFROM one\nENV E=5\n"_s);
        const auto valueAt = [](StageVariables &variables, int line) {
            return expand(u"$A$E"_s, variables.at(line)).text;
        };
        const QStringList expected{u""_s,  u"1"_s, u"2"_s, u""_s, u"3"_s,
                                   u"2"_s, u"4"_s, u"5"_s}; // right before each line, and after the last
        for (int first = 0; first < expected.size(); ++first) {
            for (int second = 0; second < expected.size(); ++second) {
                StageVariables variables(tree);
                QCOMPARE(valueAt(variables, first), expected[first]);
                QCOMPARE(valueAt(variables, second), expected[second]);
                QCOMPARE(valueAt(variables, first), expected[first]);
            }
        }
    }

    void deepNestingDoesNotEndTheProgram()
    {
        QString word;
        for (int i = 0; i < 100000; ++i)
            word += u"${a:-"_s;
        QCOMPARE(expand(word, {}).text, word);
    }
};

QTEST_GUILESS_MAIN(TestVariables)
#include "tst_variables.moc"
