// SPDX-License-Identifier: Apache-2.0
#include "engine/builderstore.h"
#include "engine/contextstore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using engine::BuildKitAddress;
using engine::Endpoint;

class TestBuilderStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_environment = {};
        m_environment.insert(u"HOME"_s, m_home->path());
    }

    void aRemoteBuilderNamesItsDaemonAndItsKeys()
    {
        writeInstance(u"rem"_s,
                      "{'Name':'rem','Driver':'remote','Nodes':[{'Name':'rem0','Endpoint':'tcp://h:1234',"
                      "'Platforms':[{'architecture':'arm64','os':'linux'}],"
                      "'DriverOpts':{'cacert':'/ca','cert':'/c','key':'/k','servername':'s'}}]}");
        const auto found = engine::findBuilders(m_environment);
        QCOMPARE(found.builders.size(), 1);
        const auto &node = found.builders[0].nodes.at(0);
        QVERIFY(node.address);
        QCOMPARE(node.address->kind, BuildKitAddress::Kind::Daemon);
        QCOMPARE(node.address->endpoint.kind, Endpoint::Kind::Tls);
        QCOMPARE(node.address->endpoint.caFile, u"/ca"_s);
        QCOMPARE(node.address->serverName, u"s"_s);
        QCOMPARE(node.platforms, QStringList{u"linux/arm64"_s});
    }

    void aContainerBuilderIsReachedThroughItsEngine()
    {
        writeContext(u"work"_s, u"tcp://work:2376"_s);
        writeInstance(u"cont"_s,
                      "{'Name':'cont','Driver':'docker-container','Nodes':["
                      "{'Name':'cont0','Endpoint':'unix:///run/d.sock'},{'Name':'cont1','Endpoint':'work'},"
                      "{'Name':'cont2','Endpoint':'gone'}]}");
        const auto builder = engine::findBuilders(m_environment).builders.at(0);
        QCOMPARE(builder.nodes.size(), 3);
        QCOMPARE(builder.nodes[0].address->kind, BuildKitAddress::Kind::Container);
        QCOMPARE(builder.nodes[0].address->container, u"buildx_buildkit_cont0"_s);
        QCOMPARE(builder.nodes[0].address->endpoint.path, u"/run/d.sock"_s);
        QCOMPARE(builder.nodes[1].address->endpoint.host, u"work"_s);
        QVERIFY(!builder.nodes[2].address);
        QVERIFY(builder.nodes[2].problem.contains(u"gone"_s));
    }

    void theCurrentBuilderIsTheVariablesElseTheStores()
    {
        for (const QString &name : {u"a"_s, u"b"_s})
            writeInstance(name, "{'Name':'%1','Driver':'kubernetes','Nodes':[{'Name':'n'}]}", name);
        write(u"buildx/current"_s, "{'Key':'unix:///x','Name':'b','Global':false}");
        auto builders = engine::findBuilders(m_environment).builders;
        QVERIFY(!builders[0].isCurrent && builders[1].isCurrent);
        m_environment.insert(u"BUILDX_BUILDER"_s, u"a"_s);
        builders = engine::findBuilders(m_environment).builders;
        QVERIFY(builders[0].isCurrent && !builders[1].isCurrent);
        QVERIFY(builders[0].nodes[0].problem.contains(u"kubernetes"_s));
    }

    void aFileThatCannotBeReadIsAProblemAndHidesNoOther()
    {
        writeInstance(u"bad"_s, "{");
        writeInstance(u"good"_s, "{'Name':'good','Driver':'remote','Nodes':[]}");
        const auto found = engine::findBuilders(m_environment);
        QCOMPARE(found.builders.size(), 1);
        QCOMPARE(found.problems.size(), 1);
        QVERIFY(found.problems[0].where.endsWith(u"instances/bad"_s));
    }

    void withoutAStoreThereAreNone()
    {
        const auto found = engine::findBuilders(m_environment);
        QVERIFY(found.builders.empty() && found.problems.empty());
    }

    void theContextsAreListedByName()
    {
        writeContext(u"work"_s, u"tcp://work:2375"_s);
        writeContext(u"home"_s, u"unix:///run/home.sock"_s);
        QCOMPARE(engine::ContextStore(m_home->filePath(u".docker"_s)).names(),
                 (QStringList{u"home"_s, u"work"_s}));
    }

private:
    void write(const QString &name, const QByteArray &text)
    {
        const QString path = m_home->filePath(u".docker/"_s + name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(text).replace('\'', '"')); // easier to read above
    }
    void writeInstance(const QString &name, const char *json, const QString &argument = {})
    {
        write(u"buildx/instances/"_s + name, QByteArray(json).replace("%1", argument.toUtf8()));
    }
    void writeContext(const QString &name, const QString &host)
    {
        const auto hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex();
        write(u"contexts/meta/%1/meta.json"_s.arg(QString::fromLatin1(hash)),
              u"{\"Name\":\"%1\",\"Endpoints\":{\"docker\":{\"Host\":\"%2\"}}}"_s.arg(name, host).toUtf8());
    }

    std::unique_ptr<QTemporaryDir> m_home;
    QProcessEnvironment m_environment;
};

QTEST_GUILESS_MAIN(TestBuilderStore)
#include "tst_builderstore.moc"
