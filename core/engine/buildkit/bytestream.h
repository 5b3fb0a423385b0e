// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/endpoint.h"

#include <QByteArray>
#include <QObject>

#include <memory>

namespace engine {

/// A way for bytes to an engine and back: a socket, TLS, or a process. Never blocks. After ended() nothing is
/// told any more.
class ByteStream : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype readPiece = 64 * 1024;

    virtual void open() = 0;
    virtual void write(const QByteArray &bytes) = 0;
    [[nodiscard]] virtual qint64 unwritten() const = 0;
    /// At once, and without a word.
    virtual void close() = 0;

Q_SIGNALS:
    void opened();
    void received(const QByteArray &bytes);
    void written(); ///< unwritten() is less than it was
    /// Once: it could not be opened, or the other side has closed it.
    void ended(const base::Error &error);
};

/// What to offer by ALPN on a TLS connection: HTTP/1.1 for the upgrade, HTTP/2 for the direct way.
enum class WireProtocol : quint8 { Http1, Http2 };

/// The stream that leads to an endpoint. `serverName`: of its certificate, when that is not the host's.
std::unique_ptr<ByteStream> makeByteStream(const Endpoint &endpoint, WireProtocol protocol,
                                           const QString &serverName = {});

/// How the user's ssh is asked for the engine's socket: the program and its arguments.
QStringList sshCommand(const Endpoint &endpoint);

}
