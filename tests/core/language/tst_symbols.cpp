// SPDX-License-Identifier: Apache-2.0
#include "core/language/placed.h"
#include "language/symbols.h"

#include <QTest>

using namespace language;
using namespace Qt::StringLiterals;

class TestSymbols : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameLeadsToItsDefinition_data();
    void aNameLeadsToItsDefinition();
    void otherWordsAreNoSymbols_data();
    void otherWordsAreNoSymbols();
    void referencesAreAllUsesOfTheSameThing_data();
    void referencesAreAllUsesOfTheSameThing();
    void renamingChangesAllOfThem_data();
    void renamingChangesAllOfThem();
    void renamingIsRefusedWithTheReason_data();
    void renamingIsRefusedWithTheReason();
};

void TestSymbols::aNameLeadsToItsDefinition_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("name");
    QTest::newRow("--from") << u"FROM a AS b\nFROM c\nCOPY --from=¦b x y"_s << 1 << u"b"_s;
    QTest::newRow("--from by number") << u"FROM a AS b\nFROM c\nCOPY --from=¦0 x y"_s << 1 << u"b"_s;
    QTest::newRow("--from by number, no name") << u"FROM a\nFROM c\nCOPY --from=¦0 x y"_s << 1 << u"FROM"_s;
    QTest::newRow("from= of a mount")
        << u"FROM a AS b\nFROM c\nRUN --mount=from=b¦,target=/x y"_s << 1 << u"b"_s;
    QTest::newRow("FROM a stage") << u"FROM a AS b\nFROM b¦"_s << 1 << u"b"_s;
    QTest::newRow("the stage's own name") << u"FROM a AS ¦b"_s << 1 << u"b"_s;
    QTest::newRow("an ARG") << u"FROM a\nARG V=1\nLABEL x=$¦V"_s << 2 << u"V"_s;
    QTest::newRow("on the dollar itself") << u"FROM a\nARG V=1\nLABEL x=¦$V"_s << 2 << u"V"_s;
    QTest::newRow("the last declaration before the use")
        << u"FROM a\nENV V=1\nENV V=2\nLABEL x=$¦V\nENV V=3"_s << 3 << u"V"_s;
    QTest::newRow("an ARG that hides an ENV") << u"FROM a\nENV V=1\nARG V=2\nLABEL x=$¦V"_s << 3 << u"V"_s;
    QTest::newRow("an ARG without a value hides none")
        << u"FROM a\nENV V=1\nARG V\nLABEL x=$¦V"_s << 2 << u"V"_s;
    QTest::newRow("in the stage that it is FROM")
        << u"FROM a AS b\nENV V=1\nFROM b\nRUN echo $¦V"_s << 2 << u"V"_s;
    QTest::newRow("a global ARG in FROM") << u"ARG V=1\nFROM a\nARG V=2\nFROM b:$¦V"_s << 1 << u"V"_s;
    QTest::newRow("from a re-declaration to the value") << u"ARG V=1\nFROM a\nARG V¦\n"_s << 1 << u"V"_s;
    QTest::newRow("in a heredoc") << u"FROM a\nARG V=1\nRUN <<EOF\necho $¦V\nEOF"_s << 2 << u"V"_s;
}

void TestSymbols::aNameLeadsToItsDefinition()
{
    QFETCH(QString, marked);
    QFETCH(int, row);
    QFETCH(QString, name);
    const Placed placed(marked);
    const auto symbol = symbolAt(placed.tree, placed.graph, placed.offset);
    QVERIFY(symbol);
    QCOMPARE(placed.tree.rowAt(symbol->definition.start), row);
    QCOMPARE(placed.text.sliced(symbol->definition.start, symbol->definition.length), name);
}

void TestSymbols::otherWordsAreNoSymbols_data()
{
    QTest::addColumn<QString>("marked");
    QTest::newRow("an image") << u"FROM al¦pine"_s;
    QTest::newRow("a variable that nothing declares") << u"FROM a\nRUN echo $¦HOME"_s;
    QTest::newRow("an ARG that the stage did not declare") << u"ARG V=1\nFROM a\nRUN echo $¦V"_s;
    QTest::newRow("a variable of a later line") << u"FROM a\nRUN echo $¦V\nENV V=1"_s;
    QTest::newRow("a word") << u"FROM a\nRUN ec¦ho"_s;
    QTest::newRow("an empty text") << u"¦"_s;
}

