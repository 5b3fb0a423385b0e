// SPDX-License-Identifier: Apache-2.0
#include "engine/nodechoice.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace engine;

namespace {

KnownNode node(const QString &name, const QStringList &platforms, bool isReachable = true)
{
    KnownNode node{.place = {}, .platforms = platforms};
    node.place.name = name;
    if (isReachable) {
        node.place.buildKit = BuildKitAddress{};
        node.place.buildKit->serverName = name;
    } else {
        node.place.problem = u"no kubernetes here"_s;
    }
    return node;
}

}

class tst_NodeChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBuildGoesToTheNodeThatItFits_data();
    void aBuildGoesToTheNodeThatItFits();
    void severalPlatformsNeedOneNodeThatHasThemAll();
    void aBuilderOutOfReachSaysWhy();
};

void tst_NodeChoice::aBuildGoesToTheNodeThatItFits_data()
{
    QTest::addColumn<QStringList>("platforms");
    QTest::addColumn<QString>("chosen");
    QTest::newRow("no wish: the first") << QStringList{} << u"amd"_s;
    QTest::newRow("native before emulated") << QStringList{u"linux/arm64"_s} << u"arm"_s;
    QTest::newRow("v8 is arm64's only variant") << QStringList{u"linux/arm64/v8"_s} << u"arm"_s;
    QTest::newRow("emulated where none is native") << QStringList{u"linux/s390x"_s} << u"amd"_s;
    QTest::newRow("a node of which nothing is known, last") << QStringList{u"linux/riscv64"_s} << u"dark"_s;
    QTest::newRow("all on one") << QStringList{u"linux/amd64"_s, u"linux/arm64"_s} << u"amd"_s;
}

void tst_NodeChoice::aBuildGoesToTheNodeThatItFits()
{
    QFETCH(QStringList, platforms);
    const std::vector<KnownNode> nodes{node(u"far"_s, {u"linux/amd64"_s}, false),
                                       node(u"amd"_s, {u"linux/amd64"_s, u"linux/arm64"_s, u"linux/s390x"_s}),
                                       node(u"arm"_s, {u"linux/arm64"_s}), node(u"dark"_s, {})};
    const auto chosen = nodeFor(u"farm"_s, nodes, platforms);
    QVERIFY(chosen);
    QTEST(chosen->serverName, "chosen");
}

void tst_NodeChoice::severalPlatformsNeedOneNodeThatHasThemAll()
{
    const std::vector<KnownNode> nodes{node(u"amd"_s, {u"linux/amd64"_s}),
                                       node(u"arm"_s, {u"linux/arm64"_s})};
    const auto chosen = nodeFor(u"farm"_s, nodes, {u"linux/amd64"_s, u"linux/arm64"_s});
    QVERIFY(!chosen);
    QVERIFY(chosen.error().hint.contains("not spread over several nodes"_L1));
    QVERIFY(chosen.error().detail.contains("arm: linux/arm64"_L1));
    const auto none = nodeFor(u"farm"_s, nodes, {u"linux/s390x"_s});
    QVERIFY(!none);
    QCOMPARE(none.error().message, u"no node of the builder \"farm\" builds for linux/s390x"_s);
}

void tst_NodeChoice::aBuilderOutOfReachSaysWhy()
{
    const auto chosen = nodeFor(u"farm"_s, {node(u"pod"_s, {}, false)}, {});
    QVERIFY(!chosen);
    QCOMPARE(chosen.error().hint, u"no kubernetes here"_s);
}

QTEST_GUILESS_MAIN(tst_NodeChoice)
#include "tst_nodechoice.moc"
