// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QThread>

#include <memory>

class QTcpServer;

/// A port of this machine's loopback behind which a port of an engine's own network answers. Lives in a
/// thread of its own.
class NetworkDoor
{
public:
    /// problem() tells why there is none: to enter another network takes root.
    NetworkDoor(const QString &engineSocket, quint16 farPort);
    ~NetworkDoor();

    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] quint16 port() const { return m_port; }

private:
    void open();

    QString m_engineSocket;
    quint16 m_farPort;
    QString m_problem;
    quint16 m_port = 0;
    std::unique_ptr<QTcpServer> m_server; ///< lives in the thread
    QThread m_thread;
};
