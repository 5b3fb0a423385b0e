// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/buildkitclient.h"
#include "fakebuildkit.h"
#include "faultyengine.h"
#include "tlsfront.h"

#include <QStandardPaths>
#include <QTcpServer>

using namespace Qt::StringLiterals;
using base::Error;

/// Engines and BuildKits behind TLS that wants to know who we are.
class TestTls : public FaultyEngine
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("openssl, which makes the certificates, is not there");
        QVERIFY(m_certificates.make());
        QTest::qWait(1100); // those of no day have expired by then
    }
    void init()
    {
        start();
        m_buildKit = std::make_unique<FakeBuildKit>(*m_fake);
    }
    void cleanup()
    {
        m_front.reset();
        m_buildKit.reset();
        stop();
    }

    void anEngineIsAskedAndBuildsOverTls_data()
    {
        QTest::addColumn<QString>("client");
        QTest::newRow("a key of an elliptic curve") << u"client"_s;
        QTest::newRow("the same, in PKCS #8") << u"pkcs8-client"_s;
        QTest::newRow("an RSA key, as openssl makes it today") << u"rsa-client"_s;
        QTest::newRow("an RSA key in the old form") << u"old-rsa-client"_s;
    }
    void anEngineIsAskedAndBuildsOverTls()
    {
        QFETCH(const QString, client);
        front(u"server"_s, {"h2", "http/1.1"});
        const auto engine = std::make_shared<engine::Client>(endpointAs(client));
        const auto info = await<engine::EngineInfo>([&](auto answer) { engine->connectToEngine(answer); });
        QVERIFY2(info, qPrintable(info ? QString() : info.error().text()));
        BuildRun run(engine, requestFor());
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        // An engine would answer REST and the upgrade in HTTP/2 if it were offered.
        QVERIFY(!m_front->negotiated.contains("h2"));
        QVERIFY(m_buildKit->connections > 0);
    }

    void aBuildOverTlsOnARealEngine()
    {
        const auto real = engine::parseHost(qEnvironmentVariable("STAGELOOM_TEST_ENGINE"), {});
        if (!real || real->kind != engine::Endpoint::Kind::Unix)
            QSKIP("STAGELOOM_TEST_ENGINE names no engine on a socket; packaging/test.sh starts one");
        front(u"server"_s, {"http/1.1"}, real->path);
        auto client = std::make_shared<engine::Client>(endpointAs(u"client"_s));
        const auto info = await<engine::EngineInfo>([&](auto answer) { client->connectToEngine(answer); });
        QVERIFY2(info, qPrintable(info ? QString() : info.error().text()));
        QTemporaryDir folder;
        QFile file(folder.filePath(u"large"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(3'000'000, 'x') + QByteArray::number(QDateTime::currentMSecsSinceEpoch()));
        file.close();
        engine::BuildRequest request;
        request.contextFolder = folder.path();
        request.dockerfile = "FROM scratch\nCOPY large /\n";
        request.options.outputs = {
            {.type = u"local"_s, .attributes = {{u"dest"_s, folder.filePath(u"out"_s)}}}};
        BuildRun run(client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(QFileInfo(folder.filePath(u"out/large"_s)).size(), QFileInfo(file).size());
    }

    void aBuildKitOfItsOwnIsSpokenToInHttp2()
    {
        front(u"server"_s, {"h2"});
        const auto workers = diskUsage(endpointAs(u"client"_s));
        QVERIFY2(workers, qPrintable(workers ? QString() : workers.error().text()));
        QCOMPARE(m_front->negotiated, QList<QByteArray>{"h2"});
    }

    void aBuildKitMayHaveItsCertificateForAnotherName()
    {
        front(u"elsewhere"_s, {"h2"});
        QVERIFY(!diskUsage(endpointAs(u"client"_s)));
        const auto records = diskUsage(endpointAs(u"client"_s), u"elsewhere"_s);
        QVERIFY2(records, qPrintable(records ? QString() : records.error().text()));
    }

    void whatIsWrongIsSaidWithItsMend_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("client");
        QTest::addColumn<QString>("hint");
        QTest::newRow("the engine's certificate is another authority's")
            << u"server"_s << u"stranger"_s << u"client"_s << u"ca.pem"_s;
        QTest::newRow("the engine's certificate is for another host")
            << u"elsewhere"_s << u"ca"_s << u"client"_s << u"name"_s;
        QTest::newRow("the engine's certificate has expired")
            << u"old-server"_s << u"ca"_s << u"client"_s << u"renewed"_s;
        QTest::newRow("we show none") << u"server"_s << u"ca"_s << QString() << u"cert.pem"_s;
        QTest::newRow("ours has expired") << u"server"_s << u"ca"_s << u"old-client"_s << u"cert.pem"_s;
        QTest::newRow("ours is another authority's")
            << u"server"_s << u"ca"_s << u"strange-client"_s << u"cert.pem"_s;
    }
    void whatIsWrongIsSaidWithItsMend()
    {
        QFETCH(const QString, server);
        QFETCH(const QString, authority);
        QFETCH(const QString, client);
        QFETCH(const QString, hint);
        front(server, {"h2", "http/1.1"});
        engine::Client engine(endpointAs(client, authority));
        const auto info = await<engine::EngineInfo>([&](auto answer) { engine.connectToEngine(answer); });
        QVERIFY(!info);
        tellsTheMend(info.error(), hint);
        const auto records = diskUsage(endpointAs(client, authority));
        QVERIFY(!records);
        tellsTheMend(records.error(), hint);
    }

    void aPortThatSpeaksNoTlsIsNamedSo()
    {
        QTcpServer plain;
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        connect(&plain, &QTcpServer::newConnection, &plain, [&plain] {
            plain.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        });
        engine::Endpoint endpoint;
        endpoint.kind = engine::Endpoint::Kind::Tls;
        endpoint.host = u"127.0.0.1"_s;
        endpoint.port = plain.serverPort();
        engine::Client client(endpoint);
        const auto info = await<engine::EngineInfo>([&](auto answer) { client.connectToEngine(answer); });
        QVERIFY(!info);
        tellsTheMend(info.error(), u"without TLS"_s);
        const auto records = diskUsage(endpoint);
        QVERIFY(!records);
        tellsTheMend(records.error(), u"without TLS"_s);
    }

private:
    void front(const QString &name, const QList<QByteArray> &protocols, const QString &socket = {})
    {
        m_front = std::make_unique<TlsFront>(m_certificates, name, socket.isEmpty() ? m_fake->path() : socket,
                                             protocols);
        QVERIFY(m_front->isListening());
    }
    [[nodiscard]] engine::Endpoint endpointAs(const QString &client, const QString &authority = u"ca"_s) const
    {
        engine::Endpoint endpoint = m_front->endpoint();
        endpoint.caFile = m_certificates.certificate(authority);
        if (!client.isEmpty()) {
            endpoint.certFile = m_certificates.certificate(client);
            endpoint.keyFile = m_certificates.key(client);
        }
        return endpoint;
    }
    static base::Result<std::vector<engine::CacheRecord>> diskUsage(const engine::Endpoint &endpoint,
                                                                    const QString &serverName = {})
    {
        engine::BuildKitClient client(
            engine::BuildKitAddress{.endpoint = endpoint, .serverName = serverName});
        return await<std::vector<engine::CacheRecord>>([&](auto answer) { client.diskUsage(answer); });
    }
    static void tellsTheMend(const Error &error, const QString &hint)
    {
        QVERIFY2(error.hint.contains(hint), qPrintable(QString(error.text() + u" / "_s + error.detail)));
    }

    TestCertificates m_certificates;
    std::unique_ptr<FakeBuildKit> m_buildKit;
    std::unique_ptr<TlsFront> m_front;
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
