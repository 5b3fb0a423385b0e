// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/tls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

namespace engine {

namespace {

/// Told before it is read: a key that is tried as what it is not leaves an error in OpenSSL's queue of this
/// thread, and the next read of any encrypted connection in it fails with that.
QSsl::KeyAlgorithm algorithmOf(const QByteArray &pem)
{
    if (pem.contains("BEGIN EC PRIVATE KEY"))
        return QSsl::Ec;
    static const QByteArray anyKey = "-----BEGIN PRIVATE KEY-----";
    const qsizetype begin = pem.indexOf(anyKey);
    if (begin < 0)
        return QSsl::Rsa;
    // PKCS #8: the algorithm's number is within its first bytes; 1.2.840.10045.2.1 is that of elliptic
    // curves.
    const QByteArray der = QByteArray::fromBase64(pem.sliced(begin + anyKey.size()).left(120));
    return der.first(std::min<qsizetype>(der.size(), 40)).contains("\x2a\x86\x48\xce\x3d\x02\x01")
               ? QSsl::Ec
               : QSsl::Rsa;
}

QSslKey readKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray pem = file.readAll();
    return QSslKey(pem, algorithmOf(pem));
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
