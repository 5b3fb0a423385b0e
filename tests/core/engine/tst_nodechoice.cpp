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
    void aPlatformGoesToTheNodeThatItFits_data();
    void aPlatformGoesToTheNodeThatItFits();
    void eachNodeBuildsItsOwnPlatforms();
    void whatCannotBePutTogetherGoesToOneNodeThatDoesAll();
    void whatCannotBeSharedSaysWhy_data();
    void whatCannotBeSharedSaysWhy();
    void aPlatformOfNobodyIsNamed();
    void aBuilderOutOfReachSaysWhy();
    void withoutNodesTheEngineBuilds();

private:
    const SolveOptions m_push{.push = true};
    const QStringList m_both{u"linux/amd64"_s, u"linux/arm64"_s};
};

void tst_NodeChoice::aPlatformGoesToTheNodeThatItFits_data()
{
    QTest::addColumn<QStringList>("platforms");
    QTest::addColumn<QString>("chosen");
    QTest::newRow("no wish: the first") << QStringList{} << u"amd"_s;
    QTest::newRow("native before emulated") << QStringList{u"linux/arm64"_s} << u"arm"_s;
    QTest::newRow("v8 is arm64's only variant") << QStringList{u"linux/arm64/v8"_s} << u"arm"_s;
    QTest::newRow("emulated where none is native") << QStringList{u"linux/s390x"_s} << u"amd"_s;
    QTest::newRow("a node of which nothing is known, last") << QStringList{u"linux/riscv64"_s} << u"dark"_s;
    QTest::newRow("given by a person") << QStringList{u"linux/386"_s} << u"given"_s;
    QTest::newRow("both of one node") << QStringList{u"linux/amd64"_s, u"linux/s390x"_s} << u"amd"_s;
}

void tst_NodeChoice::aPlatformGoesToTheNodeThatItFits()
{
    QFETCH(QStringList, platforms);
    std::vector<KnownNode> nodes{
        node(u"far"_s, {u"linux/amd64"_s}, false),
        node(u"amd"_s, {u"linux/amd64"_s, u"linux/386"_s, u"linux/arm64"_s, u"linux/s390x"_s}),
        node(u"arm"_s, {u"linux/arm64"_s}), node(u"dark"_s, {}),
        node(u"given"_s, {u"linux/mips64"_s, u"linux/386"_s})};
    nodes.back().place.platforms = nodes.back().platforms;
    const auto shares = sharesOf(u"farm"_s, nodes, platforms, m_push);
    QVERIFY(shares);
    QCOMPARE(shares->size(), 1);
    QTEST(shares->front().address.serverName, "chosen");
    QCOMPARE(shares->front().platforms, platforms);
}

void tst_NodeChoice::eachNodeBuildsItsOwnPlatforms()
{
    const std::vector<KnownNode> nodes{
        node(u"farm/amd"_s, {u"linux/amd64"_s, u"linux/arm64"_s, u"linux/s390x"_s}),
        node(u"farm/arm"_s, {u"linux/arm64"_s, u"linux/arm/v7"_s})};
    const auto shares = sharesOf(
        u"farm"_s, nodes, {u"linux/arm64"_s, u"linux/amd64"_s, u"linux/arm/v7"_s, u"linux/s390x"_s}, m_push);
    QVERIFY(shares);
    QCOMPARE(shares->size(), 2);
    QCOMPARE(shares->front().node, u"arm"_s);
    QCOMPARE(shares->front().platforms, QStringList({u"linux/arm64"_s, u"linux/arm/v7"_s}));
    QCOMPARE(shares->back().node, u"amd"_s);
    QCOMPARE(shares->back().platforms, QStringList({u"linux/amd64"_s, u"linux/s390x"_s}));
}

void tst_NodeChoice::whatCannotBePutTogetherGoesToOneNodeThatDoesAll()
{
    const KnownNode arm = node(u"arm"_s, {u"linux/arm64"_s});
    const auto emulated =
        sharesOf(u"farm"_s, {node(u"amd"_s, {u"linux/amd64"_s, u"linux/arm64"_s}), arm}, m_both, {});
    QVERIFY(emulated);
    QCOMPARE(emulated->size(), 1);
    QCOMPARE(emulated->front().address.serverName, u"amd"_s);
    const auto refused = sharesOf(u"farm"_s, {node(u"amd"_s, {u"linux/amd64"_s}), arm}, m_both, {});
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains("loaded into the engine"_L1));
    QVERIFY(refused.error().hint.contains("--push"_L1));
}

void tst_NodeChoice::whatCannotBeSharedSaysWhy_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<QString>("reason"); // empty: it can
    QTest::newRow("a folder") << u"local"_s << QString() << QString();
    QTest::newRow("nothing") << u"cacheonly"_s << QString() << QString();
    QTest::newRow("an image that is pushed") << u"registry"_s << QString() << QString();
    QTest::newRow("an image that stays on the nodes") << u"image"_s << QString() << QString();
    QTest::newRow("an archive") << u"oci"_s << QString() << u"\"oci\" cannot be put together"_s;
    QTest::newRow("docker's archive") << u"docker"_s << QString() << u"\"docker\" cannot be put together"_s;
    QTest::newRow("files in an archive") << u"tar"_s << QString() << u"\"tar\" cannot be put together"_s;
    QTest::newRow("one folder for all") << u"local"_s << u"platform-split"_s << u"each other's files"_s;
}

void tst_NodeChoice::whatCannotBeSharedSaysWhy()
{
    QFETCH(QString, type);
    QFETCH(QString, attribute);
    QFETCH(QString, reason);
    SolveOptions options;
    options.outputs = {{.type = type, .attributes = {{u"dest"_s, u"/x"_s}}}};
    if (!attribute.isEmpty())
        options.outputs.front().attributes.emplace_back(attribute, u"false"_s);
    const auto why = whyNotShared(options);
    QCOMPARE(why.has_value(), !reason.isEmpty());
    if (!why)
        return;
    QVERIFY2(why->message.contains(reason), qPrintable(why->message));
    QVERIFY(!why->hint.isEmpty());
}

void tst_NodeChoice::aPlatformOfNobodyIsNamed()
{
    const auto none =
        sharesOf(u"farm"_s, {node(u"amd"_s, {u"linux/amd64"_s}), node(u"arm"_s, {u"linux/arm64"_s})},
                 {u"linux/amd64"_s, u"linux/s390x"_s}, m_push);
    QVERIFY(!none);
    QCOMPARE(none.error().message, u"no node of the builder \"farm\" builds for linux/s390x"_s);
    QVERIFY(none.error().detail.contains("arm: linux/arm64"_L1));
}

void tst_NodeChoice::aBuilderOutOfReachSaysWhy()
{
    const auto chosen = sharesOf(u"farm"_s, {node(u"pod"_s, {}, false)}, {}, {});
    QVERIFY(!chosen);
    QCOMPARE(chosen.error().hint, u"no kubernetes here"_s);
}

void tst_NodeChoice::withoutNodesTheEngineBuilds()
{
    const auto shares = sharesOf(u"default"_s, {}, m_both, {});
    QVERIFY(shares && shares->empty());
}

QTEST_GUILESS_MAIN(tst_NodeChoice)
#include "tst_nodechoice.moc"