void TestSymbols::otherWordsAreNoSymbols()
{
    QFETCH(QString, marked);
    const Placed placed(marked);
    QVERIFY(!symbolAt(placed.tree, placed.graph, placed.offset));
    QVERIFY(references(placed.tree, placed.graph, placed.offset).empty());
    QVERIFY(!rename(placed.tree, placed.graph, placed.offset, u"x"_s));
}

void TestSymbols::referencesAreAllUsesOfTheSameThing_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QList<int>>("rows");
    QTest::newRow("a stage")
        << u"FROM a AS b\nFROM b AS c\nRUN --mount=from=b x\nFROM d\nCOPY --from=¦b x y\nCOPY --from=0 z w\nCOPY --from=c q r"_s
        << QList<int>{1, 2, 3, 5, 6};
    QTest::newRow("an ARG in all stages, as builds give it by its name")
        << u"ARG ¦V=1\nFROM a:$V\nARG V\nRUN echo $V\nFROM b\nRUN echo $V\nFROM c\nARG V=2\nENV W=$V"_s
        << QList<int>{1, 2, 3, 4, 8, 9};
    QTest::newRow("an ENV in its stage and those that inherit it")
        << u"FROM a AS b\nENV ¦V=1\nRUN echo $V\nFROM b\nENV V=$V:2\nRUN echo $V\nFROM c\nENV V=3\nRUN echo $V"_s
        << QList<int>{2, 3, 5, 5, 6};
    QTest::newRow("an ENV made of the ARG of its name")
        << u"FROM a\nARG ¦V\nENV V=$V\nRUN echo $V"_s << QList<int>{2, 3};
}

void TestSymbols::referencesAreAllUsesOfTheSameThing()
{
    QFETCH(QString, marked);
    QFETCH(QList<int>, rows);
    const Placed placed(marked);
    QList<int> found;
    for (const SymbolPlace &place : references(placed.tree, placed.graph, placed.offset))
        found.append(place.row);
    QCOMPARE(found, rows);
}

void TestSymbols::renamingChangesAllOfThem_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("after");
    QTest::newRow("a stage")
        << u"FROM a AS b\nFROM c\nCOPY --from=¦b x y\nRUN --mount=type=bind,from=b,target=/x z"_s
        << u"build"_s
        << u"FROM a AS build\nFROM c\nCOPY --from=build x y\nRUN --mount=type=bind,from=build,target=/x z"_s;
    QTest::newRow("an ARG")
        << u"ARG ¦V=1\nFROM a:${V}\nARG V\nRUN echo \"$V\" '$V' \\$V $VV"_s << u"VERSION"_s
        << u"ARG VERSION=1\nFROM a:${VERSION}\nARG VERSION\nRUN echo \"$VERSION\" '$V' \\$V $VV"_s;
    QTest::newRow("an ARG that the next one of its line uses")
        << u"FROM a\nARG ¦V=1 W=$V"_s << u"X"_s << u"FROM a\nARG X=1 W=$X"_s;
    QTest::newRow("an ENV whose line before is meant by the next one")
        << u"FROM a\nENV ¦V=1\nENV V=2 W=$V"_s << u"X"_s << u"FROM a\nENV X=1\nENV X=2 W=$X"_s;
    QTest::newRow("an ENV, not the ARG of its name")
        << u"FROM a\nARG V\nENV ¦V=$V\nRUN echo ${V:-x}"_s << u"W"_s
        << u"FROM a\nARG V\nENV W=$V\nRUN echo ${W:-x}"_s;
    QTest::newRow("what the base image sets stays") << u"FROM a\nENV ¦PATH=$PATH:/x\nRUN echo $PATH"_s
                                                    << u"P"_s << u"FROM a\nENV P=$PATH:/x\nRUN echo $P"_s;
    QTest::newRow("in heredocs") << u"FROM a\nARG V=1\nRUN <<EOF\necho ${¦V}\nEOF"_s << u"W"_s
                                 << u"FROM a\nARG W=1\nRUN <<EOF\necho ${W}\nEOF"_s;
    QTest::newRow("in flags")
        << u"FROM a\nARG ¦U=1\nCOPY --chown=$U a b\nRUN --mount=type=cache,target=/$U x"_s << u"W"_s
        << u"FROM a\nARG W=1\nCOPY --chown=$W a b\nRUN --mount=type=cache,target=/$W x"_s;
    QTest::newRow("to itself") << u"FROM a\nARG ¦V=1"_s << u"V"_s << u"FROM a\nARG V=1"_s;
    QTest::newRow("a name that only another stage has")
        << u"FROM a\nENV ¦V=1\nFROM b\nENV W=2"_s << u"W"_s << u"FROM a\nENV W=1\nFROM b\nENV W=2"_s;
    QTest::newRow("line ends stay") << u"FROM a\r\nARG ¦V=1\r\nENV X=$V\r\n"_s << u"W"_s
                                    << u"FROM a\r\nARG W=1\r\nENV X=$W\r\n"_s;
}

