// SPDX-License-Identifier: Apache-2.0
#include "fakebuildkit.h"

#include "engine/client.h"
#include "support/buildrun.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 megabyte = 1024 * 1024;
constexpr qint64 messageBytes = 64 * 1024;
constexpr qint64 logBytes = 100 * megabyte;

QByteArray logMessage()
{
    stageloom::buildkit::StatusResponse message;
    auto *log = message.add_logs();
    log->set_vertex("sha256:d");
    log->set_stream(1);
    log->set_msg(std::string(messageBytes - 1, 'x') + '\n');
    return QByteArray::fromStdString(message.SerializeAsString());
}

/// Says 100 MB of log as fast as it may; the build itself has long ended then.
class TalkativeControl final : public engine::SessionService
{
public:
    [[nodiscard]] QByteArrayList methods() const override { return m_quiet.methods(); }
    void serve(const std::shared_ptr<engine::ServerCall> &call) override
    {
        if (!call->method().endsWith("/Status"))
            return m_quiet.serve(call);
        auto *raw = call.get();
        const auto more = [this, raw] {
            while (m_left > 0 && raw->queuedBytes() < engine::ServerCall::sendMark) {
                raw->send(m_message);
                m_left -= messageBytes;
            }
            if (m_left == 0)
                raw->finish({});
        };
        call->drained = more;
        more();
    }

private:
    FakeControl m_quiet;
    QByteArray m_message = logMessage();
    qint64 m_left = logBytes;
};

/// An engine whose BuildKit talks, in a thread of its own: it goes on while the test stands still.
class TalkativeEngine
{
public:
    TalkativeEngine()
    {
        m_thread.start();
        inside([this] {
            m_engine = std::make_unique<FakeEngine>();
            m_engine->handOver([this](QLocalSocket *socket) { take(socket); });
            url = m_engine->url();
        });
    }
    ~TalkativeEngine()
    {
        inside([this] {
            if (m_server)
                m_server->outputReady = nullptr;
            m_engine.reset();
            m_server.reset();
            delete std::exchange(m_context, nullptr);
        });
        m_thread.quit();
        m_thread.wait();
    }

    QString url;
    std::atomic<qint64> written = 0;

private:
    void inside(const std::function<void()> &work)
    {
        if (m_context->thread() != &m_thread)
            m_context->moveToThread(&m_thread);
        QMetaObject::invokeMethod(m_context, work, Qt::BlockingQueuedConnection);
    }
    void take(QLocalSocket *socket)
    {
        socket->write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
        m_server = std::make_unique<engine::GrpcServer>(
            engine::GrpcServer::Services{std::make_shared<TalkativeControl>()});
        const auto pump = [this, socket = QPointer(socket)] {
            if (std::exchange(m_isPumping, true))
                return; // the one further up has bytes that come first
            for (QByteArray bytes = m_server->take(65536); socket && !bytes.isEmpty();
                 bytes = m_server->take(65536)) {
                written += bytes.size();
                socket->write(bytes);
            }
            m_isPumping = false;
        };
        m_server->outputReady = pump;
        QObject::connect(socket, &QLocalSocket::readyRead, socket, [this, socket, pump] {
            m_server->feed(socket->readAll());
            pump();
        });
        pump();
    }

    QThread m_thread;
    QObject *m_context = new QObject;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<engine::GrpcServer> m_server;
    bool m_isPumping = false;
};

}

/// A log that comes faster than it is read stays with the engine.
class TestLogPressure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWindowThatStallsIsNotFloodedAndMissesNothing()
    {
        TalkativeEngine engine;
        auto client = std::make_shared<engine::Client>(*engine::parseHost(engine.url, {}));
        const auto info =
            await<engine::EngineInfo>([&client](auto answer) { client->connectToEngine(answer); });
        QVERIFY2(info, qPrintable(info ? QString() : info.error().text()));

        qint64 read = 0;
        qint64 mostAhead = 0;
        // Nobody reads: once for longer than a status may be silent after its build, and twice more.
        std::map<qint64, std::chrono::seconds> stalls{{1, 6s}, {30 * megabyte, 1s}, {60 * megabyte, 1s}};
        std::optional<engine::BuildOutcome> outcome;
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN x\n";
        engine::BuildJob job(client, request);
        QObject::connect(&job, &engine::BuildJob::logAppended, &job,
                         [&](const QString &, const QString &text) {
                             read += text.size();
                             if (stalls.empty() || read < stalls.begin()->first)
                                 return;
                             QThread::sleep(stalls.begin()->second);
                             stalls.erase(stalls.begin());
                             mostAhead = std::max(mostAhead, engine.written - read);
                         });
        QObject::connect(&job, &engine::BuildJob::finished, &job,
                         [&outcome](const engine::BuildOutcome &it) { outcome = it; });
        job.start();
        QTRY_VERIFY_WITH_TIMEOUT(outcome, 30s);
        QVERIFY2(outcome->succeeded(), qPrintable(outcome->error ? outcome->error->text() : QString()));
        QCOMPARE(read, logBytes);
        QVERIFY(stalls.empty());
        QVERIFY2(mostAhead < 16 * megabyte, qPrintable(QString::number(mostAhead)));
        QVERIFY2(mostAhead > megabyte, "it was ahead at all");
    }
};

QTEST_GUILESS_MAIN(TestLogPressure)
#include "tst_logpressure.moc"
