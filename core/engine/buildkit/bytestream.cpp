// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/bytestream.h"

#include "engine/rest/failures.h"
#include "engine/rest/sshfailure.h"
#include "engine/rest/tls.h"
#include "engine/words.h"

#include <QCoreApplication>
#include <QLocalSocket>
#include <QPointer>
#include <QProcess>
#include <QSslSocket>
#include <QThread>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// What the ways have in common: a QIODevice that reads and writes.
class DeviceStream : public ByteStream
{
public:
    DeviceStream(QIODevice *device, Endpoint endpoint)
        : m_device(device)
        , m_endpoint(std::move(endpoint))
    {
        m_device->setParent(this);
        connect(m_device, &QIODevice::readyRead, this, &DeviceStream::read);
        connect(m_device, &QIODevice::bytesWritten, this, &ByteStream::written);
    }
    ~DeviceStream() override
    {
        if (m_device)
            m_device->disconnect(this);
    }

    void write(const QByteArray &bytes) override
    {
        if (m_isOpen)
            m_device->write(bytes);
    }
    [[nodiscard]] qint64 unwritten() const override { return m_device ? m_device->bytesToWrite() : 0; }
    void close() override
    {
        m_isOpen = false;
        if (!m_device)
            return;
        m_device->disconnect(this);
        abortDevice();
    }

protected:
    virtual void abortDevice() = 0;
    [[nodiscard]] const Endpoint &endpoint() const { return m_endpoint; }
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void tellOpened()
    {
        m_isOpen = true;
        Q_EMIT opened();
    }
    void tellEnded(const base::Error &error)
    {
        const QPointer<DeviceStream> alive(this);
        if (m_isOpen)
            read(); // its last words
        if (!alive)
            return;
        close();
        Q_EMIT ended(error);
    }
    [[nodiscard]] base::Error endError(const QString &words) const
    {
        return m_isOpen ? lostError(m_endpoint, words) : unreachableError(m_endpoint, words);
    }

private:
    void read()
    {
        const QPointer<DeviceStream> alive(this);
        while (alive && m_isOpen && m_device->bytesAvailable() > 0) {
            const QByteArray bytes = m_device->read(readPiece);
            if (bytes.isEmpty())
                return;
            Q_EMIT received(bytes);
        }
    }

    QPointer<QIODevice> m_device;
    Endpoint m_endpoint;
    bool m_isOpen = false;
};

class LocalStream final : public DeviceStream
{
public:
    explicit LocalStream(const Endpoint &endpoint)
        : DeviceStream(new QLocalSocket, endpoint)
        , m_socket(static_cast<QLocalSocket *>(children().front()))
    {
        connect(m_socket, &QLocalSocket::connected, this, [this] { tellOpened(); });
        connect(m_socket, &QLocalSocket::errorOccurred, this,
                [this] { tellEnded(endError(m_socket->errorString())); });
    }
    void open() override { m_socket->connectToServer(endpoint().path); }

protected:
    void abortDevice() override { m_socket->abort(); }

private:
    QLocalSocket *m_socket;
};

class TcpStream final : public DeviceStream
{
public:
    TcpStream(const Endpoint &endpoint, WireProtocol protocol, const QString &serverName)
        : DeviceStream(new QSslSocket, endpoint)
        , m_socket(static_cast<QSslSocket *>(children().front()))
        , m_protocol(protocol)
        , m_serverName(serverName)
    {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
        if (endpoint.kind == Endpoint::Kind::Tls)
            connect(m_socket, &QSslSocket::encrypted, this, [this] { tellOpened(); });
        else
            connect(m_socket, &QSslSocket::connected, this, [this] { tellOpened(); });
        connect(m_socket, &QSslSocket::errorOccurred, this, &TcpStream::fail);
    }
    void open() override
    {
        const auto port = quint16(endpoint().port);
        if (endpoint().kind != Endpoint::Kind::Tls)
            return m_socket->connectToHost(endpoint().host, port);
        const QByteArray offer =
            m_protocol == WireProtocol::Http2 ? QByteArray("h2") : QByteArray("http/1.1");
        m_socket->setSslConfiguration(tlsConfiguration(endpoint(), {offer}));
        if (m_serverName.isEmpty())
            m_socket->connectToHostEncrypted(endpoint().host, port);
        else
            m_socket->connectToHostEncrypted(endpoint().host, port, m_serverName);
    }

protected:
    void abortDevice() override { m_socket->abort(); }

private:
    void fail(QAbstractSocket::SocketError error)
    {
        const QString words = m_socket->errorString();
        const bool isTls = error == QAbstractSocket::SslHandshakeFailedError ||
                           error == QAbstractSocket::SslInvalidUserDataError ||
                           (endpoint().kind == Endpoint::Kind::Tls && isAboutEncryption(words));
        tellEnded(isTls ? unsafeError(endpoint(), words) : endError(words));
    }

