// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/http2/grpcclient.h"
#include "engine/http2/grpcserver.h"

namespace engine {

/// A session: the engine's calls to us, tunnelled as an HTTP/2 connection of its own within one call of ours
/// (Control.Session). Lives in the worker; deleting it ends the session.
class SessionTunnel
{
public:
    /// `announced`: the session's id, its name, and what it offers.
    SessionTunnel(GrpcClient &grpc, const Metadata &announced, const GrpcServer::Services &services);
    ~SessionTunnel();
    SessionTunnel(const SessionTunnel &) = delete;
    SessionTunnel &operator=(const SessionTunnel &) = delete;

private:
    void pump();

    GrpcServer m_server;
    std::shared_ptr<ClientCall> m_call;
    bool m_isPumping = false;
    bool m_pumpAgain = false;
};

/// The one field of moby.buildkit.v1.BytesMessage, written and read without a copy more than needed: all that
/// a build sends goes through it.
QByteArray bytesMessage(QByteArrayView data);
/// A part of `message`; nothing when it is no BytesMessage.
std::optional<QByteArrayView> readBytesMessage(const QByteArray &message);

}
