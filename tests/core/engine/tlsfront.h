// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/endpoint.h"

#include <QLocalSocket>
#include <QPointer>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTemporaryDir>

/// Authorities, and what they have signed, made by openssl as the docker manual does it.
class TestCertificates
{
public:
    bool make()
    {
        return authority(QStringLiteral("ca")) && authority(QStringLiteral("stranger")) &&
               leaf(QStringLiteral("server"), QStringLiteral("ca"), 10) &&
               leaf(QStringLiteral("elsewhere"), QStringLiteral("ca"), 10, QStringLiteral("DNS:elsewhere")) &&
               leaf(QStringLiteral("old-server"), QStringLiteral("ca"), 0) &&
               leaf(QStringLiteral("client"), QStringLiteral("ca"), 10) &&
               leaf(QStringLiteral("old-client"), QStringLiteral("ca"), 0) &&
               leaf(QStringLiteral("pkcs8-client"), QStringLiteral("ca"), 10) &&
               leaf(QStringLiteral("rsa-client"), QStringLiteral("ca"), 10) &&
               leaf(QStringLiteral("old-rsa-client"), QStringLiteral("ca"), 10) &&
               leaf(QStringLiteral("strange-client"), QStringLiteral("stranger"), 10);
    }
    [[nodiscard]] QString certificate(const QString &name) const
    {
        return path(name + QStringLiteral(".pem"));
    }
    [[nodiscard]] QString key(const QString &name) const { return path(name + QStringLiteral(".key")); }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    bool authority(const QString &name) const
    {
        return newKey(name) && run({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-new"),
                                    QStringLiteral("-key"), key(name), QStringLiteral("-subj"),
                                    QString(QStringLiteral("/CN=authority ") + name), QStringLiteral("-days"),
                                    QStringLiteral("10"), QStringLiteral("-out"), certificate(name)});
    }
    bool leaf(const QString &name, const QString &authority, int days,
              const QString &names = QStringLiteral("IP:127.0.0.1")) const
    {
        const QString request = path(name + QStringLiteral(".csr"));
        const QString extensions = path(name + QStringLiteral(".ext"));
        QFile file(extensions);
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write("subjectAltName=" + names.toUtf8() + "\nextendedKeyUsage=serverAuth,clientAuth\n");
        file.close();
        return newKey(name) &&
               run({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-key"), key(name),
                    QStringLiteral("-subj"), QString(QStringLiteral("/CN=") + name), QStringLiteral("-out"),
                    request}) &&
               run({QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), request,
                    QStringLiteral("-CA"), certificate(authority), QStringLiteral("-CAkey"), key(authority),
                    QStringLiteral("-CAcreateserial"), QStringLiteral("-days"), QString::number(days),
                    QStringLiteral("-extfile"), extensions, QStringLiteral("-out"), certificate(name)});
    }
    bool newKey(const QString &name) const
    {
        if (name.contains(QStringLiteral("rsa"))) {
            const QStringList form = name.startsWith(QStringLiteral("old"))
                                         ? QStringList{QStringLiteral("-traditional")}
                                         : QStringList();
            return run(QStringList{QStringLiteral("genrsa"), QStringLiteral("-out"), key(name)} + form +
                       QStringList{QStringLiteral("2048")});
        }
        if (name.startsWith(QStringLiteral("pkcs8")))
            return run({QStringLiteral("genpkey"), QStringLiteral("-algorithm"), QStringLiteral("EC"),
                        QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"),
                        QStringLiteral("-out"), key(name)});
        return run({QStringLiteral("ecparam"), QStringLiteral("-name"), QStringLiteral("prime256v1"),
                    QStringLiteral("-genkey"), QStringLiteral("-noout"), QStringLiteral("-out"), key(name)});
    }
    static bool run(const QStringList &arguments)
    {
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"), arguments);
        return openssl.waitForFinished() && openssl.exitCode() == 0;
    }

    QTemporaryDir m_folder;
};

/// What dockerd does with --tlsverify, in front of an engine's socket: only who shows a certificate of "ca"
/// gets through. To who asks for HTTP/2 by ALPN it is a buildkitd.
class TlsFront : public QSslServer
{
public:
    TlsFront(const TestCertificates &certificates, const QString &name, QString engineSocket,
             const QList<QByteArray> &protocols)
        : m_engineSocket(std::move(engineSocket))
    {
        QSslConfiguration tls;
        tls.setLocalCertificateChain(QSslCertificate::fromPath(certificates.certificate(name)));
        QFile key(certificates.key(name));
        if (key.open(QIODevice::ReadOnly))
            tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
        tls.setCaCertificates(QSslCertificate::fromPath(certificates.certificate(QStringLiteral("ca"))));
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        tls.setAllowedNextProtocols(protocols);
        setSslConfiguration(tls);
        listen(QHostAddress::LocalHost);
        connect(this, &QSslServer::pendingConnectionAvailable, this, [this] {
            while (auto *socket = qobject_cast<QSslSocket *>(nextPendingConnection()))
                join(socket);
        });
    }
    [[nodiscard]] engine::Endpoint endpoint() const
    {
        engine::Endpoint endpoint;
        endpoint.kind = engine::Endpoint::Kind::Tls;
        endpoint.host = QStringLiteral("127.0.0.1");
        endpoint.port = serverPort();
        endpoint.url = QStringLiteral("tcp://127.0.0.1:%1").arg(serverPort());
        return endpoint;
    }

    QList<QByteArray> negotiated; ///< of each connection

private:
    void join(QSslSocket *outside)
    {
        negotiated += outside->sslConfiguration().nextNegotiatedProtocol();
        const bool isDirect = negotiated.back() == "h2";
        auto *inside = new QLocalSocket(outside);
        inside->connectToServer(m_engineSocket);
        if (isDirect)
            inside->write(
                "POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
        auto head = std::make_shared<QByteArray>();
        const auto toInside = [outside, inside] { inside->write(outside->readAll()); };
        const auto toOutside = [outside, inside, toInside, head, isPast = !isDirect]() mutable {
            QByteArray bytes = inside->readAll();
            if (!isPast) {
                *head += bytes;
                const qsizetype end = head->indexOf("\r\n\r\n");
                if (end < 0)
                    return;
                isPast = true;
                bytes = head->sliced(end + 4);
                connect(outside, &QSslSocket::readyRead, inside, toInside);
                toInside();
            }
            outside->write(bytes);
        };
        connect(inside, &QLocalSocket::readyRead, outside, toOutside);
        connect(inside, &QLocalSocket::disconnected, outside, [outside] { outside->disconnectFromHost(); });
        connect(outside, &QSslSocket::disconnected, outside, &QObject::deleteLater);
        if (isDirect)
            return;
        connect(outside, &QSslSocket::readyRead, inside, toInside);
        toInside();
    }

    QString m_engineSocket;
};
