// SPDX-License-Identifier: Apache-2.0
#include "graph/graphdiff.h"

#include <QTest>

using namespace graph;
using namespace Qt::StringLiterals;

namespace {

QStringList namesOf(const std::vector<NodeKey> &keys)
{
    QStringList names;
    for (const NodeKey &key : keys)
        names.append(key.name);
    names.sort();
    return names;
}

}

class TestGraphDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nodesAreFoundAgain_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QStringList>("added");
        QTest::addColumn<QStringList>("gone");
        QTest::addColumn<QStringList>("renamed");
        QTest::addColumn<bool>("changesShape");
        const QString two =
            u"FROM golang AS builder\nRUN x\nFROM alpine AS final\nCOPY --from=builder /a /\n"_s;
        QTest::newRow("nothing") << two << two << QStringList{} << QStringList{} << QStringList{} << false;
        QTest::newRow("an instruction more moves nothing")
            << two
            << u"FROM golang AS builder\nRUN x\nRUN y\nFROM alpine AS final\nCOPY --from=builder /a /\n"_s
            << QStringList{} << QStringList{} << QStringList{} << false;
        QTest::newRow("a stage renamed with its references")
            << two << u"FROM golang AS build\nRUN x\nFROM alpine AS final\nCOPY --from=build /a /\n"_s
            << QStringList{} << QStringList{} << QStringList{u"builder>build"_s} << false;
        QTest::newRow("a stage named at last")
            << u"FROM golang\nFROM alpine"_s << u"FROM golang AS b\nFROM alpine"_s << QStringList{}
            << QStringList{} << QStringList{u"0>b"_s} << false;
        QTest::newRow("an image being typed")
            << u"FROM alpin AS a"_s << u"FROM alpine AS a"_s << QStringList{} << QStringList{}
            << QStringList{u"alpin>alpine"_s} << false;
        QTest::newRow("a stage above shifts the unnamed ones")
            << u"FROM golang\nRUN a\nFROM alpine\n"_s
            << u"FROM node AS n\nFROM golang\nRUN a\nFROM alpine\n"_s << QStringList{u"n"_s, u"node"_s}
            << QStringList{} << QStringList{u"0>1"_s, u"1>2"_s} << true;
        QTest::newRow("a stage more")
            << u"FROM golang AS a"_s << u"FROM golang AS a\nFROM scratch AS b"_s
            << QStringList{u"b"_s, u"scratch"_s} << QStringList{} << QStringList{} << true;
        QTest::newRow("a connection more") << u"FROM golang AS a\nFROM alpine AS b"_s
                                           << u"FROM golang AS a\nFROM alpine AS b\nCOPY --from=a /x /"_s
                                           << QStringList{} << QStringList{} << QStringList{} << true;
        QTest::newRow("all gone") << u"FROM golang AS a\nCOPY . ."_s << QString() << QStringList{}
                                  << QStringList{u""_s, u"a"_s, u"golang"_s} << QStringList{} << true;
    }

    void nodesAreFoundAgain()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const GraphDiff change = diff(build(dockerfile::parse(before)), build(dockerfile::parse(after)));
        QTEST(namesOf(change.added), "added");
        QTEST(namesOf(change.gone), "gone");
        QStringList renamed;
        for (const auto &[was, is] : change.renamed)
            renamed.append(was.name + u'>' + is.name);
        renamed.sort();
        QTEST(renamed, "renamed");
        QTEST(change.changesShape(), "changesShape");
    }

    void aChangedStageIsTold()
    {
        const GraphDiff change = diff(build(dockerfile::parse(u"FROM a AS x\nRUN 1\nFROM b AS y"_s)),
                                      build(dockerfile::parse(u"FROM a AS x\nRUN 1\nFROM b AS y\nRUN 2"_s)));
        QCOMPARE(namesOf(change.changed), QStringList{u"y"_s});
    }
};

QTEST_APPLESS_MAIN(TestGraphDiff)
#include "tst_graphdiff.moc"
