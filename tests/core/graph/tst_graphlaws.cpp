// SPDX-License-Identifier: Apache-2.0
// What must hold for every file and every verb, over the corpus in tests/data/dockerfiles and a few of our
// own.
#include "dockerfile/textfile.h"
#include "graph/graphdiff.h"
#include "graph/graphedits.h"
#include "graph/graphexport.h"

#include <QDirIterator>
#include <QTest>

using namespace graph;
using namespace Qt::StringLiterals;

class TestGraphLaws : public QObject
{
    Q_OBJECT

private:
    static void addCorpus()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("two stages")
            << u"# syntax=docker/dockerfile:1\nARG V=1.24\nFROM golang:${V} AS builder\nWORKDIR /src\nCOPY . "
               u".\n"
               "RUN --mount=type=cache,target=/c \\\n    # why\n    go build -o /app .\n\n# last\nFROM "
               "scratch\n"
               "COPY --from=builder /app /app\nCOPY --from=0 /etc/ssl /etc/ssl\nENTRYPOINT [\"/app\"]\n"_s;
        QTest::newRow("three, lower case, CRLF, no last line end")
            << u"from golang as Base\r\nrun x\r\n\r\nfrom base as b\r\n\r\nfrom alpine\r\ncopy --from=B /a /b\r\nrun --mount=from=base,target=/t y"_s;
        QTest::newRow("escape directive and heredocs")
            << u"# escape=`\nFROM a AS x\nRUN <<EOF\nfoo\nEOF\nFROM b\nCOPY --from=x <<A <<B `\n  /c\n1\nA\n2\nB\nCMD x\n"_s;
        QTest::newRow("broken lines")
            << u"FORM a\nFROM\nFROM x AS\nCOPY --from= \nRUN --mount=\nFROM x AS y AS z\nCOPY --from=y\n"_s;
        QTest::newRow("an unfinished heredoc") << u"FROM a AS x\nFROM b\nRUN <<EOF\nabc"_s;
        QDirIterator files(QStringLiteral(TEST_DATA_DIR "/dockerfiles"), QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (const auto text = dockerfile::readTextFile(path))
                QTest::newRow(qPrintable(path.section(u'/', -2))) << *text;
        }
    }

    /// The edited tree's graph is the graph of the edited text, and the inverse gives the very text back.
    static void checkLaws(const QString &text, const dockerfile::Tree &tree,
                          const base::Result<base::TextEdit> &edit)
    {
        if (!edit) {
            QVERIFY(!edit.error().message.isEmpty());
            return;
        }
        QString after = text;
        const base::TextEdit inverse = edit->applyTo(after);
        const dockerfile::Tree edited = tree.edited(*edit);
        QCOMPARE(edited.text(), after);
        const StageGraph graph = build(edited);
        QVERIFY(graph == build(dockerfile::parse(after)));
        (void)diff(build(tree), graph);
        inverse.applyTo(after);
        QCOMPARE(after, text);
    }

    static int stagesAfter(const dockerfile::Tree &tree, const base::Result<base::TextEdit> &edit)
    {
        return edit ? int(build(tree.edited(*edit)).stages.size()) : -1;
    }

private Q_SLOTS:
    void everyVerbKeepsGraphAndTextTogether_data() { addCorpus(); }

    void everyVerbKeepsGraphAndTextTogether()
    {
        QFETCH(QString, text);
        const auto tree = dockerfile::parse(text);
        const StageGraph graph = build(tree);
        const int count = int(graph.stages.size());

        const auto added = addStage(tree, graph, u"brand-new"_s, u"alpine:3.22"_s);
        checkLaws(text, tree, added);
        if (added)
            QCOMPARE(stagesAfter(tree, added), count + 1);

        const int step = count / 8 + 1; // of many stages some stand for all: each pair is tried
        for (int i = 0; i < count; i += step) {
            const Stage &stage = graph.stages[size_t(i)];
            const auto renamed = renameStage(tree, graph, stage.key, u"brand-new"_s);
            checkLaws(text, tree, renamed);
            if (renamed && !renamed->isEmpty()) {
                const GraphDiff change = diff(graph, build(tree.edited(*renamed)));
                QVERIFY2(!change.changesShape(), "renaming moves no node and no edge");
            }
            const auto deleted = deleteStage(tree, graph, stage.key);
            checkLaws(text, tree, deleted);
            if (deleted)
                QCOMPARE(stagesAfter(tree, deleted), count - 1);
            const auto rebased = changeBase(tree, graph, stage.key, u"busybox:1.37"_s);
            checkLaws(text, tree, rebased);
            if (rebased)
                QCOMPARE(build(tree.edited(*rebased)).stages[size_t(stage.index)].base, u"busybox:1.37"_s);
            checkLaws(text, tree, addStage(tree, graph, u"brand-new"_s, u"scratch"_s, stage.key));
            (void)producedPaths(tree, graph, stage.key);
            for (int k = 0; k < count; k += step) {
                const Stage &other = graph.stages[size_t(k)];
                const auto connected = connectByCopy(tree, graph, other.key, stage.key, u"/x"_s, u"/x"_s);
                checkLaws(text, tree, connected);
                if (!connected)
                    continue;
                const StageGraph after = build(tree.edited(*connected));
                QVERIFY(std::ranges::any_of(after.edges, [&](const Edge &edge) {
                    return edge.kind == EdgeKind::CopyFrom && edge.from == other.key && edge.to == stage.key;
                }));
            }
        }
    }

    void anyPrefixHasAGraph_data() { addCorpus(); }

    void anyPrefixHasAGraph()
    {
        QFETCH(QString, text);
        constexpr qsizetype longest = 400; // each prefix is a file: quadratic
        const qsizetype step = text.size() > longest ? text.size() / longest + 1 : 1;
        for (qsizetype length = 0; length <= text.size(); length += step) {
            const auto tree = dockerfile::parse(text.first(length));
            const StageGraph graph = build(tree);
            for (const Stage &stage : graph.stages) {
                QVERIFY(stage.fromLine >= 0 && stage.fromLine <= stage.lastLine);
                QVERIFY(stage.lastLine < tree.lineCount());
                QCOMPARE(graph.stageAtLine(stage.fromLine), &stage);
                QCOMPARE(graph.stage(stage.key), &stage);
            }
            if (length % 97 == 0)
                (void)toJson(tree, graph);
        }
    }
};

QTEST_APPLESS_MAIN(TestGraphLaws)
#include "tst_graphlaws.moc"
