// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionlink.h"

#include "engine/buildkit/upgrade.h"

#include <QPointer>

namespace engine {

using namespace std::chrono_literals;

namespace {

constexpr qint64 mostUnwritten = 1024 * 1024;
constexpr qsizetype piece = 256 * 1024;
// The engine looks for a session for five seconds; the tunnel is to be there by then.
constexpr std::chrono::milliseconds patience = 2s;

}

SessionLink::SessionLink(std::unique_ptr<ByteStream> stream, Metadata announced,
                         const GrpcServer::Services &services)
    : m_stream(std::move(stream))
    , m_announced(std::move(announced))
    , m_server(services)
{
    connect(m_stream.get(), &ByteStream::opened, this, [this] {
        m_state = State::Asking;
        m_stream->write(upgradeRequest("/session", m_announced));
    });
    connect(m_stream.get(), &ByteStream::received, this, &SessionLink::read);
    connect(m_stream.get(), &ByteStream::written, this, &SessionLink::pump);
    connect(m_stream.get(), &ByteStream::ended, this, [this] { end(m_state == State::Asking); });
    m_server.outputReady = [this] { pump(); };
    m_server.failed = [this] { end(false); };
    m_limit.setParent(this);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { end(false); });
    m_limit.start(patience);
}

SessionLink::~SessionLink()
{
    m_stream->disconnect(this);
    m_server.outputReady = nullptr;
    m_server.failed = nullptr;
    m_stream->close();
}

void SessionLink::read(const QByteArray &bytes)
{
    if (m_state == State::Serving) {
        const QPointer<SessionLink> alive(this);
        m_server.feed(bytes);
        if (alive)
            pump();
        return;
    }
    if (m_state != State::Asking)
        return;
    m_early += bytes;
    QByteArray words;
    switch (takeUpgradeAnswer(m_early, words)) {
    case UpgradeAnswer::Incomplete:
        return;
    case UpgradeAnswer::Refused:
        return end(true);
    case UpgradeAnswer::Granted:
        break;
    }
    m_limit.stop();
    m_state = State::Serving;
    read(std::exchange(m_early, {}));
}

void SessionLink::pump()
{
    m_pumpAgain = true;
    if (m_state != State::Serving || std::exchange(m_isPumping, true))
        return;
    const QPointer<SessionLink> alive(this);
    while (alive && std::exchange(m_pumpAgain, false)) {
        while (alive && m_state == State::Serving && m_stream->unwritten() < mostUnwritten) {
            const QByteArray bytes = m_server.take(piece);
            if (!alive || bytes.isEmpty())
                break;
            m_stream->write(bytes);
        }
    }
    if (alive)
        m_isPumping = false;
}

void SessionLink::end(bool isKnown)
{
    const State was = std::exchange(m_state, State::Ended);
    if (was == State::Ended)
        return;
    m_limit.stop();
    m_stream->close();
    if (was == State::Serving)
        m_server.close(); // the engine knows, and ends the build
    else if (const auto tell = std::exchange(refused, nullptr))
        tell(isKnown);
}

}
