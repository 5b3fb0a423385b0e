// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/bytestream.h"
#include "engine/http2/grpcclient.h"

#include <QTimer>

#include <chrono>

namespace engine {

/// One stream of bytes on which gRPC is spoken, from its opening on. Lives in the worker.
class GrpcLink : public QObject
{
    Q_OBJECT

public:
    enum class Route : quint8 {
        Upgrade, ///< POST /grpc, then HTTP/2: engines up to 29
        Direct   ///< HTTP/2 at once: Engine 29.2 and later, and a buildkitd of its own
    };

    GrpcLink(std::unique_ptr<ByteStream> stream, const Endpoint &endpoint, Route route,
             std::chrono::milliseconds limit);
    ~GrpcLink() override;

    void open() { m_stream->open(); }
    [[nodiscard]] GrpcClient &grpc() { return m_grpc; }

Q_SIGNALS:
    void ready();
    /// Instead of ready(): the stream is there, but the other side does not go this way.
    void refused(const base::Error &error);
    /// Nobody answers, or everything on it is over; the calls were told before.
    void ended(const base::Error &error);

private:
    void handleOpened();
    void read(const QByteArray &bytes);
    void readAnswer();
    void readGreeting();
    void pump();
    void refuse(const base::Error &error);
    void end(const base::Error &error);

    enum class State : quint8 { Opening, Asking, Greeting, Ready, Ended };

    std::unique_ptr<ByteStream> m_stream;
    Endpoint m_endpoint;
    Route m_route;
    GrpcClient m_grpc;
    State m_state = State::Opening;
    QByteArray m_early; ///< bytes before readiness
    QTimer m_limit;
    bool m_isPumping = false;
    bool m_pumpAgain = false;
};

}