    QSslSocket *m_socket;
    WireProtocol m_protocol;
    QString m_serverName;
};

/// The user's ssh with `docker system dial-stdio` at its other end: standard input and output are the socket.
class SshStream final : public DeviceStream
{
public:
    explicit SshStream(const Endpoint &endpoint)
        : DeviceStream(new QProcess, endpoint)
        , m_process(static_cast<QProcess *>(children().front()))
    {
        connect(m_process, &QProcess::started, this, [this] { tellOpened(); });
        connect(m_process, &QProcess::readyReadStandardError, this, [this] {
            constexpr qsizetype most = 4096;
            m_words += m_process->readAllStandardError();
            m_words = m_words.right(most);
        });
        connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                tellEnded(noSsh());
        });
        connect(m_process, &QProcess::finished, this, [this] { tellEnded(endedError()); });
    }
    void open() override
    {
        QStringList command = sshCommand(endpoint());
        const QString program = command.takeFirst();
        m_process->start(program, command);
    }

protected:
    void abortDevice() override
    {
        m_process->setParent(nullptr); // we may be in one of its signals
        if (m_process->state() != QProcess::NotRunning) {
            m_process->kill();
            if (QThread::isMainThread() && QCoreApplication::instance())
                return leaveToApplication();
            // The worker's loop, which would hear of its end, may be over before.
            constexpr int moment = 500; // ms
            m_process->waitForFinished(moment);
        }
        m_process->deleteLater();
    }

private:
    /// The window's thread does not wait. Where no loop runs any more, the application takes it along.
    void leaveToApplication()
    {
        m_process->setParent(QCoreApplication::instance());
        connect(m_process, &QProcess::stateChanged, m_process,
                [it = m_process.get()](QProcess::ProcessState state) {
                    if (state == QProcess::NotRunning)
                        it->deleteLater();
                });
    }

    [[nodiscard]] base::Error noSsh() const
    {
        return {.kind = base::Error::Kind::NotFound,
                .message = Words::tr("the program \"ssh\" is not there"),
                .where = endpoint().url,
                .hint = Words::tr("Install the OpenSSH client."),
                .detail = m_process->errorString()};
    }
    [[nodiscard]] base::Error endedError() const
    {
        const QString words = QString::fromLocal8Bit(m_words).trimmed();
        return sshFailure(endpoint(), words.isEmpty()
                                          ? Words::tr("ssh ended with code %1").arg(m_process->exitCode())
                                          : words);
    }

    QPointer<QProcess> m_process;
    QByteArray m_words;
};

}

QStringList sshCommand(const Endpoint &endpoint)
{
    QStringList command{u"ssh"_s, u"-o"_s, u"ConnectTimeout=30"_s, u"-T"_s};
    if (!endpoint.user.isEmpty())
        command << u"-l"_s << endpoint.user;
    if (endpoint.port > 0)
        command << u"-p"_s << QString::number(endpoint.port);
    command << u"--"_s << endpoint.host << u"docker"_s;
    if (!endpoint.path.isEmpty())
        command << u"--host"_s << QString(u"unix://"_s + endpoint.path);
    return command << u"system"_s << u"dial-stdio"_s;
}

std::unique_ptr<ByteStream> makeByteStream(const Endpoint &endpoint, WireProtocol protocol,
                                           const QString &serverName)
{
    switch (endpoint.kind) {
    case Endpoint::Kind::Unix:
        return std::make_unique<LocalStream>(endpoint);
    case Endpoint::Kind::Tcp:
    case Endpoint::Kind::Tls:
        return std::make_unique<TcpStream>(endpoint, protocol, serverName);
    case Endpoint::Kind::Ssh:
        return std::make_unique<SshStream>(endpoint);
    }
    Q_UNREACHABLE();
}

}
