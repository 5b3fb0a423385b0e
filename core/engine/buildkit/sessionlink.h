// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/bytestream.h"
#include "engine/http2/grpcserver.h"

#include <QTimer>

namespace engine {

/// A session on a way of its own: after POST /session the engine is the one that calls. It takes files faster
/// so than through a tunnel. Lives in the worker; deleting it ends the session.
class SessionLink : public QObject
{
public:
    SessionLink(std::unique_ptr<ByteStream> stream, Metadata announced, const GrpcServer::Services &services);
    ~SessionLink() override;

    void open() { m_stream->open(); }

    /// Instead of a session: the engine has no such way (`isKnown`), or does not answer. Nothing was served.
    std::function<void(bool isKnown)> refused;

private:
    void read(const QByteArray &bytes);
    void pump();
    void end(bool isKnown);

    enum class State : quint8 { Opening, Asking, Serving, Ended };

    std::unique_ptr<ByteStream> m_stream;
    Metadata m_announced;
    GrpcServer m_server;
    State m_state = State::Opening;
    QByteArray m_early; ///< the answer's head, until it is whole
    QTimer m_limit;
    bool m_isPumping = false;
    bool m_pumpAgain = false;
};

}
