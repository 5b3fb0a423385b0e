// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/grpclink.h"

#include "engine/buildkit/upgrade.h"
#include "engine/rest/failures.h"
#include "engine/words.h"

#include <QPointer>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

// What may wait in the socket; the rest waits in the streams, which know to stop.
constexpr qint64 mostUnwritten = 1024 * 1024;
constexpr qsizetype piece = 256 * 1024;

QByteArray schemeOf(const Endpoint &endpoint)
{
    return endpoint.kind == Endpoint::Kind::Tls ? "https" : "http";
}

QByteArray authorityOf(const Endpoint &endpoint)
{
    const bool hasHost = endpoint.kind == Endpoint::Kind::Tcp || endpoint.kind == Endpoint::Kind::Tls;
    return hasHost ? QByteArray(endpoint.host.toUtf8() + ':' + QByteArray::number(endpoint.port))
                   : QByteArray("localhost");
}

base::Error noBuildKit(const Endpoint &endpoint, const QString &detail)
{
    return {.kind = base::Error::Kind::Unsupported,
            .message = Words::tr("this engine does not offer BuildKit's own protocol"),
            .where = endpoint.url,
            .hint = Words::tr("Use Docker Engine 20.10 or newer, or a buildkitd."),
            .detail = detail};
}

}

GrpcLink::GrpcLink(std::unique_ptr<ByteStream> stream, const Endpoint &endpoint, Route route,
                   std::chrono::milliseconds limit)
    : m_stream(std::move(stream))
    , m_endpoint(endpoint)
    , m_route(route)
    , m_grpc(schemeOf(endpoint), authorityOf(endpoint))
{
    connect(m_stream.get(), &ByteStream::opened, this, &GrpcLink::handleOpened);
    connect(m_stream.get(), &ByteStream::received, this, &GrpcLink::read);
    connect(m_stream.get(), &ByteStream::written, this, &GrpcLink::pump);
    connect(m_stream.get(), &ByteStream::ended, this, [this](const base::Error &error) {
        const bool wasThere = m_state == State::Asking || m_state == State::Greeting;
        // An ssh that ends says why, and so do TLS and a container; an engine that hangs up says that it does
        // not want this.
        const bool saysWhy = m_endpoint.kind == Endpoint::Kind::Ssh ||
                             error.kind == base::Error::Kind::Refused || error.where != m_endpoint.url;
        if (wasThere && !saysWhy)
            refuse(m_endpoint.kind == Endpoint::Kind::Tls ? turnedAwayError(m_endpoint, error.message)
                                                          : noBuildKit(m_endpoint, error.message));
        else
            end(error);
    });
    m_grpc.outputReady = [this] { pump(); };
    m_grpc.failed = [this] {
        if (m_state == State::Greeting)
            refuse(noBuildKit(m_endpoint, {}));
        else
            end(lostError(m_endpoint, {}));
    };
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this,
            [this, limit] { end(silenceError(m_endpoint, limit, m_state == State::Opening)); });
    m_limit.start(limit);
}

GrpcLink::~GrpcLink()
{
    m_stream->disconnect(this);
    m_grpc.outputReady = nullptr;
    m_grpc.failed = nullptr;
    m_stream->close();
}

void GrpcLink::handleOpened()
{
    if (m_route == Route::Direct) {
        m_state = State::Greeting;
        return pump();
    }
    m_state = State::Asking;
    m_stream->write(upgradeRequest("/grpc"));
}

void GrpcLink::read(const QByteArray &bytes)
{
    switch (m_state) {
    case State::Opening:
    case State::Ended:
        return;
    case State::Asking:
        m_early += bytes;
        return readAnswer();
    case State::Greeting:
        m_early += bytes;
        return readGreeting();
    case State::Ready:
        m_grpc.feed(bytes);
        return pump();
    }
}

void GrpcLink::readAnswer()
{
    QByteArray words;
    switch (takeUpgradeAnswer(m_early, words)) {
    case UpgradeAnswer::Incomplete:
        return;
    case UpgradeAnswer::Refused:
        return refuse(noBuildKit(m_endpoint, QString::fromUtf8(words)));
    case UpgradeAnswer::Granted:
        break;
    }
    m_state = State::Greeting;
    pump();
    if (m_state == State::Greeting)
        readGreeting();
}

// What speaks HTTP/2 begins with its settings: three bytes of length, then the type 4.
void GrpcLink::readGreeting()
{
    constexpr qsizetype headSize = 9;
    if (m_early.size() < headSize)
        return;
    if (m_early.at(3) != 4 || m_early.at(0) != 0)
        return refuse(noBuildKit(m_endpoint, {}));
    m_state = State::Ready;
    m_limit.stop();
    const QPointer<GrpcLink> alive(this);
    m_grpc.feed(std::exchange(m_early, {}));
    if (!alive || m_state != State::Ready)
        return;
    Q_EMIT ready();
    if (alive)
        pump();
}

void GrpcLink::pump()
{
    if (m_state != State::Ready && m_state != State::Greeting)
        return;
    m_pumpAgain = true;
    if (std::exchange(m_isPumping, true))
        return;
    const QPointer<GrpcLink> alive(this);
    while (alive && std::exchange(m_pumpAgain, false)) {
        while (alive && m_state != State::Ended && m_stream->unwritten() < mostUnwritten) {
            const QByteArray bytes = m_grpc.take(piece);
            if (!alive || bytes.isEmpty())
                break;
            m_stream->write(bytes);
        }
    }
    if (alive)
        m_isPumping = false;
}

void GrpcLink::refuse(const base::Error &error)
{
    if (std::exchange(m_state, State::Ended) == State::Ended)
        return;
    m_limit.stop();
    m_stream->close();
    Q_EMIT refused(error);
}

void GrpcLink::end(const base::Error &error)
{
    if (std::exchange(m_state, State::Ended) == State::Ended)
        return;
    m_limit.stop();
    m_stream->close();
    const QPointer<GrpcLink> alive(this);
    m_grpc.close();
    if (alive)
        Q_EMIT ended(error);
}

}
