// SPDX-License-Identifier: Apache-2.0
// A builder of two nodes, used by the program: "build --builder" and "bake --builder". Both nodes are the
// engine of STAGELOOM_TEST_ENGINE, each on a socket of its own.
#include "programrun.h"
#include "support/buildkitfront.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_BuilderCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { qunsetenv("BUILDX_CONFIG"); }
    void eachNodeBuildsItsOwnPlatforms();
    void bakeSharesTheWorkToo();
    void onePlatformGoesToItsNode();
    void whatCannotBeBuiltIsSaidBeforeAnythingIsSent_data();
    void whatCannotBeBuiltIsSaidBeforeAnythingIsSent();

private:
    [[nodiscard]] ProgramRun build(const QStringList &arguments) const
    {
        return runProgram(QStringList{u"build"_s, m_context.path(), u"--builder"_s, u"farm"_s} + arguments,
                          {}, m_host);
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QString m_host = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
    QTemporaryDir m_context;
    QTemporaryDir m_store;
    std::unique_ptr<BuildKitFront> m_amd;
    std::unique_ptr<BuildKitFront> m_arm;
};

void tst_BuilderCommand::initTestCase()
{
    if (!m_host.startsWith("unix://"_L1))
        QSKIP("STAGELOOM_TEST_ENGINE names no engine of this machine; packaging/test.sh starts one");
    if (isPodman(m_host))
        QSKIP("Podman has no BuildKit");
    m_amd = std::make_unique<BuildKitFront>(m_host.sliced(7));
    m_arm = std::make_unique<BuildKitFront>(m_host.sliced(7));
    const auto node = [](const QString &name, const BuildKitFront &front, const QString &architecture) {
        return QJsonObject{{u"Name"_s, name},
                           {u"Endpoint"_s, QString(u"unix://"_s + front.path())},
                           {u"Platforms"_s, QJsonArray{QJsonObject{{u"os"_s, u"linux"_s},
                                                                   {u"architecture"_s, architecture}}}}};
    };
    const QJsonArray nodes{node(u"left"_s, *m_amd, u"amd64"_s), node(u"right"_s, *m_arm, u"arm64"_s)};
    writeFile(
        m_store, u"instances/farm"_s,
        QJsonDocument(QJsonObject{{u"Name"_s, u"farm"_s}, {u"Driver"_s, u"remote"_s}, {u"Nodes"_s, nodes}})
            .toJson());
    qputenv("BUILDX_CONFIG", m_store.path().toUtf8());
    writeFile(m_context, u"Dockerfile"_s, "FROM scratch\nARG TARGETARCH\nCOPY ${TARGETARCH} /said\n");
    writeFile(m_context, u"amd64"_s, "for amd64");
    writeFile(m_context, u"arm64"_s, "for arm64");
}

void tst_BuilderCommand::eachNodeBuildsItsOwnPlatforms()
{
    QTemporaryDir out;
    const auto run = build({u"--platform"_s, u"linux/amd64,linux/arm64"_s, u"-o"_s,
                            u"type=local,dest="_s + out.path(), u"--progress"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(read(out.filePath(u"linux_amd64/said"_s)), "for amd64");
    QCOMPARE(read(out.filePath(u"linux_arm64/said"_s)), "for arm64");
    QVERIFY(m_amd->connections > 0 && m_arm->connections > 0);
    QSet<QString> platforms;
    QSet<QString> nodes;
    for (const QByteArray &line : QByteArray(run.out + run.err).split('\n')) {
        const auto event = QJsonDocument::fromJson(line).object();
        if (event["event"_L1] != "step"_L1)
            continue;
        platforms.insert(event["platform"_L1].toString());
        nodes.insert(event["id"_L1].toString().section(u'/', 0, 0));
    }
    QCOMPARE(platforms, QSet<QString>({u"linux/amd64"_s, u"linux/arm64"_s}));
    QCOMPARE(nodes, QSet<QString>({u"left"_s, u"right"_s}));
}

void tst_BuilderCommand::bakeSharesTheWorkToo()
{
    QTemporaryDir out;
    const QString output = u"type=local,dest="_s + out.path();
    const QJsonObject target{{u"context"_s, m_context.path()},
                             {u"platforms"_s, QJsonArray{u"linux/amd64"_s, u"linux/arm64"_s}},
                             {u"output"_s, QJsonArray{output}}};
    const QJsonObject bake{{u"target"_s, QJsonObject{{u"default"_s, target}}}};
    writeFile(out, u"docker-bake.json"_s, QJsonDocument(bake).toJson());
    const auto run = runShell(
        u"cd '%1' && \"$STAGELOOM_PROGRAM\" bake --builder farm --allow fs=*"_s.arg(out.path()), {}, m_host);
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(read(out.filePath(u"linux_arm64/said"_s)), "for arm64");
    QCOMPARE(read(out.filePath(u"linux_amd64/said"_s)), "for amd64");
}

void tst_BuilderCommand::onePlatformGoesToItsNode()
{
    QTemporaryDir out;
    const int before = m_amd->connections;
    const auto run = build({u"--platform"_s, u"linux/arm64"_s, u"-o"_s, u"type=local,dest="_s + out.path()});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(read(out.filePath(u"said"_s)), "for arm64");
    QCOMPARE(m_amd->connections, before);
}

void tst_BuilderCommand::whatCannotBeBuiltIsSaidBeforeAnythingIsSent_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const QString both = u"linux/amd64,linux/arm64"_s;
    QTest::newRow("an image for the engine") << QStringList{u"--platform"_s, both} << QByteArray("--push");
    QTest::newRow("an archive") << QStringList{u"--platform"_s, both, u"-o"_s,
                                               u"type=oci,dest=/tmp/never.tar"_s}
                                << QByteArray("\"oci\" cannot be put together");
    QTest::newRow("a platform of no node") << QStringList{u"--platform"_s, u"linux/amd64,linux/s390x"_s,
                                                          u"--push"_s, u"-t"_s, u"example.invalid/never"_s}
                                           << QByteArray("builds for linux/s390x");
    QTest::newRow("a builder that is not there")
        << QStringList{u"--builder"_s, u"nobody"_s} << QByteArray("there is no builder \"nobody\"");
}

void tst_BuilderCommand::whatCannotBeBuiltIsSaidBeforeAnythingIsSent()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const int before = m_amd->connections + m_arm->connections;
    const auto run = build(arguments);
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains(words), run.err.constData());
    QCOMPARE(m_amd->connections + m_arm->connections, before);
}

QTEST_GUILESS_MAIN(tst_BuilderCommand)
#include "tst_buildercommand.moc"
