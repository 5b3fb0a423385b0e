// SPDX-License-Identifier: Apache-2.0
#include "core/engine/tlsfront.h"
#include "enginehelper.h"
#include "realengine.h"

#include "engine/buildkit/buildkitclient.h"
#include "support/networkdoor.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

/// A dockerd that wants to know who asks (--tlsverify), found by DOCKER_HOST as the docker manual has it.
class TestTlsEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!OwnEngine::canBeHad())
            QSKIP(OwnEngine::whyNot);
        if (qEnvironmentVariable("STAGELOOM_TEST_ENGINE_KIND").startsWith("podman"_L1))
            QSKIP("Podman's service speaks no TLS");
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("openssl, which makes the certificates, is not there");
        QVERIFY(m_certificates.make());
        QTest::qWait(1100); // those of no day have expired by then
        const QString socket =
            m_own.start(u"--tlsverify --tlscacert %1 --tlscert %2 --tlskey %3 --host tcp://127.0.0.1:%4"_s
                            .arg(m_certificates.certificate(u"ca"_s), m_certificates.certificate(u"server"_s),
                                 m_certificates.key(u"server"_s))
                            .arg(farPort));
        QVERIFY2(!socket.isEmpty(), "the engine starts");
        QVERIFY(m_own.load(u"alpine:latest"_s));
        m_door = std::make_unique<NetworkDoor>(socket, farPort);
        if (!m_door->problem().isEmpty())
            QSKIP(qPrintable(m_door->problem()));
    }

    void anEngineThatKnowsUsIsUsedAsAnyOther_data()
    {
        QTest::addColumn<QString>("client");
        QTest::newRow("a key of an elliptic curve") << u"client"_s;
        QTest::newRow("an RSA key") << u"rsa-client"_s;
    }
    void anEngineThatKnowsUsIsUsedAsAnyOther()
    {
        QFETCH(QString, client);
        const auto engine = std::make_shared<engine::Client>(endpointAs(client));
        const auto info = await<engine::EngineInfo>([&](auto answer) { engine->connectToEngine(answer); });
        QVERIFY2(info, qPrintable(info ? QString() : info.error().text() + info.error().detail));
        const auto images =
            await<std::vector<engine::ImageSummary>>([&](auto answer) { engine->listImages(answer); });
        QVERIFY2(images && !images->empty(), qPrintable(images ? QString() : images.error().text()));
        engine::BuildKitClient kit(engine);
        const auto workers =
            await<std::vector<engine::BuildKitWorker>>([&](auto answer) { kit.listWorkers(answer); });
        QVERIFY2(workers && !workers->empty(), qPrintable(workers ? QString() : workers.error().text()));
    }

    void aBuildGoesThroughTls_data()
    {
        QTest::addColumn<engine::BuildJob::Way>("way");
        QTest::newRow("by BuildKit's own protocol") << engine::BuildJob::Way::Best;
        QTest::newRow("by POST /build") << engine::BuildJob::Way::Rest;
    }
    void aBuildGoesThroughTls()
    {
        QFETCH(engine::BuildJob::Way, way);
        const auto engine = std::make_shared<engine::Client>(endpointAs(u"client"_s));
        QVERIFY(await<engine::EngineInfo>([&](auto answer) { engine->connectToEngine(answer); }));
        QTemporaryDir context;
        QFile large(context.filePath(u"large"_s));
        QVERIFY(large.open(QIODevice::WriteOnly));
        large.write(QByteArray(5 * 1024 * 1024, 'x'));
        large.close();
        engine::BuildRequest request;
        request.contextFolder = context.path();
        request.files = filesIn(context.path());
        request.dockerfile = "FROM alpine\nCOPY large /\nRUN wc -c < /large && echo through TLS\n";
        request.tags = {u"stageloom-test/tls:v1"_s};
        request.noCache = true;
        BuildRun run(engine, request, way);
        QVERIFY(run.wait(90s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY2(run.log.contains("5242880"_L1), qPrintable(run.log));
        const auto isThere =
            await<bool>([&](auto answer) { engine->imageExists(request.tags.front(), answer); });
        QVERIFY(isThere && *isThere);
    }

    void whoIsNotTrustedIsToldWhy_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("client");
        QTest::addColumn<QString>("hint");
        QTest::newRow("nobody says who asks") << u"ca"_s << QString() << u"cert.pem and key.pem"_s;
        QTest::newRow("signed by a stranger")
            << u"ca"_s << u"strange-client"_s << u"signed by the authority"_s;
        QTest::newRow("expired") << u"ca"_s << u"old-client"_s << u"valid today"_s;
        QTest::newRow("we do not trust the engine")
            << u"stranger"_s << u"client"_s << u"ca.pem of this engine"_s;
    }
    void whoIsNotTrustedIsToldWhy()
    {
        QFETCH(QString, authority);
        QFETCH(QString, client);
        QFETCH(QString, hint);
        const auto engine = std::make_shared<engine::Client>(endpointAs(client, authority));
        const auto refused = await<engine::EngineInfo>([&](auto answer) { engine->connectToEngine(answer); });
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Refused);
        QVERIFY2(refused.error().hint.contains(hint),
                 qPrintable(refused.error().text() + refused.error().detail));
        engine::BuildKitClient kit(engine);
        const auto workers =
            await<std::vector<engine::BuildKitWorker>>([&](auto answer) { kit.listWorkers(answer); });
        QVERIFY(!workers);
    }

private:
    static constexpr quint16 farPort = 23760;

    /// As a person has it: DOCKER_HOST, DOCKER_TLS_VERIFY and a DOCKER_CERT_PATH with three files.
    engine::Endpoint endpointAs(const QString &client, const QString &authority = u"ca"_s)
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const auto put = [this](const QString &from, const QString &name) {
            if (!QFile::copy(from, m_folder->filePath(name)))
                qFatal("%s cannot be copied", qPrintable(from));
        };
        put(m_certificates.certificate(authority), u"ca.pem"_s);
        if (!client.isEmpty()) {
            put(m_certificates.certificate(client), u"cert.pem"_s);
            put(m_certificates.key(client), u"key.pem"_s);
        }
        QProcessEnvironment environment;
        environment.insert(u"DOCKER_HOST"_s, u"tcp://127.0.0.1:%1"_s.arg(m_door->port()));
        environment.insert(u"DOCKER_TLS_VERIFY"_s, u"1"_s);
        environment.insert(u"DOCKER_CERT_PATH"_s, m_folder->path());
        return engine::findEndpoints(environment).endpoints.front();
    }

    TestCertificates m_certificates;
    OwnEngine m_own{u"tls"_s};
    std::unique_ptr<NetworkDoor> m_door;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestTlsEngine)
#include "tst_tlsengine.moc"
