// SPDX-License-Identifier: Apache-2.0
#include "graph/instructionverbs.h"

#include "core/graph/verbfile.h"

#include <QtTest>

using namespace graph;
using namespace dockerfile;
using namespace Qt::StringLiterals;

class TestInstructionVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewInstructionFindsItsPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("added");
        QTest::addColumn<QString>("expected");
        const QString file = u"FROM x\nARG A\nRUN a\n\n# port\nEXPOSE 80\nCMD b"_s;
        QTest::newRow("ARG above all")
            << file << u"ARG B"_s << u"FROM x\nARG A\nARG B\nRUN a\n\n# port\nEXPOSE 80\nCMD b"_s;
        QTest::newRow("RUN above what runs")
            << file << u"RUN c"_s << u"FROM x\nARG A\nRUN a\nRUN c\n\n# port\nEXPOSE 80\nCMD b"_s;
        QTest::newRow("USER above CMD")
            << file << u"USER u"_s << u"FROM x\nARG A\nRUN a\n\n# port\nEXPOSE 80\nUSER u\nCMD b"_s;
        QTest::newRow("ENTRYPOINT above CMD")
            << file << u"ENTRYPOINT c"_s
            << u"FROM x\nARG A\nRUN a\n\n# port\nEXPOSE 80\nENTRYPOINT c\nCMD b"_s;
        QTest::newRow("CMD at the end") << u"FROM x\r\n"_s << u"CMD a"_s << u"FROM x\r\nCMD a\r\n"_s;
        QTest::newRow("of several rows")
            << u"FROM x\r\n"_s << u"RUN a \\\n  b\n"_s << u"FROM x\r\nRUN a \\\r\n  b\r\n"_s;
        QTest::newRow("FROM") << file << u"FROM y"_s << u"refused: FROM opens a stage."_s;
        QTest::newRow("two") << file << u"RUN a\nRUN b"_s
                             << u"refused: The text is more than one instruction."_s;
        QTest::newRow("below an open heredoc")
            << u"FROM x\nRUN <<E\n"_s << u"CMD a"_s
            << u"refused: Line 2 is not finished: what comes after it would become part of it."_s;
    }
    void aNewInstructionFindsItsPlace()
    {
        QFETCH(QString, text);
        QFETCH(QString, added);
        const VerbFile file(text);
        QTEST(file.after(addInstruction(file.tree, file.graph, file.graph.stages.front().key, added)),
              "expected");
    }

    void aPlaceCanBeChosenWithinTheStage()
    {
        const VerbFile file(u"FROM x AS a\nRUN 1\nRUN 2\nFROM y\n"_s);
        QCOMPARE(file.after(addInstruction(file.tree, file.graph, file.key(u"a"_s), u"CMD c"_s, 1)),
                 u"FROM x AS a\nRUN 1\nCMD c\nRUN 2\nFROM y\n"_s);
        QCOMPARE(file.after(addInstruction(file.tree, file.graph, file.key(u"a"_s), u"CMD c"_s, 3)),
                 u"refused: That place is not in the stage \"a\"."_s);
    }

    void aFormChangesItsInstruction()
    {
        const VerbFile file(u"FROM x AS a\nEXPOSE 80\nFROM y AS b\nCOPY --from=a /1 /\n"_s);
        QCOMPARE(file.after(editInstruction(file.tree, file.graph, 1, ExposeForm{{u"80"_s, u"90"_s}})),
                 u"FROM x AS a\nEXPOSE 80 90\nFROM y AS b\nCOPY --from=a /1 /\n"_s);
        QCOMPARE(file.after(editInstruction(file.tree, file.graph, 0,
                                            FromForm{u"linux/amd64"_s, u"z:1"_s, u"new"_s})),
                 u"FROM --platform=linux/amd64 z:1 AS new\nEXPOSE 80\nFROM y AS b\nCOPY --from=new /1 /\n"_s);
        QCOMPARE(file.after(editInstruction(file.tree, file.graph, 0, FromForm{{}, u"x"_s, {}})),
                 u"refused: Other lines refer to \"a\" by its name."_s);
        QCOMPARE(file.after(editInstruction(file.tree, file.graph, 2, FromForm{{}, u"y"_s, {}})),
                 u"FROM x AS a\nEXPOSE 80\nFROM y\nCOPY --from=a /1 /\n"_s);
        QCOMPARE(file.after(editInstruction(file.tree, file.graph, 1, UserForm{u"x"_s, {}})),
                 u"refused: There is no form for this instruction."_s);
    }

    void textReplacesAnInstruction()
    {
        const VerbFile file(u"ARG V=1\nFROM x:$V AS a\nRUN 1\nFROM a\n"_s);
        QCOMPARE(file.after(replaceInstruction(file.tree, file.graph, 2, u"CMD [\"2\"]"_s)),
                 u"ARG V=1\nFROM x:$V AS a\nCMD [\"2\"]\nFROM a\n"_s);
        QCOMPARE(file.after(replaceInstruction(file.tree, file.graph, 0, u"ARG V=2"_s)),
                 u"ARG V=2\nFROM x:$V AS a\nRUN 1\nFROM a\n"_s);
        QCOMPARE(file.after(replaceInstruction(file.tree, file.graph, 2, u"FROM y"_s)),
                 u"refused: FROM opens a stage."_s);
        QCOMPARE(file.after(replaceInstruction(file.tree, file.graph, 1, u"FROM x AS b"_s)),
                 u"refused: The stage in line 4 would have another base then."_s);
    }

    void anInstructionIsDuplicatedDeletedAndCommented()
    {
        const VerbFile file(u"ARG V=1\nFROM x:$V\n# why\nRUN <<E\na\nE\n"_s);
        QCOMPARE(file.after(duplicateInstruction(file.tree, file.graph, 3)),
                 u"ARG V=1\nFROM x:$V\n# why\nRUN <<E\na\nE\nRUN <<E\na\nE\n"_s);
        QCOMPARE(file.after(deleteInstruction(file.tree, file.graph, 3)), u"ARG V=1\nFROM x:$V\n"_s);
        QCOMPARE(file.after(deleteInstruction(file.tree, file.graph, 0)),
                 u"refused: The stage in line 2 would have another base then."_s);
        QCOMPARE(file.after(deleteInstruction(file.tree, file.graph, 1)), u"refused: FROM opens a stage."_s);
        const QString out = file.after(commentOutInstruction(file.tree, file.graph, 3));
        QCOMPARE(out, u"ARG V=1\nFROM x:$V\n# why\n# RUN <<E\n# a\n# E\n"_s);
        const VerbFile commented(out);
        QCOMPARE(commented.after(commentInInstruction(commented.tree, commented.graph, 4)), file.text);
        QCOMPARE(commented.after(commentInInstruction(commented.tree, commented.graph, 2)),
                 u"refused: The comment holds no complete instruction."_s);
    }

    void anInstructionMovesWithItsComments_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("expected");
        QTest::newRow("down in its stage") << u"FROM x AS a\n# 1\nRUN 1 \\\n  1\n\nRUN 2"_s << u"RUN 1"_s
                                           << u"a"_s << 1 << u"FROM x AS a\n\nRUN 2\n# 1\nRUN 1 \\\n  1"_s;
        QTest::newRow("to another stage")
            << u"from x as a\r\nrun <<E\r\n1\r\nE\r\nfrom y as b\r\nrun 2\r\n"_s << u"run <<E"_s << u"b"_s
            << 0 << u"from x as a\r\nfrom y as b\r\nrun <<E\r\n1\r\nE\r\nrun 2\r\n"_s;
        QTest::newRow("up to the first stage") << u"FROM x AS a\nFROM y AS b\n# c\nRUN 2"_s << u"RUN 2"_s
                                               << u"a"_s << 9 << u"FROM x AS a\n# c\nRUN 2\nFROM y AS b\n"_s;
        QTest::newRow("where its name is not known")
            << u"FROM x AS a\nARG V=1\nRUN $V\nFROM y AS b\n"_s << u"RUN"_s << u"b"_s << 0
            << u"refused: Line 3 uses V, which would have no value there."_s;
        QTest::newRow("a name that others use")
            << u"FROM x AS a\nARG V=1\nRUN $V\n"_s << u"ARG"_s << u"a"_s << 1
            << u"refused: Line 3 uses V, which would have no value there."_s;
        QTest::newRow("a name that means something else there")
            << u"FROM x AS a\nENV V=1\nRUN ${V}\nFROM y AS b\nENV V=2\n"_s << u"RUN"_s << u"b"_s << 1
            << u"refused: Line 3 uses V, which would have another value then."_s;
        QTest::newRow("above what it copies from")
            << u"FROM x AS a\nFROM y AS b\nFROM z AS c\nCOPY --from=b /1 /\n"_s << u"COPY"_s << u"a"_s << 0
            << u"refused: The line takes from \"b\", which must stand above it."_s;
        QTest::newRow("into what it copies from")
            << u"FROM x AS a\nFROM y AS b\nRUN --mount=from=a,target=/a 1\n"_s << u"RUN"_s << u"a"_s << 0
            << u"refused: The line takes from \"a\", and a stage cannot copy from itself."_s;
        QTest::newRow("a FROM") << u"FROM x AS a\nFROM y AS b\n"_s << u"FROM y"_s << u"a"_s << 0
                                << u"refused: FROM opens a stage: move the stage instead."_s;
        QTest::newRow("nowhere") << u"FROM x AS a\n\nRUN 1\n"_s << u"RUN"_s << u"a"_s << 0
                                 << u"FROM x AS a\n\nRUN 1\n"_s;
    }
    void anInstructionMovesWithItsComments()
    {
        QFETCH(QString, text);
        QFETCH(QString, line);
        QFETCH(QString, stage);
        QFETCH(int, position);
        const VerbFile file(text);
        QTEST(file.after(moveInstruction(file.tree, file.graph, file.line(line), file.key(stage), position)),
              "expected");
    }

    void instructionsStepUpAndDown()
    {
        const VerbFile file(u"# file\nARG A\nARG B\nFROM x\nRUN 1\nRUN 2\n"_s);
        const auto up = [&](int line) { return file.after(moveInstructionUp(file.tree, file.graph, line)); };
        const auto down = [&](int line) {
            return file.after(moveInstructionDown(file.tree, file.graph, line));
        };
        QCOMPARE(up(5), u"# file\nARG A\nARG B\nFROM x\nRUN 2\nRUN 1\n"_s);
        QCOMPARE(down(4), u"# file\nARG A\nARG B\nFROM x\nRUN 2\nRUN 1\n"_s);
        QCOMPARE(up(2), u"# file\nARG B\nARG A\nFROM x\nRUN 1\nRUN 2\n"_s);
        QCOMPARE(down(1), u"# file\nARG B\nARG A\nFROM x\nRUN 1\nRUN 2\n"_s);
        QCOMPARE(up(4), u"refused: It is the first instruction of its stage."_s);
        QCOMPARE(down(5), u"refused: It is the last instruction of its stage."_s);
        QCOMPARE(down(3), u"refused: FROM opens a stage: move the stage instead."_s);
        QCOMPARE(up(99), u"refused: There is no such instruction any more."_s);
    }
};

QTEST_GUILESS_MAIN(TestInstructionVerbs)
#include "tst_instructionverbs.moc"
