// SPDX-License-Identifier: Apache-2.0
#include "graph/graphedits.h"

#include <QTest>

using namespace graph;
using namespace Qt::StringLiterals;
using Edit = base::Result<base::TextEdit>;

namespace {

const QString twoStages =
    u"# syntax=docker/dockerfile:1\nFROM golang:1.24 AS builder\nRUN go build -o /app .\n\n"
    "# what runs\nFROM alpine:3.22\nCOPY --from=builder /app /app\nENTRYPOINT [\"/app\"]\n"_s;

struct File
{
    explicit File(const QString &content)
        : text(content)
        , tree(dockerfile::parse(content))
        , graph(build(tree))
    {}

    [[nodiscard]] NodeKey key(const QString &name) const
    {
        const Stage *stage = graph.stageCalled(name);
        return stage ? stage->key : NodeKey{NodeKind::Stage, name};
    }

    [[nodiscard]] QString after(const Edit &edit) const
    {
        if (!edit)
            return u"refused: "_s + edit.error().message;
        QString result = text;
        edit->applyTo(result);
        return result;
    }

    QString text;
    dockerfile::Tree tree;
    StageGraph graph;
};

}

class TestGraphEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStageIsAddedInTheStyleOfTheFile_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        QTest::newRow("to an empty file") << QString() << QString() << u"FROM alpine:3.22 AS run\n"_s;
        QTest::newRow("at the end") << u"FROM golang AS b\nRUN x\n"_s << QString()
                                    << u"FROM golang AS b\nRUN x\n\nFROM alpine:3.22 AS run\n"_s;
        QTest::newRow("after a last line without line end")
            << u"FROM golang AS b"_s << QString() << u"FROM golang AS b\n\nFROM alpine:3.22 AS run\n"_s;
        QTest::newRow("lower case") << u"from golang as b\nrun x\n"_s << QString()
                                    << u"from golang as b\nrun x\n\nfrom alpine:3.22 as run\n"_s;
        QTest::newRow("CRLF") << u"FROM golang AS b\r\nRUN x\r\n"_s << QString()
                              << u"FROM golang AS b\r\nRUN x\r\n\r\nFROM alpine:3.22 AS run\r\n"_s;
        QTest::newRow("between two, numbers move along")
            << u"FROM golang AS b\n\nFROM node AS n\n\nFROM scratch\nCOPY --from=0 /x /\nCOPY --from=1 /y /\n"_s
            << u"b"_s
            << u"FROM golang AS b\n\nFROM alpine:3.22 AS run\n\nFROM node AS n\n\nFROM scratch\nCOPY --from=0 /x /\nCOPY --from=2 /y /\n"_s;
        QTest::newRow("not into an unfinished line")
            << u"FROM golang AS b\nRUN <<EOF\nx\n"_s << QString()
            << u"refused: Line 2 is not finished: what comes after it would become part of it."_s;
    }

    void aStageIsAddedInTheStyleOfTheFile()
    {
        QFETCH(QString, text);
        QFETCH(QString, after);
        const File file(text);
        const auto place = after.isEmpty() ? std::optional<NodeKey>() : file.key(after);
        QTEST(file.after(addStage(file.tree, file.graph, u"run"_s, u"alpine:3.22"_s, place)), "expected");
    }

    void renamingFollowsAllReferences_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("COPY, FROM and mounts")
            << u"FROM golang AS b\nFROM b AS c\nCOPY --chown=1 --from=B /x /\nRUN --mount=type=bind,from=b,target=/y ls\n"_s
            << u"b"_s << u"Builder"_s
            << u"FROM golang AS Builder\nFROM builder AS c\nCOPY --chown=1 --from=Builder /x /\nRUN --mount=type=bind,from=Builder,target=/y ls\n"_s;
        QTest::newRow("an unnamed stage gets a name, numbers stay")
            << u"FROM golang\nFROM scratch\nCOPY --from=0 /x /"_s << u"0"_s << u"builder"_s
            << u"FROM golang AS builder\nFROM scratch\nCOPY --from=0 /x /"_s;
        QTest::newRow("in lower case")
            << u"from golang # no comment\n"_s << u"0"_s << u"b"_s << u"from golang as b # no comment\n"_s;
        QTest::newRow("a half-typed AS")
            << u"FROM golang AS\n"_s << u"0"_s << u"b"_s << u"FROM golang AS b\n"_s;
        QTest::newRow("a stage without a base")
            << u"FROM\n"_s << u"0"_s << u"b"_s << u"refused: The stage in line 1 has no base yet."_s;
        QTest::newRow("a taken name") << u"FROM golang AS b\nFROM scratch AS C"_s << u"b"_s << u"c"_s
                                      << u"refused: Another stage is called \"C\" already."_s;
        QTest::newRow("the name of an image in use")
            << u"FROM golang AS b\nFROM alpine AS c"_s << u"b"_s << u"alpine"_s
            << u"refused: The image \"alpine\" is used under that name."_s;
        QTest::newRow("the name of its own image")
            << u"FROM alpine AS c\nRUN x"_s << u"c"_s << u"alpine"_s << u"FROM alpine AS alpine\nRUN x"_s;
        QTest::newRow("no name")
            << u"FROM golang AS b"_s << u"b"_s << u"1x"_s
            << u"refused: \"1x\" is no stage name: it starts with a letter and holds letters, digits, "
               "\"-\", \"_\" and \".\" only."_s;
        QTest::newRow("named by a variable")
            << u"ARG BASE=b\nFROM golang AS b\nFROM $BASE"_s << u"b"_s << u"c"_s
            << u"refused: Line 3 names this stage through a variable."_s;
        QTest::newRow("over a continuation")
            << u"FROM golang \\\n  AS b\nFROM scratch\nCOPY \\\n  --from=b \\\n  /x /\n"_s << u"b"_s << u"c"_s
            << u"FROM golang \\\n  AS c\nFROM scratch\nCOPY \\\n  --from=c \\\n  /x /\n"_s;
    }

    void renamingFollowsAllReferences()
    {
        QFETCH(QString, text);
        QFETCH(QString, stage);
        QFETCH(QString, name);
        const File file(text);
        const Edit edit = renameStage(file.tree, file.graph, file.key(stage), name);
        QTEST(file.after(edit), "expected");
        if (!edit)
            return;
        QString changed = text;
        edit->applyTo(changed).applyTo(changed);
        QCOMPARE(changed, text);
    }

    void deletingTakesWhatRefersToIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<QString>("expected");
        QTest::newRow("the first, with the copies from it")
            << twoStages << u"builder"_s
            << u"# syntax=docker/dockerfile:1\n# what runs\nFROM alpine:3.22\nENTRYPOINT [\"/app\"]\n"_s;
        QTest::newRow("the last, with the comment above it")
            << twoStages << u"1"_s
            << u"# syntax=docker/dockerfile:1\nFROM golang:1.24 AS builder\nRUN go build -o /app .\n"_s;
        QTest::newRow("one in the middle, numbers move along")
            << u"FROM a AS x\nFROM b AS y\nFROM c AS z\nFROM d\nCOPY --from=0 /0 /\nCOPY --from=1 /1 /\nCOPY --from=2 /2 /\n"_s
            << u"y"_s << u"FROM a AS x\nFROM c AS z\nFROM d\nCOPY --from=0 /0 /\nCOPY --from=1 /2 /\n"_s;
        QTest::newRow("a base of another stays")
            << u"FROM a AS x\nFROM x\n"_s << u"x"_s << u"refused: The stage \"stage 1\" is built on it."_s;
        QTest::newRow("the only one stays")
            << u"FROM a AS x\n"_s << u"x"_s << u"refused: A Dockerfile needs a stage."_s;
        QTest::newRow("comments above the first speak of the file")
            << u"# licence\nFROM a AS x\nRUN 1\n\n# second\nFROM b AS y\n"_s << u"x"_s
            << u"# licence\n# second\nFROM b AS y\n"_s;
    }

    void deletingTakesWhatRefersToIt()
    {
        QFETCH(QString, text);
        QFETCH(QString, stage);
        const File file(text);
        QTEST(file.after(deleteStage(file.tree, file.graph, file.key(stage))), "expected");
    }

    void whatRefersToAStageIsKnownBeforeItGoes()
    {
        const File file(
            u"FROM a AS x\nFROM b\nCOPY --from=x /1 /\nCOPY --from=0 /2 /\nRUN --mount=from=x,target=/t --mount=from=x,target=/u y\nFROM x\n"_s);
        QCOMPARE(linesReferringTo(file.tree, file.graph, file.key(u"x"_s)), (std::vector{2, 3, 4, 5}));
    }

    void theBaseIsChanged_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("expected");
        QTest::newRow("an image") << u"FROM golang AS a\nFROM --platform=x alpine:3 as b # y\n"_s
                                  << u"alpine:3.22"_s
                                  << u"FROM golang AS a\nFROM --platform=x alpine:3.22 as b # y\n"_s;
        QTest::newRow("a stage above, as FROM knows it")
            << u"FROM golang AS Builder\nFROM alpine"_s << u"Builder"_s
            << u"FROM golang AS Builder\nFROM builder"_s;
        QTest::newRow("no base yet") << u"FROM golang\nFROM"_s << u"scratch"_s
                                     << u"FROM golang\nFROM scratch"_s;
        QTest::newRow("itself") << u"FROM golang\nFROM alpine AS me"_s << u"me"_s
                                << u"refused: A stage cannot be its own base."_s;
        QTest::newRow("a blank in it")
            << u"FROM golang\nFROM alpine"_s << u"a b"_s << u"refused: \"a b\" is no image reference."_s;
        QTest::newRow("a number") << u"FROM golang\nFROM alpine"_s << u"0"_s
                                  << u"refused: FROM knows stages by name only."_s;
    }

    void theBaseIsChanged()
    {
        QFETCH(QString, text);
        QFETCH(QString, base);
        const File file(text);
        QTEST(file.after(changeBase(file.tree, file.graph, file.graph.stages[1].key, base)), "expected");
    }

    void aLaterStageIsNoBase()
    {
        const File file(u"FROM golang AS a\nFROM alpine AS b"_s);
        QCOMPARE(file.after(changeBase(file.tree, file.graph, file.key(u"a"_s), u"b"_s)),
                 u"refused: The stage \"b\" comes later: a base must stand above."_s);
    }

    void connectingPutsTheCopyWhereItBelongs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        QTest::newRow("at the end") << u"FROM golang AS b\nFROM alpine\nRUN x\n"_s << u"/a"_s
                                    << u"FROM golang AS b\nFROM alpine\nRUN x\nCOPY --from=b /a /bin/\n"_s;
        QTest::newRow("before the entrypoint, after the last copy")
            << u"FROM golang AS b\nFROM alpine\nCOPY x /x\n\n# start\nEXPOSE 80\nENTRYPOINT [\"/a\"]\n"_s
            << u"/a"_s
            << u"FROM golang AS b\nFROM alpine\nCOPY x /x\nCOPY --from=b /a /bin/\n\n# start\nEXPOSE 80\nENTRYPOINT [\"/a\"]\n"_s;
        QTest::newRow("a stage that is only a FROM without line end")
            << u"from golang as b\nfrom alpine"_s << u"/a"_s
            << u"from golang as b\nfrom alpine\ncopy --from=b /a /bin/"_s;
        QTest::newRow("an unnamed stage by number, blanks in a list")
            << u"FROM golang\nFROM alpine\n"_s << u"/a b"_s
            << u"FROM golang\nFROM alpine\nCOPY --from=0 [\"/a b\", \"/bin/\"]\n"_s;
        QTest::newRow("not into an unfinished line")
            << u"FROM golang\nFROM alpine\nRUN a \\\n"_s << u"/a"_s
            << u"refused: Line 3 is not finished: what comes after it would become part of it."_s;
        QTest::newRow("nothing to copy") << u"FROM golang\nFROM alpine\n"_s << u" "_s
                                         << u"refused: A copy needs a path to take and a path to put it."_s;
    }

    void connectingPutsTheCopyWhereItBelongs()
    {
        QFETCH(QString, text);
        QFETCH(QString, source);
        QFETCH(QString, expected);
        const File file(text);
        QString result = file.after(connectByCopy(file.tree, file.graph, file.graph.stages[0].key,
                                                  file.graph.stages[1].key, source, u"/bin/"_s));
        if (!expected.endsWith(u'\n') && result.endsWith(u'\n') && !expected.startsWith("refused"_L1))
            result.chop(1); // a last line may or may not get a line end
        QCOMPARE(result, expected);
    }

    void whatCannotBeConnectedIsRefused()
    {
        const File file(u"FROM golang AS a\nFROM alpine:$V AS b\nFROM scratch AS c\n"_s);
        const auto connect = [&](const NodeKey &from, const NodeKey &to) {
            return file.after(connectByCopy(file.tree, file.graph, from, to, u"/x"_s, u"/x"_s));
        };
        QCOMPARE(connect(file.key(u"b"_s), file.key(u"a"_s)), u"refused: \"b\" comes after \"a\"."_s);
        QCOMPARE(connect(file.key(u"a"_s), file.key(u"a"_s)), u"refused: A stage cannot copy from itself."_s);
        QVERIFY(connect({NodeKind::Image, u"scratch"_s}, file.key(u"a"_s))
                    .startsWith("refused: scratch is empty"_L1));
        QVERIFY(connect({NodeKind::Image, u"alpine:$V"_s}, file.key(u"c"_s))
                    .startsWith("refused: COPY --from expands"_L1));
        QVERIFY(connect({NodeKind::Image, u"nginx:1"_s}, file.key(u"c"_s))
                    .contains("COPY --from=nginx:1 /x /x"_L1));
        QVERIFY(connect({NodeKind::Context, {}}, file.key(u"c"_s)).contains("COPY /x /x"_L1));
        QVERIFY(connect(file.key(u"gone"_s), file.key(u"c"_s)).startsWith("refused: There is no stage"_L1));
    }

    void producedPathsAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("paths");
        QTest::newRow("go build -o")
            << u"FROM golang\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -ldflags='-s -w' -o /out/hello ."_s
            << QStringList{u"/out/hello"_s, u"/src"_s};
        QTest::newRow("relative to WORKDIR")
            << u"FROM golang\nWORKDIR /src\nWORKDIR app\nRUN go build -o bin/x"_s
            << QStringList{u"/src/app/bin/x"_s};
        QTest::newRow("into a folder")
            << u"FROM golang\nRUN go build -o /bin/ ./cmd/server"_s << QStringList{u"/bin/server"_s};
        QTest::newRow("from the stage below")
            << u"FROM golang AS a\nWORKDIR /w\nRUN go build -o x\nFROM a"_s << QStringList{u"/w/x"_s};
        QTest::newRow("copied files")
            << u"FROM alpine\nCOPY --from=x /etc/ssl/certs /etc/ssl/\nCOPY app.yaml /etc/app.yaml"_s
            << QStringList{u"/etc/ssl/certs"_s, u"/etc/app.yaml"_s};
        QTest::newRow("a variable in it")
            << u"FROM golang\nARG NAME=hello\nRUN go build -o /bin/$NAME ."_s << QStringList{u"/bin/hello"_s};
        QTest::newRow("nothing") << u"FROM golang\nRUN ls"_s << QStringList{};
    }

    void producedPathsAreFound()
    {
        QFETCH(QString, text);
        const File file(text);
        QTEST(producedPaths(file.tree, file.graph, file.graph.stages.back().key), "paths");
    }
};

QTEST_APPLESS_MAIN(TestGraphEdits)
#include "tst_graphedits.moc"
