// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/sshproxy.h"

#include "base/logging.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostUnwritten = 1024 * 1024;

/// Why there is no connection, said in the engine's own way: the one who asked reads HTTP.
QByteArray failureAnswer(const base::Error &error)
{
    const QString said = error.detail.isEmpty() ? error.message : error.detail;
    const QByteArray body = QJsonDocument(QJsonObject{{u"message"_s, said}}).toJson(QJsonDocument::Compact);
    return "HTTP/1.1 502 Bad Gateway\r\nContent-Type: application/json\r\nConnection: "
           "close\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// One connection: a socket on this side, a process on the other, each waiting for the other to take more.
class Relay final : public QObject
{
public:
    Relay(QLocalSocket *socket, const Endpoint &endpoint, QObject *parent)
        : QObject(parent)
        , m_socket(socket)
        , m_far(makeByteStream(endpoint, WireProtocol::Http1))
    {
        socket->setParent(this);
        socket->setReadBufferSize(mostUnwritten);
        connect(socket, &QLocalSocket::readyRead, this, &Relay::send);
        connect(socket, &QLocalSocket::disconnected, this, &QObject::deleteLater);
        connect(m_far.get(), &ByteStream::opened, this, [this] {
            m_isOpen = true;
            send();
        });
        connect(m_far.get(), &ByteStream::written, this, &Relay::send);
        connect(m_far.get(), &ByteStream::received, this, [this](const QByteArray &bytes) {
            m_hasAnswered = true;
            m_socket->write(bytes);
        });
        connect(m_far.get(), &ByteStream::ended, this, [this](const base::Error &error) {
            qCDebug(logEngine) << error.message << error.detail;
            if (!m_hasAnswered)
                m_socket->write(failureAnswer(error));
            m_socket->disconnectFromServer();
        });
        m_far->open();
    }
    ~Relay() override
    {
        m_socket->disconnect(this);
        m_far->disconnect(this);
        m_far->close();
    }

private:
    void send()
    {
        while (m_isOpen && m_far->unwritten() < mostUnwritten && m_socket->bytesAvailable() > 0)
            m_far->write(m_socket->read(ByteStream::readPiece));
    }

    QLocalSocket *m_socket;
    std::unique_ptr<ByteStream> m_far;
    bool m_isOpen = false;
    bool m_hasAnswered = false;
};

}

SshProxy::SshProxy(Endpoint endpoint, QObject *parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
{
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            new Relay(socket, m_endpoint, this);
    });
    const QString path = m_folder.filePath(u"ssh.sock"_s);
    if (m_folder.isValid() && m_server.listen(path))
        m_path = path;
}

// The relays before the server, which their sockets came from.
SshProxy::~SshProxy()
{
    const QObjectList relays = children();
    qDeleteAll(relays);
}

}
