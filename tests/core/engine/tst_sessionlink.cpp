// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionlink.h"
#include "grpcpair.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// A session on a way of its own: the engine upgrades, and then is the one that calls.
class TestSessionLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<QLocalServer>();
        m_engine = nullptr;
        m_asked.clear();
        m_refusals.clear();
        QVERIFY(m_server->listen(m_folder->filePath(u"s"_s)));
        connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
            m_engine = m_server->nextPendingConnection();
            connect(m_engine, &QLocalSocket::readyRead, this, &TestSessionLink::read);
        });
        engine::Endpoint endpoint;
        endpoint.path = m_server->fullServerName();
        m_link = std::make_unique<engine::SessionLink>(
            engine::makeByteStream(endpoint, engine::WireProtocol::Http1),
            engine::Metadata{{"x-docker-expose-session-uuid", "id"}}, engine::GrpcServer::Services{m_echo});
        m_link->refused = [this](bool isKnown) { m_refusals.push_back(isKnown); };
        m_client = std::make_unique<engine::GrpcClient>();
    }
    void cleanup()
    {
        m_client->outputReady = nullptr;
        m_link.reset();
        m_client.reset();
        m_server.reset();
    }

    void theEngineCallsAfterItsAnswer_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("its HTTP/2 comes with the head") << 1'000'000;
        QTest::newRow("byte after byte") << 1;
        QTest::newRow("the head is cut") << 20;
    }
    void theEngineCallsAfterItsAnswer()
    {
        QFETCH(const int, piece);
        open();
        QVERIFY(m_asked.startsWith("POST /session HTTP/1.1\r\n"));
        QVERIFY(m_asked.contains("\r\nx-docker-expose-session-uuid: id\r\n"));
        QByteArray answer, echoed;
        std::optional<engine::GrpcStatus> end;
        const auto call = m_client->call("/test/Echo", {}, [&](engine::ClientCall &it) {
            it.received = [&](const QByteArray &message) { echoed += message; };
            it.finished = [&](const engine::GrpcStatus &status) { end = status; };
        });
        call->send("hello");
        call->halfClose();
        answer =
            "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + m_client->take(1 << 20);
        m_isUpgraded = true;
        m_isCut = true;
        for (qsizetype at = 0; at < answer.size(); at += piece) {
            m_engine->write(answer.mid(at, piece));
            m_engine->flush();
            QCoreApplication::processEvents();
        }
        m_isCut = false;
        m_engine->write(m_client->take(1 << 20));
        m_client->outputReady = [this] { m_engine->write(m_client->take(1 << 20)); };
        QTRY_VERIFY(end);
        QCOMPARE(end->code, engine::GrpcCode::Ok);
        QCOMPARE(echoed, "hello"_ba);
        QVERIFY(m_refusals.empty());
    }

    void aRefusalIsToldOnceSoThatTheTunnelTakesOver_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("isKnown");
        QTest::newRow("an engine after 29 has no sessions")
            << "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}"_ba << true;
        QTest::newRow("a proxy that knows no upgrade") << "HTTP/1.1 400 Bad Request\r\n\r\n"_ba << true;
        QTest::newRow("it hangs up") << QByteArray() << true;
        QTest::newRow("it never ends its answer") << QByteArray(100'000, 'x') << true;
        QTest::newRow("it says nothing") << "HTTP/1.1 101"_ba << false;
    }
    void aRefusalIsToldOnceSoThatTheTunnelTakesOver()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const bool, isKnown);
        open();
        m_engine->write(answer);
        m_engine->flush();
        if (answer.isEmpty())
            m_engine->disconnectFromServer();
        QTRY_COMPARE(m_refusals, std::vector{isKnown});
        QTest::qWait(20);
        QCOMPARE(m_refusals.size(), 1);
    }

    void anAnswerThatBreaksOffAtAnyByteLeavesTheTunnel()
    {
        const QByteArray answer = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
        for (qsizetype length = 0; length < answer.size(); ++length) {
            cleanup();
            init();
            open();
            m_engine->write(answer.first(length));
            m_engine->flush();
            m_engine->disconnectFromServer();
            QVERIFY(
                QTest::qWaitFor([this] { return !m_refusals.empty(); })); // sooner than QTRY_COMPARE sees it
            QCOMPARE(m_refusals.size(), size_t(1));
        }
    }

    void whereNobodyListensTheTunnelTakesOver()
    {
        m_server->close();
        m_link->open();
        QTRY_COMPARE(m_refusals, std::vector{false});
    }

    void aLostSessionEndsItsCalls()
    {
        theEngineIsThere();
        const int before = m_echo->gone;
        const int begun = m_echo->begun;
        const auto call = m_client->call("/test/Silent", {}, {});
        m_engine->write(m_client->take(1 << 20));
        QTRY_COMPARE(m_echo->begun, begun + 1);
        m_engine->abort();
        QTRY_COMPARE(m_echo->gone, before + 1);
        QVERIFY(m_refusals.empty());
    }

private:
    void open()
    {
        m_isUpgraded = false;
        m_isCut = false;
        m_link->open();
        QVERIFY(QTest::qWaitFor([this] { return m_asked.endsWith("\r\n\r\n"); }));
    }
    void theEngineIsThere()
    {
        open();
        m_isUpgraded = true;
        m_engine->write("HTTP/1.1 101 UPGRADED\r\n\r\n" + m_client->take(1 << 20));
        m_client->outputReady = [this] { m_engine->write(m_client->take(1 << 20)); };
    }
    void read()
    {
        const QByteArray bytes = m_engine->readAll();
        if (!m_isUpgraded) {
            m_asked += bytes;
            return;
        }
        m_client->feed(bytes);
        if (!m_isCut) // nothing comes between the pieces of what is being sent
            m_engine->write(m_client->take(1 << 20));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QLocalServer> m_server;
    QLocalSocket *m_engine = nullptr;
    QByteArray m_asked;
    bool m_isUpgraded = false;
    bool m_isCut = false;
    std::vector<bool> m_refusals;
    std::shared_ptr<EchoService> m_echo = std::make_shared<EchoService>();
    std::unique_ptr<engine::SessionLink> m_link;
    std::unique_ptr<engine::GrpcClient> m_client;
};

QTEST_GUILESS_MAIN(TestSessionLink)
#include "tst_sessionlink.moc"
