// SPDX-License-Identifier: Apache-2.0
#include "support/networkdoor.h"

#include "support/enginenetwork.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace {

void join(QTcpSocket *from, QTcpSocket *to)
{
    QObject::connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
    QObject::connect(from, &QTcpSocket::disconnected, to, [from, to] {
        to->write(from->readAll());
        to->disconnectFromHost();
    });
}

}

NetworkDoor::NetworkDoor(const QString &engineSocket, quint16 farPort)
    : m_engineSocket(engineSocket)
    , m_farPort(farPort)
{
    m_thread.start();
    auto inside = std::make_unique<QObject>();
    inside->moveToThread(&m_thread);
    QMetaObject::invokeMethod(inside.get(), [this] { open(); }, Qt::BlockingQueuedConnection);
    inside.release()->deleteLater();
}

NetworkDoor::~NetworkDoor()
{
    if (m_server)
        QMetaObject::invokeMethod(m_server.get(), [this] { m_server.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

// The server is of this network, for it was made before; what it connects to is of the other.
void NetworkDoor::open()
{
    m_server = std::make_unique<QTcpServer>();
    if (!m_server->listen(QHostAddress::LocalHost)) {
        m_problem = m_server->errorString();
        return;
    }
    m_port = m_server->serverPort();
    const int engine = enginenetwork::ownerOf(m_engineSocket);
    if (engine <= 0 || !(enginenetwork::isNetworkOf(engine) || enginenetwork::enterNetworkOf(engine))) {
        m_problem = u"the network of the engine at %1 cannot be entered; it takes root"_s.arg(m_engineSocket);
        return;
    }
    QObject::connect(m_server.get(), &QTcpServer::newConnection, m_server.get(), [this] {
        while (QTcpSocket *near = m_server->nextPendingConnection()) {
            auto *far = new QTcpSocket(near);
            join(near, far);
            join(far, near);
            QObject::connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
            QObject::connect(far, &QTcpSocket::errorOccurred, near, [near] { near->disconnectFromHost(); });
            far->connectToHost(QHostAddress(QHostAddress::LocalHost), m_farPort);
        }
    });
}
