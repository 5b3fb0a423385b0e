// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/connection.h"
#include "engine/buildkit/sessionlink.h"
#include "engine/buildkit/sessiontunnel.h"

#include <QPointer>

namespace engine {

/// The engine's calls to us for one build: on a way of their own where the engine offers one and it costs no
/// more than a connect, else tunnelled within the connection. Lives in the worker; deleting it ends it.
class Session : public QObject
{
public:
    Session(Connection &connection, QByteArray id, const QByteArray &sharedKey,
            GrpcServer::Services services);

private:
    void tunnel();

    QPointer<Connection> m_connection;
    GrpcServer::Services m_services;
    Metadata m_announced;
    SessionLink *m_link = nullptr;
    std::unique_ptr<SessionTunnel> m_tunnel;
};

}
