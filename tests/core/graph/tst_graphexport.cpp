// SPDX-License-Identifier: Apache-2.0
#include "graph/graphexport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace graph;
using namespace Qt::StringLiterals;

class TestGraphExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonCountsRowsFromOne()
    {
        const auto tree = dockerfile::parse(
            u"# x\nFROM golang:1.24 AS builder\nRUN a \\\n b\nFROM scratch\nCOPY --from=builder /a /\n"_s);
        const QJsonObject json = QJsonDocument::fromJson(toJson(tree, build(tree))).object();
        QCOMPARE(json[u"target"].toString(), u"stage:1"_s);
        const QJsonObject builder = json[u"stages"][0].toObject();
        QCOMPARE(builder[u"id"].toString(), u"stage:builder"_s);
        QCOMPARE(builder[u"firstRow"].toInt(), 2);
        QCOMPARE(builder[u"lastRow"].toInt(), 4);
        QCOMPARE(builder[u"instructions"][0][u"row"].toInt(), 3);
        QCOMPARE(builder[u"instructions"][0][u"text"].toString(), u"RUN a b"_s);
        QCOMPARE(json[u"images"][1][u"id"].toString(), u"image:scratch"_s);
        const QJsonObject edge = json[u"edges"][2].toObject();
        QCOMPARE(edge[u"kind"].toString(), u"copy"_s);
        QCOMPARE(edge[u"from"].toString(), u"stage:builder"_s);
        QCOMPARE(edge[u"rows"][0].toInt(), 6);
        QCOMPARE(edge[u"label"].toString(), u"/a"_s);
    }

    void anEmptyFileIsJsonToo()
    {
        const auto tree = dockerfile::parse({});
        const QJsonObject json = QJsonDocument::fromJson(toJson(tree, build(tree))).object();
        QVERIFY(json[u"stages"].toArray().isEmpty());
        QVERIFY(json[u"target"].isNull());
    }

    void graphvizReadsTheDotText()
    {
        const QByteArray dot = toDot(build(dockerfile::parse(
            u"FROM \"we\\ird\"image AS a\nFROM a\nCOPY --from=a \"/x y\" /\nCOPY . /\nFROM alpine AS b"_s)));
        QVERIFY(dot.startsWith("digraph"));
        const QString program = QStandardPaths::findExecutable(u"dot"_s);
        if (program.isEmpty())
            QSKIP("Graphviz' dot program is not installed");
        QProcess process;
        process.start(program, {u"-Tcanon"_s});
        process.write(dot);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestGraphExport)
#include "tst_graphexport.moc"
