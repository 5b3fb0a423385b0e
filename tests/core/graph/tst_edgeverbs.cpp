// SPDX-License-Identifier: Apache-2.0
#include "graph/edgeverbs.h"

#include "core/graph/verbfile.h"

#include <QtTest>

using namespace graph;
using namespace Qt::StringLiterals;

namespace {

const NodeKey context{NodeKind::Context, {}};
const NodeKey nginx{NodeKind::Image, u"nginx:1"_s};

const QString twoRuns =
    u"FROM x AS Build\nFROM y\nFROM z AS c\nRUN --network=none \\\n  # why\n  make\nCMD a"_s;

// The only edge into the stage `to` from the stage or node `from`.
Edge edgeOf(const VerbFile &file, const NodeKey &from, const QString &to)
{
    for (const Edge &edge : file.graph.edges) {
        if (edge.from == from && edge.to == file.key(to))
            return edge;
    }
    return {};
}

}

class TestEdgeVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMountConnects()
    {
        const VerbFile file(twoRuns);
        const auto mount = [&](const NodeKey &from, const QString &run, const QString &to = u"c"_s) {
            return file.after(connectByMount(file.tree, file.graph, from, file.key(to), file.line(run),
                                             u"/out"_s, u"/in"_s));
        };
        const auto expected = [](const QString &flag) {
            return QString(twoRuns).replace(u"--network=none"_s, u"--network=none "_s + flag);
        };
        QCOMPARE(mount(file.key(u"build"_s), u"RUN"_s),
                 expected(u"--mount=type=bind,target=/in,source=/out,from=Build"_s));
        QCOMPARE(mount(nginx, u"RUN"_s),
                 expected(u"--mount=type=bind,target=/in,source=/out,from=nginx:1"_s));
        QCOMPARE(mount(context, u"RUN"_s), expected(u"--mount=type=bind,target=/in,source=/out"_s));
        QCOMPARE(mount(file.key(u"1"_s), u"RUN"_s),
                 u"refused: A mount knows stages by name only, and stage 1 has none of its own."_s);
        QCOMPARE(mount(file.key(u"c"_s), u"RUN"_s), u"refused: A stage cannot copy from itself."_s);
        QCOMPARE(mount(nginx, u"CMD"_s), u"refused: A mount needs a RUN of the stage \"c\"."_s);
        QCOMPARE(mount(file.key(u"c"_s), u"RUN"_s, u"build"_s),
                 u"refused: A mount needs a RUN of the stage \"Build\"."_s);
    }

    void aBaseConnects()
    {
        const VerbFile file(u"from x as Build\nfrom y as b # no\nfrom z"_s);
        const auto base = [&](const NodeKey &from, const QString &to) {
            return file.after(connectByBase(file.tree, file.graph, from, file.key(to)));
        };
        QCOMPARE(base(file.key(u"build"_s), u"b"_s), u"from x as Build\nfrom build as b # no\nfrom z"_s);
        QCOMPARE(base(nginx, u"2"_s), u"from x as Build\nfrom y as b # no\nfrom nginx:1"_s);
        QCOMPARE(base(file.key(u"b"_s), u"build"_s),
                 u"refused: The stage \"b\" comes later: a base must stand above."_s);
        QCOMPARE(base(file.key(u"2"_s), u"b"_s), u"refused: FROM knows stages by name only."_s);
        QCOMPARE(base(context, u"b"_s), u"refused: The build context is no base for a stage."_s);
    }

    void anEdgeGetsAnotherSource_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<NodeKey>("from");
        QTest::addColumn<NodeKey>("to");
        QTest::addColumn<QString>("expected");
        const NodeKey a{NodeKind::Stage, u"a"_s};
        const NodeKey unnamed{NodeKind::Stage, u"1"_s};
        QTest::newRow("all its lines")
            << u"FROM x AS a\nFROM y\nFROM z AS c\nCOPY --from=a /1 /\nRUN 1\nCOPY --link --from=0 \\\n  /2 /\n"_s
            << a << unnamed
            << u"FROM x AS a\nFROM y\nFROM z AS c\nCOPY --from=1 /1 /\nRUN 1\nCOPY --link --from=1 \\\n  /2 /\n"_s;
        QTest::newRow("to the context") << u"FROM x AS a\nFROM z AS c\nCOPY --from=a /1 /\n"_s << a << context
                                        << u"FROM x AS a\nFROM z AS c\nCOPY /1 /\n"_s;
        QTest::newRow("from the context, copies and mounts")
            << u"FROM x AS a\nFROM z AS c\ncopy 1 /\nRUN --mount=dst=/s,src=. ls\n"_s << context << a
            << u"FROM x AS a\nFROM z AS c\ncopy --from=a 1 /\nRUN --mount=dst=/s,src=.,from=a ls\n"_s;
        QTest::newRow("one mount of two")
            << u"FROM x AS a\nFROM y AS b\nFROM z AS c\nRUN --mount=from=a,target=/a --mount=from=b,target=/b ls\n"_s
            << a << nginx
            << u"FROM x AS a\nFROM y AS b\nFROM z AS c\nRUN --mount=from=nginx:1,target=/a --mount=from=b,target=/b ls\n"_s;
        QTest::newRow("a base") << u"FROM x AS a\nFROM a AS c\n"_s << a << nginx
                                << u"FROM x AS a\nFROM nginx:1 AS c\n"_s;
        QTest::newRow("ADD") << u"FROM x AS a\nFROM z AS c\nADD 1 /\n"_s << context << a
                             << u"refused: ADD in line 3 takes from the build context only."_s;
        QTest::newRow("scratch") << u"FROM x AS a\nFROM z AS c\nCOPY --from=a /1 /\n"_s << a
                                 << NodeKey{NodeKind::Image, u"scratch"_s}
                                 << u"refused: scratch is empty: there is nothing to copy from it."_s;
        QTest::newRow("itself") << u"FROM x AS a\nFROM z AS c\nCOPY --from=a /1 /\n"_s << a
                                << NodeKey{NodeKind::Stage, u"c"_s}
                                << u"refused: A stage cannot copy from itself."_s;
    }
    void anEdgeGetsAnotherSource()
    {
        QFETCH(QString, text);
        QFETCH(NodeKey, from);
        QFETCH(NodeKey, to);
        const VerbFile file(text);
        QTEST(file.after(retargetEdge(file.tree, file.graph, edgeOf(file, from, u"c"_s), to)), "expected");
    }

    void anEdgeGoesWithItsLines()
    {
        const VerbFile file(u"FROM x AS a\nFROM z AS c\n# take it\nCOPY --from=a /1 /\nRUN "
                            u"--mount=from=a,target=/a \\\n  --mount=type=cache,target=/b \\\n  ls\n"
                            "COPY . .\nCOPY --from=0 /2 /"_s);
        const NodeKey a = file.key(u"a"_s);
        const Edge *copies = findEdge(file.graph, EdgeKind::CopyFrom, a, file.key(u"c"_s));
        const Edge *mounts = findEdge(file.graph, EdgeKind::Mount, a, file.key(u"c"_s));
        QCOMPARE(
            file.after(removeEdge(file.tree, file.graph, *copies)),
            u"FROM x AS a\nFROM z AS c\nRUN --mount=from=a,target=/a \\\n  --mount=type=cache,target=/b \\\n  ls\nCOPY . .\n"_s);
        QCOMPARE(file.after(removeEdges(file.tree, file.graph, {*mounts, *copies})),
                 u"FROM x AS a\nFROM z AS c\nRUN \\\n  --mount=type=cache,target=/b \\\n  ls\nCOPY . .\n"_s);
        QCOMPARE(file.after(removeEdge(file.tree, file.graph, file.graph.edges[0])),
                 u"refused: A stage needs a base."_s);
        QCOMPARE(file.after(removeEdge(file.tree, file.graph, Edge())),
                 u"refused: There is no such edge any more."_s);
    }
};

QTEST_GUILESS_MAIN(TestEdgeVerbs)
#include "tst_edgeverbs.moc"
