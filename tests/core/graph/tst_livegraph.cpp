// SPDX-License-Identifier: Apache-2.0
// The graph that is kept up to date while somebody types is the one that a fresh reading gives, after every
// edit.
#include "graph/livegraph.h"

#include <QRandomGenerator>
#include <QTest>

using namespace graph;
using namespace Qt::StringLiterals;

namespace {

const QString ladder =
    u"# syntax=docker/dockerfile:1\nARG V=1.24\nARG BASE=alpine\n\nFROM golang:${V} AS builder\n"
    "WORKDIR /src\nCOPY go.mod go.sum ./\nCOPY . .\nRUN --mount=type=cache,target=/c \\\n    # why\n"
    "    go build -o /app .\nCOPY <<EOF /etc/app.conf\nport=1\nEOF\n\n# the image\nFROM $BASE AS base\n"
    "RUN --mount=from=builder,target=/b true\n\nFROM base\nCOPY --from=builder /app /app\n"
    "COPY --from=0 /etc/ssl /etc/ssl\nCOPY --from=busybox:1 /bin/sh /bin/\nENTRYPOINT [\"/app\"]\n"_s;

/// A document as a workspace keeps it.
struct Document
{
    explicit Document(const QString &start)
        : text(start)
        , tree(dockerfile::parse(start))
        , graph(live.updated({}, tree))
    {}

    void apply(const base::TextEdit &edit)
    {
        edit.applyTo(text);
        tree = tree.edited(edit);
        graph = live.updated(std::move(graph), tree);
    }
    [[nodiscard]] bool isUpToDate() const { return graph == build(dockerfile::parse(text)); }

    QString text;
    dockerfile::Tree tree;
    LiveGraph live;
    StageGraph graph;
};

base::TextEdit randomEdit(const QString &text, QRandomGenerator &random)
{
    static const QStringList pieces{u"\n"_s,
                                    u"x"_s,
                                    u" "_s,
                                    u"#"_s,
                                    u"0"_s,
                                    u"# a comment\n"_s,
                                    u"\n\n"_s,
                                    u"FROM a AS b\n"_s,
                                    u"FROM builder\n"_s,
                                    u"FROM $V AS Base\n"_s,
                                    u"ARG V=2\n"_s,
                                    u"RUN true\n"_s,
                                    u"COPY a b\n"_s,
                                    u"COPY --from=builder /x /y\n"_s,
                                    u"COPY --from=1 /x /y\n"_s,
                                    u"COPY --from=b /x\\\n/y /z\n"_s,
                                    u"RUN --mount=from=base,source=/q,target=/t x\n"_s,
                                    u"RUN <<EOF\n"_s,
                                    u"EOF\n"_s,
                                    u"\\\n"_s,
                                    u"# escape=`\n"_s,
                                    u"--from=builder "_s,
                                    u"--platform=linux/arm64 "_s};
    const qsizetype at = random.bounded(int(text.size()) + 1);
    switch (random.bounded(4)) {
    case 0:
        return base::TextEdit({at, std::min<qsizetype>(random.bounded(12), text.size() - at)}, {});
    case 1:
        return base::TextEdit({at, std::min<qsizetype>(random.bounded(40), text.size() - at)},
                              pieces[random.bounded(pieces.size())]);
    case 2: { // whole lines, as people paste them
        const qsizetype lineStart = at == 0 ? 0 : text.lastIndexOf(u'\n', at - 1) + 1;
        return base::TextEdit({lineStart, 0}, pieces[random.bounded(pieces.size())]);
    }
    default:
        return base::TextEdit({at, 0}, pieces[random.bounded(pieces.size())]);
    }
}

}

class TestLiveGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEditGivesTheGraphOfAFreshReading_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 100; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void everyEditGivesTheGraphOfAFreshReading() // 10,000 edits in all
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        Document document(ladder);
        for (int i = 0; i < 100; ++i) {
            const base::TextEdit edit = randomEdit(document.text, random);
            const QString before = document.text;
            document.apply(edit);
            if (!document.isUpToDate()) {
                qInfo().noquote() << before << "\n----\n" << document.text;
                QFAIL("the kept graph is another one");
            }
        }
    }

    void everyKeyOfALineGivesTheGraphOfAFreshReading_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("before");
        QTest::newRow("a stage in the middle") << u"FROM alpine:3.22 AS certs\n"_s << u"# the image"_s;
        QTest::newRow("a stage at the top") << u"FROM alpine:3.22 AS certs\n"_s << u"FROM golang"_s;
        QTest::newRow("a variable above all stages") << u"ARG BASE=debian\n"_s << u"\nFROM golang"_s;
        QTest::newRow("a comment at the very top") << u"# what this is\n"_s << u"# syntax"_s;
        QTest::newRow("an edge") << u"COPY --from=base /x /y\n"_s << u"COPY --from=builder"_s;
        QTest::newRow("one path more of an edge") << u"COPY --from=builder /more /y\n"_s << u"ENTRYPOINT"_s;
        QTest::newRow("a mount") << u"RUN --mount=from=builder,target=/x true\n"_s << u"ENTRYPOINT"_s;
        QTest::newRow("an image that is not there yet")
            << u"COPY --from=redis:8 /x /y\n"_s << u"ENTRYPOINT"_s;
        QTest::newRow("a command") << u"RUN make all\n"_s << u"WORKDIR"_s;
        QTest::newRow("a comment above a FROM") << u"# and why\n"_s << u"FROM base"_s;
    }

    void everyKeyOfALineGivesTheGraphOfAFreshReading()
    {
        QFETCH(QString, line);
        QFETCH(QString, before);
        Document document(ladder);
        const qsizetype at = ladder.indexOf(before);
        QVERIFY(at >= 0);
        for (qsizetype i = 0; i < line.size(); ++i) {
            document.apply(base::TextEdit({at + i, 0}, line.mid(i, 1)));
            QVERIFY2(document.isUpToDate(), qPrintable(line.first(i + 1)));
        }
        for (qsizetype i = line.size(); i > 0; --i) {
            document.apply(base::TextEdit({at + i - 1, 1}, {}));
            QVERIFY2(document.isUpToDate(), qPrintable(line.first(i - 1)));
        }
        QCOMPARE(document.text, ladder);
    }

    void targetAndValuesCount()
    {
        const auto tree = dockerfile::parse(ladder);
        LiveGraph live;
        StageGraph graph = live.updated({}, tree);
        graph = live.updated(std::move(graph), tree, u"builder"_s);
        QVERIFY(graph == build(tree, u"builder"_s));
        dockerfile::BuildContextValues values;
        values.buildArgs.insert(u"BASE"_s, u"builder"_s);
        graph = live.updated(std::move(graph), tree, u"base"_s, values);
        QVERIFY(graph == build(tree, u"base"_s, values));
    }

    void aKeyThatAGraphDoesNotKnowLeavesItUntouched()
    {
        Document document(ladder);
        const StageGraph before = document.graph;
        document.apply(base::TextEdit({ladder.indexOf(u"go build"), 0}, u"x"_s));
        QVERIFY(document.graph.isSharedWith(before));
        document.apply(base::TextEdit({ladder.indexOf(u"# why") + 3, 0}, u"x"_s));
        QVERIFY(document.graph.isSharedWith(before));
        document.apply(base::TextEdit({ladder.indexOf(u"go.sum"), 0}, u"x "_s));
        QVERIFY(!document.graph.isSharedWith(before));
        QVERIFY(before == build(dockerfile::parse(ladder))); // whoever kept it has it still
    }
};

QTEST_APPLESS_MAIN(TestLiveGraph)
#include "tst_livegraph.moc"