void TestSymbols::renamingChangesAllOfThem()
{
    QFETCH(QString, marked);
    QFETCH(QString, name);
    QFETCH(QString, after);
    const Placed placed(marked);
    const auto edit = rename(placed.tree, placed.graph, placed.offset, name);
    QVERIFY2(edit, qPrintable(edit ? QString() : edit.error().text()));
    QString text = placed.text;
    const base::TextEdit inverse = edit->applyTo(text);
    QCOMPARE(text, after);
    inverse.applyTo(text);
    QCOMPARE(text, placed.text);
    QCOMPARE(whyNoRename(placed.tree, placed.graph, placed.offset, name), QString());
}

void TestSymbols::renamingIsRefusedWithTheReason_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason"); // a part of it
    QTest::newRow("no name") << u"FROM a\nARG ¦V=1"_s << u"1V"_s << u"no variable's name"_s;
    QTest::newRow("an empty name") << u"FROM a\nARG ¦V=1"_s << QString() << u"no variable's name"_s;
    QTest::newRow("what the builder sets")
        << u"FROM a\nARG ¦TARGETARCH"_s << u"ARCH"_s << u"gives \"TARGETARCH\" its value"_s;
    QTest::newRow("to what the builder sets")
        << u"FROM a\nARG ¦V=1"_s << u"TARGETOS"_s << u"meaning of its own"_s;
    QTest::newRow("a proxy, in any case")
        << u"FROM a\nARG ¦V=1"_s << u"http_proxy"_s << u"meaning of its own"_s;
    QTest::newRow("declared in the stage")
        << u"FROM a\nARG ¦V=1\nENV W=2"_s << u"W"_s << u"Line 3 declares"_s;
    QTest::newRow("declared in the stage it is FROM")
        << u"FROM a AS b\nENV W=2\nFROM b\nENV ¦V=1"_s << u"W"_s << u"Line 2 declares"_s;
    QTest::newRow("declared in a stage that inherits it")
        << u"FROM a AS b\nENV ¦V=1\nFROM b\nENV W=2"_s << u"W"_s << u"Line 4 declares"_s;
    QTest::newRow("another build argument")
        << u"FROM a\nARG ¦V=1\nFROM b\nARG W=1"_s << u"W"_s << u"Line 4 declares"_s;
    QTest::newRow("used for what the base image sets")
        << u"FROM a\nENV ¦V=1\nRUN echo $HOME"_s << u"HOME"_s << u"Line 3 uses"_s;
    QTest::newRow("a command that sets the name itself")
        << u"FROM a\nARG ¦V=1\nRUN V=2; echo $V"_s << u"W"_s << u"sets \"V\" itself"_s;
    QTest::newRow("a taken stage name") << u"FROM a AS ¦b\nFROM c AS d"_s << u"d"_s << u"already"_s;
    QTest::newRow("no stage name") << u"FROM a AS ¦b"_s << u"b b"_s << u"no stage name"_s;
}

void TestSymbols::renamingIsRefusedWithTheReason()
{
    QFETCH(QString, marked);
    QFETCH(QString, name);
    QFETCH(QString, reason);
    const Placed placed(marked);
    const QString why = whyNoRename(placed.tree, placed.graph, placed.offset, name);
    QVERIFY2(why.contains(reason), qPrintable(why));
}

QTEST_APPLESS_MAIN(TestSymbols)
#include "tst_symbols.moc"
