// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tlsfront.h"

#include <QTcpServer>

/// A registry with a certificate of its own making and a password, that has one manifest. Who speaks plain
/// HTTP to it gets the answer of the front that stands before such a one.
class TlsRegistry : public QTcpServer
{
public:
    TlsRegistry(const TestCertificates &certificates, QByteArray manifest, QByteArray plainAnswer)
        : m_manifest(std::move(manifest))
        , m_plainAnswer(std::move(plainAnswer))
    {
        m_tls.setLocalCertificateChain(
            QSslCertificate::fromPath(certificates.certificate(QStringLiteral("server"))));
        QFile key(certificates.key(QStringLiteral("server")));
        if (key.open(QIODevice::ReadOnly))
            m_tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
        m_tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        listen(QHostAddress::LocalHost);
    }

    QList<QByteArray> plainRequests; ///< in small letters
    int connectionsToDrop = 0;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
        if (connectionsToDrop-- > 0)
            return socket->abort();
        connect(socket, &QSslSocket::readyRead, this, [this, socket] { read(socket); });
    }

private:
    void read(QSslSocket *socket)
    {
        if (socket->mode() == QSslSocket::UnencryptedMode && socket->peek(1) == "\x16") {
            socket->setSslConfiguration(m_tls);
            return socket->startServerEncryption();
        }
        if (!socket->peek(1 << 16).endsWith("\r\n\r\n"))
            return;
        const QByteArray request = socket->readAll().toLower(); // as names of headers may be written
        if (!socket->isEncrypted()) {
            plainRequests += request;
            socket->write(m_plainAnswer + "Content-Length: 0\r\n\r\n");
            return;
        }
        const bool isLoggedIn = request.contains("\r\nauthorization: basic ");
        socket->write(isLoggedIn ? "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                                       QByteArray::number(m_manifest.size()) + "\r\n\r\n" + m_manifest
                                 : QByteArray("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic "
                                              "realm=\"a test\"\r\nContent-Length: 0\r\n\r\n"));
    }

    QByteArray m_manifest;
    QByteArray m_plainAnswer;
    QSslConfiguration m_tls = QSslConfiguration::defaultConfiguration();
};
