// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/tls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

namespace engine {

namespace {

QSslKey readKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray pem = file.readAll();
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec}) {
        const QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

}

QSslConfiguration tlsConfiguration(const Endpoint &endpoint, const QList<QByteArray> &protocols)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setAllowedNextProtocols(protocols);
    if (!endpoint.caFile.isEmpty())
        tls.setCaCertificates(QSslCertificate::fromPath(endpoint.caFile));
    if (!endpoint.certFile.isEmpty())
        tls.setLocalCertificateChain(QSslCertificate::fromPath(endpoint.certFile));
    if (!endpoint.keyFile.isEmpty())
        tls.setPrivateKey(readKey(endpoint.keyFile));
    if (endpoint.skipVerify)
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return tls;
}

}
