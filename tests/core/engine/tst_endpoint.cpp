// SPDX-License-Identifier: Apache-2.0
#include "engine/endpoint.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = engine::Endpoint::Kind;

class TestEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_environment.clear();
        m_environment.insert(u"HOME"_s, m_home->path());
        m_environment.insert(u"XDG_RUNTIME_DIR"_s, u"/run/user/7"_s);
    }

    void aHostIsRead_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("place");
        QTest::addColumn<int>("port");
        QTest::newRow("a socket") << u"unix:///var/run/docker.sock"_s << Kind::Unix
                                  << u"/var/run/docker.sock"_s << 0;
        QTest::newRow("tcp") << u"tcp://10.0.0.1:2375"_s << Kind::Tcp << u"10.0.0.1"_s << 2375;
        QTest::newRow("tcp over IPv6") << u"tcp://[::1]:2375"_s << Kind::Tcp << u"::1"_s << 2375;
        QTest::newRow("http, as some write it")
            << u"http://engine:2375"_s << Kind::Tcp << u"engine"_s << 2375;
        QTest::newRow("https is TLS") << u"https://engine:2376"_s << Kind::Tls << u"engine"_s << 2376;
        QTest::newRow("blanks around") << u" unix:///s \n"_s << Kind::Unix << u"/s"_s << 0;
    }
    void aHostIsRead()
    {
        QFETCH(QString, host);
        QFETCH(Kind, kind);
        QFETCH(QString, place);
        QFETCH(int, port);
        const auto endpoint = engine::parseHost(host, u"here"_s);
        QVERIFY(endpoint);
        QCOMPARE(endpoint->kind, kind);
        QCOMPARE(kind == Kind::Unix ? endpoint->path : endpoint->host, place);
        QCOMPARE(endpoint->port, port);
        QCOMPARE(endpoint->origin, u"here"_s);
    }

    void aHostThatCannotBeUsedSaysWhy_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<base::Error::Kind>("kind");
        QTest::newRow("nothing") << u""_s << base::Error::Kind::Malformed;
        QTest::newRow("no scheme") << u"localhost:2375"_s << base::Error::Kind::Malformed;
        QTest::newRow("no port") << u"tcp://localhost"_s << base::Error::Kind::Malformed;
        QTest::newRow("no host") << u"tcp://:2375"_s << base::Error::Kind::Malformed;
        QTest::newRow("a relative socket") << u"unix://docker.sock"_s << base::Error::Kind::Malformed;
        QTest::newRow("Windows' pipe")
            << u"npipe:////./pipe/docker_engine"_s << base::Error::Kind::Unsupported;
        QTest::newRow("ssh to nowhere") << u"ssh://"_s << base::Error::Kind::Malformed;
    }
    void aHostThatCannotBeUsedSaysWhy()
    {
        QFETCH(QString, host);
        QFETCH(base::Error::Kind, kind);
        const auto endpoint = engine::parseHost(host, {});
        QVERIFY(!endpoint);
        QCOMPARE(endpoint.error().kind, kind);
        QVERIFY(!endpoint.error().message.isEmpty());
        QVERIFY(!endpoint.error().hint.isEmpty());
    }

    void withoutSettingsTheUsualSocketsAreListedInOrder()
    {
        const auto found = engine::findEndpoints(m_environment);
        QCOMPARE(found.binding, -1);
        QVERIFY(found.problems.empty());
        QStringList paths;
        for (const engine::Endpoint &endpoint : found.endpoints) {
            paths += endpoint.path;
            QVERIFY(!endpoint.origin.isEmpty());
        }
        const QString home = m_home->path();
        QCOMPARE(paths, (QStringList{u"/var/run/docker.sock"_s, u"/run/user/7/docker.sock"_s,
                                     home + u"/.docker/desktop/docker.sock"_s,
                                     u"/run/user/7/podman/podman.sock"_s, u"/run/podman/podman.sock"_s,
                                     home + u"/.local/share/stageloom/engine/docker.sock"_s}));
    }

    void dockerHostBinds()
    {
        m_environment.insert(u"DOCKER_HOST"_s, u"unix:///run/user/7/docker.sock"_s);
        m_environment.insert(u"DOCKER_CONTEXT"_s, u"ignored"_s);
        const auto found = engine::findEndpoints(m_environment);
        QCOMPARE(found.binding, 0);
        QCOMPARE(found.endpoints.front().origin, u"DOCKER_HOST"_s);
        QCOMPARE(std::ranges::count(found.endpoints, u"/run/user/7/docker.sock"_s, &engine::Endpoint::path),
                 1);
        QVERIFY(found.endpoints.size() > 1);
    }

    void dockerHostWithTlsTakesTheFilesThatAreThere()
    {
        QDir().mkpath(m_home->filePath(u"certs"_s));
        write(u"certs/ca.pem"_s, "x");
        write(u"certs/key.pem"_s, "x");
        m_environment.insert(u"DOCKER_HOST"_s, u"tcp://engine:2376"_s);
        m_environment.insert(u"DOCKER_TLS_VERIFY"_s, u"1"_s);
        m_environment.insert(u"DOCKER_CERT_PATH"_s, m_home->filePath(u"certs"_s));
        const engine::Endpoint endpoint = engine::findEndpoints(m_environment).endpoints.front();
        QCOMPARE(endpoint.kind, Kind::Tls);
        QCOMPARE(endpoint.caFile, m_home->filePath(u"certs/ca.pem"_s));
        QVERIFY(endpoint.certFile.isEmpty());
        QVERIFY(!endpoint.skipVerify);
        m_environment.remove(u"DOCKER_TLS_VERIFY"_s);
        m_environment.insert(u"DOCKER_TLS"_s, u"1"_s);
        QVERIFY(engine::findEndpoints(m_environment).endpoints.front().skipVerify);
    }

    void theCurrentContextBinds()
    {
        storeContext(u"work"_s, "tcp://build.example:2376");
        const QString tls = u".docker/contexts/tls/"_s + hashOf(u"work"_s) + u"/docker"_s;
        QDir().mkpath(m_home->filePath(tls));
        write(tls + u"/cert.pem"_s, "x");
        write(u".docker/config.json"_s, R"({"currentContext":"work","auths":{}})");
        const auto found = engine::findEndpoints(m_environment);
        QCOMPARE(found.binding, 0);
        const engine::Endpoint endpoint = found.endpoints.front();
        QCOMPARE(endpoint.kind, Kind::Tls);
        QCOMPARE(endpoint.host, u"build.example"_s);
        QVERIFY(endpoint.certFile.endsWith("/cert.pem"_L1));
        QVERIFY(endpoint.origin.contains("work"_L1));
    }

    void dockerConfigMovesTheStoreAndDockerContextWinsOverIt()
    {
        m_environment.insert(u"DOCKER_CONFIG"_s, m_home->filePath(u".docker"_s));
        m_environment.insert(u"HOME"_s, u"/nonexistent"_s);
        storeContext(u"one"_s, "unix:///one.sock");
        storeContext(u"zwei ü"_s, "unix:///two.sock");
        write(u".docker/config.json"_s, R"({"currentContext":"one"})");
        QCOMPARE(engine::findEndpoints(m_environment).endpoints.front().path, u"/one.sock"_s);
        m_environment.insert(u"DOCKER_CONTEXT"_s, u"zwei ü"_s);
        QCOMPARE(engine::findEndpoints(m_environment).endpoints.front().path, u"/two.sock"_s);
        m_environment.insert(u"DOCKER_CONTEXT"_s, u"default"_s);
        QCOMPARE(engine::findEndpoints(m_environment).binding, -1);
    }

    void aContextThatIsNotThereIsAProblemWithAName()
    {
        m_environment.insert(u"DOCKER_CONTEXT"_s, u"gone"_s);
        const auto found = engine::findEndpoints(m_environment);
        QCOMPARE(found.binding, -1);
        QCOMPARE(found.problems.size(), std::size_t(1));
        QVERIFY(found.problems.front().message.contains("gone"_L1));
    }

    void brokenConfigFilesCountAsAbsent()
    {
        QDir().mkpath(m_home->filePath(u".docker"_s));
        write(u".docker/config.json"_s, "{\"currentContext\": ");
        QCOMPARE(engine::findEndpoints(m_environment).binding, -1);
    }

    void theOwnEngineFollowsTheDataFolder()
    {
        m_environment.insert(u"XDG_DATA_HOME"_s, u"/data"_s);
        QCOMPARE(engine::ownEngineSocket(m_environment), u"/data/stageloom/engine/docker.sock"_s);
    }

private:
    static QString hashOf(const QString &name)
    {
        return QString::fromLatin1(
            QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex());
    }
    void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(m_home->filePath(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    void storeContext(const QString &name, const QByteArray &host)
    {
        const QString folder = u".docker/contexts/meta/"_s + hashOf(name);
        QDir().mkpath(m_home->filePath(folder));
        write(folder + u"/meta.json"_s,
              R"({"Endpoints":{"docker":{"SkipTLSVerify":false,"Host":")" + host + R"("}},"Metadata":{}})");
    }

    std::unique_ptr<QTemporaryDir> m_home;
    QProcessEnvironment m_environment;
};

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
