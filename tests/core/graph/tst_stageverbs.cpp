// SPDX-License-Identifier: Apache-2.0
#include "graph/stageverbs.h"

#include "core/graph/verbfile.h"

#include <QtTest>

using namespace graph;
using namespace Qt::StringLiterals;

class TestStageVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStageIsDuplicated_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<QString>("expected");
        QTest::newRow("below itself, numbers move along")
            << u"FROM x AS a\nRUN 1\n\nFROM y AS b\n\nFROM z\nCOPY --from=0 /0 /\nCOPY --from=1 /1 /\n"_s
            << u"a"_s
            << u"FROM x AS a\nRUN 1\n\nFROM x AS new\nRUN 1\n\nFROM y AS b\n\nFROM z\nCOPY --from=0 /0 /\nCOPY --from=2 /1 /\n"_s;
        QTest::newRow("the last, without line end, by its own numbers")
            << u"from x\r\n\r\nfrom y as b\r\ncopy --from=0 /a \\\r\n  /b"_s << u"b"_s
            << u"from x\r\n\r\nfrom y as b\r\ncopy --from=0 /a \\\r\n  /b\r\n\r\nfrom y as new\r\ncopy --from=0 /a \\\r\n  /b"_s;
        QTest::newRow("an unnamed one") << u"FROM x\nRUN <<E\n1\nE\n"_s << u"0"_s
                                        << u"FROM x\nRUN <<E\n1\nE\n\nFROM x AS new\nRUN <<E\n1\nE\n"_s;
        QTest::newRow("an unfinished one")
            << u"FROM x AS a\nRUN <<E\n"_s << u"a"_s
            << u"refused: Line 2 is not finished: what comes after it would become part of it."_s;
    }
    void aStageIsDuplicated()
    {
        QFETCH(QString, text);
        QFETCH(QString, stage);
        const VerbFile file(text);
        QTEST(file.after(duplicateStage(file.tree, file.graph, file.key(stage), u"new"_s)), "expected");
    }

    void aFreeNameIsLikeTheOld()
    {
        const VerbFile file(u"FROM x AS a\nFROM y AS a-2\nFROM z"_s);
        QCOMPARE(freeStageName(file.graph, u"a"_s), u"a-3"_s);
        QCOMPARE(freeStageName(file.graph, u"2"_s), u"stage-2"_s);
    }

    void aStageMoves_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("expected");
        QTest::newRow("up, with its comment, the file's stays")
            << u"# file\nFROM x AS a\nRUN 1\n\n# b\nFROM y AS b\nRUN 2\n"_s << u"b"_s << 0
            << u"# file\n# b\nFROM y AS b\nRUN 2\n\nFROM x AS a\nRUN 1\n"_s;
        QTest::newRow("down to the end of a file without line end")
            << u"FROM x AS a\r\nRUN 1\r\n\r\n\r\nFROM y AS b\r\nFROM z AS c"_s << u"a"_s << 2
            << u"FROM y AS b\r\nFROM z AS c\r\n\r\n\r\nFROM x AS a\r\nRUN 1"_s;
        QTest::newRow("numbers move along, its own too")
            << u"FROM w AS w\nFROM x AS x\nFROM y AS y\nCOPY --from=0 /a /\nFROM z\nCOPY --from=1 /b /\nCOPY --from=2 /c /\n"_s
            << u"y"_s << 1
            << u"FROM w AS w\nFROM y AS y\nCOPY --from=0 /a /\nFROM x AS x\nFROM z\nCOPY --from=2 /b /\nCOPY --from=1 /c /\n"_s;
        QTest::newRow("not above its base")
            << u"FROM x AS a\nFROM a AS b\n"_s << u"b"_s << 0
            << u"refused: \"b\" is built on \"a\", which must stand above it."_s;
        QTest::newRow("not below who copies from it")
            << u"FROM x AS a\nFROM y AS b\nCOPY --from=a /a /\n"_s << u"a"_s << 1
            << u"refused: \"b\" takes files from \"a\", which must stand above it."_s;
        QTest::newRow("not past what would then mean it")
            << u"FROM x AS a\nFROM y AS B\nFROM b AS c\nFROM z AS b\n"_s << u"b"_s << 2
            << u"refused: The stage in line 3 would have another base then."_s;
        QTest::newRow("not below an unfinished line")
            << u"FROM x AS a\nFROM y AS b\nRUN <<E\n"_s << u"a"_s << 1
            << u"refused: Line 3 is not finished: what comes after it would become part of it."_s;
        QTest::newRow("nowhere") << u"FROM x AS a\nFROM y AS b\n"_s << u"a"_s << 0
                                 << u"FROM x AS a\nFROM y AS b\n"_s;
    }
    void aStageMoves()
    {
        QFETCH(QString, text);
        QFETCH(QString, stage);
        QFETCH(int, position);
        const VerbFile file(text);
        const bool isLaterTwin = stage == "b"_L1 && position == 2;
        const NodeKey key = isLaterTwin ? file.graph.stages.back().key : file.key(stage);
        QTEST(file.after(moveStage(file.tree, file.graph, key, position)), "expected");
    }

    void upAndDownEndAtTheEdges()
    {
        const VerbFile file(u"FROM x AS a\nFROM y AS b\n"_s);
        QCOMPARE(file.after(moveStageUp(file.tree, file.graph, file.key(u"b"_s))),
                 u"FROM y AS b\nFROM x AS a\n"_s);
        QCOMPARE(file.after(moveStageDown(file.tree, file.graph, file.key(u"a"_s))),
                 u"FROM y AS b\nFROM x AS a\n"_s);
        QCOMPARE(file.after(moveStageUp(file.tree, file.graph, file.key(u"a"_s))),
                 u"refused: It is the first stage."_s);
        QCOMPARE(file.after(moveStageDown(file.tree, file.graph, file.key(u"b"_s))),
                 u"refused: It is the last stage."_s);
    }

    void aStageIsSplit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("at");
        QTest::addColumn<QString>("expected");
        QTest::newRow("references go to the second part")
            << u"FROM x AS a\nRUN 1\n# why\nRUN 2\nFROM y\nCOPY --from=a /1 /\nCOPY --from=0 /2 /\n"_s
            << u"RUN 2"_s
            << u"FROM x AS upper\nRUN 1\nFROM upper AS a\n# why\nRUN 2\nFROM y\nCOPY --from=a /1 /\nCOPY --from=1 /2 /\n"_s;
        QTest::newRow("an unnamed one, in its style")
            << u"from x\r\nenv a=1\r\nrun $a"_s << u"run"_s
            << u"from x as upper\r\nenv a=1\r\n\r\nfrom upper\r\nrun $a"_s;
        QTest::newRow("a variable of an ARG lives on")
            << u"FROM x AS a\nARG V=1\nRUN $V\n"_s << u"RUN"_s
            << u"FROM x AS upper\nARG V=1\n\nFROM upper AS a\nRUN $V\n"_s;
        QTest::newRow("CMD above, ENTRYPOINT below")
            << u"FROM x\nCMD a\nENTRYPOINT b\n"_s << u"ENTRYPOINT"_s
            << u"refused: The ENTRYPOINT below forgets a CMD of its base, but not one of its own stage."_s;
        QTest::newRow("ONBUILD above")
            << u"FROM x\nONBUILD RUN a\nRUN b\n"_s << u"RUN"_s
            << u"refused: ONBUILD of the upper part runs in a stage that is FROM it, and only there."_s;
        QTest::newRow("at its FROM") << u"FROM x\nRUN b\n"_s << u"FROM"_s
                                     << u"refused: A stage is split at one of its instructions."_s;
    }
    void aStageIsSplit()
    {
        QFETCH(QString, text);
        QFETCH(QString, at);
        const VerbFile file(text);
        QTEST(file.after(splitStage(file.tree, file.graph, file.line(at), u"upper"_s)), "expected");
    }

    void twoStagesBecomeOne_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<QString>("expected");
        QTest::newRow("neighbours")
            << u"FROM x AS a\nRUN 1\n\n# app\nFROM a AS b\nRUN 2\nFROM y\nCOPY --from=b /1 /\nCOPY --from=1 /2 /\n"_s
            << u"b"_s
            << u"FROM x AS b\nRUN 1\n\n# app\nRUN 2\nFROM y\nCOPY --from=b /1 /\nCOPY --from=0 /2 /\n"_s;
        QTest::newRow("with one between, which the lower one needs")
            << u"FROM x AS a\nRUN 1\n\nFROM z AS m\n\nFROM a AS b\nCOPY --from=m /1 /\n"_s << u"b"_s
            << u"FROM z AS m\n\nFROM x AS b\nRUN 1\nCOPY --from=m /1 /\n"_s;
        QTest::newRow("the lower one has no name")
            << u"from x as a\r\nrun 1\r\nfrom a"_s << u"1"_s << u"from x as a\r\nrun 1\r\n"_s;
        QTest::newRow("the upper one has other users")
            << u"FROM x AS a\nFROM a AS b\nFROM y AS c\nCOPY --from=a /1 /\n"_s << u"b"_s
            << u"refused: \"c\" uses \"a\" as well."_s;
        QTest::newRow("an image") << u"FROM x AS a\n"_s << u"a"_s
                                  << u"refused: \"a\" is built on an image, not on a stage."_s;
        QTest::newRow("a CMD that would be forgotten")
            << u"FROM x AS a\nCMD 1\nFROM a AS b\nENTRYPOINT 2\n"_s << u"b"_s
            << u"refused: The ENTRYPOINT below forgets a CMD of its base, but not one of its own stage."_s;
    }
    void twoStagesBecomeOne()
    {
        QFETCH(QString, text);
        QFETCH(QString, stage);
        const VerbFile file(text);
        QTEST(file.after(mergeWithBase(file.tree, file.graph, file.key(stage))), "expected");
    }

    void aStageGoesIntoTheOnlyOneThatIsBuiltOnIt()
    {
        const VerbFile one(u"FROM x AS a\nRUN 1\nFROM a AS b\nRUN 2\n"_s);
        QCOMPARE(one.after(mergeWithDerived(one.tree, one.graph, one.key(u"a"_s))),
                 u"FROM x AS b\nRUN 1\nRUN 2\n"_s);
        QCOMPARE(one.after(mergeWithDerived(one.tree, one.graph, one.key(u"b"_s))),
                 u"refused: No stage is built on \"b\"."_s);
        const VerbFile two(u"FROM x AS a\nFROM a AS b\nFROM a AS c\n"_s);
        QCOMPARE(two.after(mergeWithDerived(two.tree, two.graph, two.key(u"a"_s))),
                 u"refused: More than one stage is built on \"a\"."_s);
    }

    void splitAndMergeAreInverse()
    {
        const VerbFile file(u"FROM x AS a\nRUN 1\n\nRUN 2\n\nFROM y\nCOPY --from=0 / /\n"_s);
        const VerbFile split(
            file.after(splitStage(file.tree, file.graph, file.line(u"RUN 2"_s), u"upper"_s)));
        QCOMPARE(split.graph.stages.size(), size_t(3));
        QCOMPARE(split.after(mergeWithBase(split.tree, split.graph, split.key(u"a"_s))), file.text);
    }

    void thePlatformIsAFlag()
    {
        const VerbFile file(u"from x as a\nFROM --platform=a/b \\\n  y AS b\n"_s);
        const auto set = [&file](const QString &stage, const QString &platform) {
            return file.after(setPlatform(file.tree, file.graph, file.key(stage), platform));
        };
        QCOMPARE(set(u"a"_s, u"linux/arm64"_s),
                 u"from --platform=linux/arm64 x as a\nFROM --platform=a/b \\\n  y AS b\n"_s);
        QCOMPARE(set(u"b"_s, u"$BUILDPLATFORM"_s),
                 u"from x as a\nFROM --platform=$BUILDPLATFORM \\\n  y AS b\n"_s);
        QCOMPARE(set(u"b"_s, {}), u"from x as a\nFROM \\\n  y AS b\n"_s);
        QCOMPARE(set(u"b"_s, u"a/b/c/d"_s),
                 u"refused: \"a/b/c/d\" is no platform: it reads like linux/amd64 or linux/arm/v7."_s);
        QCOMPARE(set(u"gone"_s, {}), u"refused: There is no stage \"gone\" any more."_s);
    }
};

QTEST_GUILESS_MAIN(TestStageVerbs)
#include "tst_stageverbs.moc"
