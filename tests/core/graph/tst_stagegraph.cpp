// SPDX-License-Identifier: Apache-2.0
#include "graph/stagegraph.h"

#include <QElapsedTimer>
#include <QTest>

using namespace graph;
using namespace Qt::StringLiterals;

namespace {

StageGraph graphOf(const QString &text, const QString &target = {},
                   const dockerfile::BuildContextValues &values = {})
{
    return build(dockerfile::parse(text), target, values);
}

/// "builder>0 /app" for each edge: kind, from, to, label, in words.
QStringList edgesInWords(const StageGraph &graph)
{
    static const char *const kinds[]{"FROM", "COPY", "MOUNT", "CONTEXT"};
    QStringList words;
    for (const Edge &edge : graph.edges) {
        QString text = QLatin1StringView(kinds[int(edge.kind)]) + u' ' + edge.from.name + u'>' + edge.to.name;
        if (!edge.label.isEmpty())
            text += u' ' + edge.label;
        words.append(text);
    }
    return words;
}

}

class TestStageGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void edgesAreWhatTheBuilderSees_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("edges");
        QTest::newRow("no stage at all") << u"# nothing\nARG A=1\n"_s << QStringList{};
        QTest::newRow("one stage from an image") << u"FROM alpine"_s << QStringList{u"FROM alpine>0"_s};
        QTest::newRow("scratch is a node of its own")
            << u"FROM scratch AS a"_s << QStringList{u"FROM scratch>a"_s};
        QTest::newRow("a FROM without an image is a stage without a base")
            << u"FROM\nRUN x"_s << QStringList{};
        QTest::newRow("a stage as base")
            << u"FROM alpine AS a\nFROM a AS b"_s << QStringList{u"FROM alpine>a"_s, u"FROM a>b"_s};
        QTest::newRow("a stage of the image's own name")
            << u"FROM alpine AS alpine"_s << QStringList{u"FROM alpine>alpine"_s};
        QTest::newRow("FROM knows stages in lower case only, as BuildKit")
            << u"FROM alpine AS Build\nFROM Build\nFROM build"_s
            << QStringList{u"FROM alpine>build"_s, u"FROM Build>1"_s, u"FROM build>2"_s};
        QTest::newRow("COPY --from a name, any case")
            << u"FROM golang AS Builder\nFROM alpine\nCOPY --from=BUILDER /app /"_s
            << QStringList{u"FROM golang>builder"_s, u"FROM alpine>1"_s, u"COPY builder>1 /app"_s};
        QTest::newRow("COPY --from an index")
            << u"FROM golang\nFROM alpine\nCOPY --from=0 /app /"_s
            << QStringList{u"FROM golang>0"_s, u"FROM alpine>1"_s, u"COPY 0>1 /app"_s};
        QTest::newRow("COPY --from an image")
            << u"FROM alpine\nCOPY --from=nginx:1.27 /etc/nginx /etc/"_s
            << QStringList{u"FROM alpine>0"_s, u"COPY nginx:1.27>0 /etc/nginx"_s};
        QTest::newRow("COPY --from a later stage, which BuildKit resolves")
            << u"FROM alpine AS a\nCOPY --from=b /x /\nFROM golang AS b"_s
            << QStringList{u"FROM alpine>a"_s, u"COPY b>a /x"_s, u"FROM golang>b"_s};
        QTest::newRow("several copies of one pair are one edge")
            << u"FROM golang AS b\nFROM alpine\nCOPY --from=b /x /\nCOPY --from=b /y /z /w/"_s
            << QStringList{u"FROM golang>b"_s, u"FROM alpine>1"_s, u"COPY b>1 3 paths"_s};
        QTest::newRow("variables are not expanded in --from")
            << u"ARG B=b\nFROM golang AS b\nFROM alpine\nCOPY --from=$B /x /"_s
            << QStringList{u"FROM golang>b"_s, u"FROM alpine>1"_s, u"COPY $B>1 /x"_s};
        QTest::newRow("variables are expanded in FROM")
            << u"ARG V=3.22\nFROM alpine:${V} AS a"_s << QStringList{u"FROM alpine:3.22>a"_s};
        QTest::newRow("a stage named by a variable") << u"ARG BASE=a\nFROM alpine AS a\nFROM $BASE"_s
                                                     << QStringList{u"FROM alpine>a"_s, u"FROM a>1"_s};
        QTest::newRow("an undefined variable stays as written")
            << u"FROM alpine:$V"_s << QStringList{u"FROM alpine:$V>0"_s};
        QTest::newRow("a mount from a stage")
            << u"FROM golang AS b\nFROM alpine\nRUN --mount=type=bind,from=b,source=/x,target=/y ls"_s
            << QStringList{u"FROM golang>b"_s, u"FROM alpine>1"_s, u"MOUNT b>1 /x"_s};
        QTest::newRow("a mount knows no index")
            << u"FROM golang\nFROM alpine\nRUN --mount=from=0,target=/y ls"_s
            << QStringList{u"FROM golang>0"_s, u"FROM alpine>1"_s, u"MOUNT 0>1 /"_s};
        QTest::newRow("mounts over continued lines")
            << u"FROM golang AS b\nFROM alpine\nRUN --mount=type=cache,target=/c \\\n  # why\n  --mount=from=b,target=/y \\\n  ls"_s
            << QStringList{u"FROM golang>b"_s, u"FROM alpine>1"_s, u"MOUNT b>1 /"_s};
        QTest::newRow("a word cut by a continuation")
            << u"FROM golang AS b\nFROM alpine\nCOPY --from=b /lo\\\nng/path /x"_s
            << QStringList{u"FROM golang>b"_s, u"FROM alpine>1"_s, u"COPY b>1 /long/path"_s};
        QTest::newRow("the build context, once a stage")
            << u"FROM golang\nCOPY go.mod go.sum ./\nADD . .\nRUN --mount=target=. go build"_s
            << QStringList{u"FROM golang>0"_s, u"CONTEXT >0 4 paths"_s};
        QTest::newRow("downloads and heredocs need no context")
            << u"FROM alpine\nADD https://example.org/x.tar /x\nCOPY <<EOF /y\nhello\nEOF\n"_s
            << QStringList{u"FROM alpine>0"_s};
        QTest::newRow("JSON form") << u"FROM golang AS b\nFROM alpine\nCOPY --from=b [\"/a b\", \"/c\"]"_s
                                   << QStringList{u"FROM golang>b"_s, u"FROM alpine>1"_s, u"COPY b>1 /a b"_s};
    }

    void edgesAreWhatTheBuilderSees()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, edges);
        QCOMPARE(edgesInWords(graphOf(text)), edges);
    }

    void stagesKnowTheirLines()
    {
        const auto tree = dockerfile::parse(
            u"# syntax=docker/dockerfile:1\nARG V=1\n\n# the builder\nFROM --platform=$BUILDPLATFORM "
            u"golang:1.24 AS builder\n"
            "RUN a \\\n  b\n\n# the last one\n# really\nFROM alpine\n# inside\nRUN c\n\n"_s);
        const StageGraph graph = build(tree);
        QCOMPARE(graph.stages.size(), 2U);
        const Stage &builder = graph.stages[0];
        QCOMPARE(builder.key.name, u"builder"_s);
        QCOMPARE(builder.platform, u"$BUILDPLATFORM"_s);
        QCOMPARE(tree.firstRow(builder.fromLine), 5);
        QCOMPARE(tree.firstRow(builder.lastLine), 8); // the comments above the next FROM are that stage's
        QCOMPARE(builder.instructions.size(), 1U);
        const Stage &last = graph.stages[1];
        QCOMPARE(last.displayName(), u"stage 1"_s);
        QCOMPARE(last.lastLine, tree.lineCount() - 1);
        QVERIFY(last.isTarget);

        QVERIFY(!graph.stageAtLine(tree.lineAtRow(2)));
        QCOMPARE(graph.stageAtLine(tree.lineAtRow(7)), &builder);
        QCOMPARE(graph.stageAtLine(tree.lineAtRow(9)), &last);
        QCOMPARE(graph.stageAtLine(tree.lineAtRow(12)), &last);
    }

    void buildArgsDecideTheBase()
    {
        dockerfile::BuildContextValues values;
        values.buildArgs.insert(u"V"_s, u"edge"_s);
        QCOMPARE(graphOf(u"ARG V=3.22\nFROM alpine:$V"_s, {}, values).stages[0].resolvedBase,
                 u"alpine:edge"_s);
        QVERIFY(graphOf(u"FROM alpine:$V"_s, {}, values).images[0].undefined); // not declared: does not count
    }

    void whatTheTargetDoesNotNeedIsUnreachable()
    {
        const QString text =
            u"FROM golang AS builder\nFROM node AS assets\nFROM alpine AS final\nCOPY --from=builder /a /\n"
            "FROM final AS debug\nCOPY . /src"_s;
        const auto reachable = [&](const QString &target) {
            QStringList names;
            for (const Stage &stage : graphOf(text, target).stages) {
                if (stage.reachable)
                    names.append(stage.name);
            }
            return names;
        };
        QCOMPARE(reachable({}), (QStringList{u"builder"_s, u"final"_s, u"debug"_s}));
        QCOMPARE(reachable(u"FINAL"_s), (QStringList{u"builder"_s, u"final"_s}));
        QCOMPARE(reachable(u"1"_s), QStringList{u"assets"_s});
        QCOMPARE(reachable(u"no such stage"_s), (QStringList{u"builder"_s, u"final"_s, u"debug"_s}));

        const StageGraph graph = graphOf(text, u"final"_s);
        QVERIFY(!graph.contexts[0].reachable);
        QCOMPARE(std::ranges::count_if(graph.images, &ExternalImage::reachable), 2);
        QCOMPARE(std::ranges::count_if(graph.edges, &Edge::reachable), 3);
    }

    void stagesThatNeedEachOtherEndTheSearch()
    {
        const StageGraph graph = graphOf(
            u"FROM a AS x\nCOPY --from=y /1 /\nFROM b AS y\nCOPY --from=x /2 /\nCOPY --from=y /3 /"_s);
        QCOMPARE(std::ranges::count_if(graph.stages, &Stage::reachable), 2);
    }

    void stagesOfOneNameAreToldApart()
    {
        const StageGraph graph = graphOf(u"FROM a AS x\nFROM b AS X\nFROM c\nCOPY --from=x /1 /"_s);
        QCOMPARE(graph.stages[0].key.name, u"x"_s);
        QCOMPARE(graph.stages[1].key.name, u"x#2"_s);
        QCOMPARE(graph.stageCalled(u"x"), &graph.stages[1]);
        QCOMPARE(graph.stageCalled(u"x", 1), &graph.stages[0]);
        QCOMPARE(graph.edges.back().from, graph.stages[1].key);
    }

    void fiveThousandLinesAreReadWithinAKeystroke()
    {
        QString text = u"ARG V=1.24\n"_s;
        for (int i = 0; i < 250; ++i) {
            text += u"\n# stage %1\nFROM golang:${V} AS s%1\nWORKDIR /src\nCOPY go.mod go.sum ./\n"
                    "RUN --mount=type=cache,target=/go/pkg/mod \\\n    "
                    "--mount=type=bind,from=s0,source=/x,target=/y \\\n"
                    "    go mod download\nCOPY --from=s0 /a /b\nCOPY <<EOF /etc/x\nhello\nworld\nEOF\nRUN "
                    "<<EOF\nset -e\ngo build\nEOF\n"
                    "ENV A=b\nCMD [\"/x\"]\n"_s.arg(i);
        }
        const auto tree = dockerfile::parse(text);
        QElapsedTimer timer;
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 10; ++i) {
            timer.start();
            const StageGraph graph = build(tree);
            best = std::min(best, timer.nsecsElapsed());
            QCOMPARE(graph.stages.size(), 250U);
        }
        qInfo("%d rows: %.2f ms", tree.firstRow(tree.lineCount() - 1), double(best) / 1e6);
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__)
        QVERIFY(best < 2'000'000);
#else
        QVERIFY(best < 40'000'000);
#endif
    }
};

QTEST_APPLESS_MAIN(TestStageGraph)
#include "tst_stagegraph.moc"
