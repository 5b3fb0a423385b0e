// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/session.h"

namespace engine {

Session::Session(Connection &connection, QByteArray id, const QByteArray &sharedKey,
                 GrpcServer::Services services)
    : m_connection(&connection)
    , m_services(std::move(services))
    , m_announced{{"x-docker-expose-session-uuid", std::move(id)},
                  {"x-docker-expose-session-name", "stageloom"}}
{
    if (!sharedKey.isEmpty())
        m_announced.emplace_back("x-docker-expose-session-sharedkey", sharedKey);
    const QByteArrayList methods = GrpcServer::methods(m_services);
    for (const QByteArray &method : methods)
        m_announced.emplace_back("x-docker-expose-session-grpc-method", method);

    auto stream = connection.newSessionStream();
    if (!stream) {
        tunnel();
        return;
    }
    m_link = new SessionLink(std::move(stream), m_announced, m_services);
    m_link->setParent(this);
    m_link->refused = [this](bool isKnown) {
        if (isKnown && m_connection)
            m_connection->noteNoSessionStream();
        std::exchange(m_link, nullptr)->deleteLater(); // it is the one that speaks
        tunnel();
    };
    m_link->open();
}

void Session::tunnel()
{
    if (!m_connection)
        return;
    m_connection->use([self = QPointer(this)](const base::Result<GrpcClient *> &grpc) {
        // Without a connection the build's own calls tell so.
        if (self && grpc)
            self->m_tunnel = std::make_unique<SessionTunnel>(**grpc, self->m_announced, self->m_services);
    });
}

}
