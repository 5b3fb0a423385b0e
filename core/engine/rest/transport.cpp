// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/transport.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

namespace engine {

using namespace Qt::StringLiterals;

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

QSslConfiguration tlsConfiguration(const Endpoint &endpoint)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    // Engines from 29.2 on also speak h2 on this socket, which is BuildKit's and not REST.
    tls.setAllowedNextProtocols({QSslConfiguration::NextProtocolHttp1_1});
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

QByteArray encoded(const Query &query)
{
    QByteArray text;
    for (const auto &[key, value] : query) {
        text += text.isEmpty() ? '?' : '&';
        text += QUrl::toPercentEncoding(key) + '=' + QUrl::toPercentEncoding(value);
    }
    return text;
}

QByteArray authority(const Endpoint &endpoint)
{
    switch (endpoint.kind) {
    case Endpoint::Kind::Unix:
        return "unix+http://docker";
    case Endpoint::Kind::Tcp:
    case Endpoint::Kind::Ssh:
    case Endpoint::Kind::Tls:
        break;
    }
    const bool isV6 = endpoint.host.contains(u':');
    const QByteArray host = isV6 ? QByteArray('[' + endpoint.host.toUtf8() + ']') : endpoint.host.toUtf8();
    const QByteArray scheme = endpoint.kind == Endpoint::Kind::Tls ? "https://" : "http://";
    return scheme + host + ':' + QByteArray::number(endpoint.port);
}

}

Transport::Transport(Endpoint endpoint, QObject *parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
    , m_shared(newManager(this))
{}

// The requests first: their replies belong to the manager.
Transport::~Transport()
{
    const QObjectList all = children();
    for (QObject *child : all) {
        if (child != m_shared)
            delete child;
    }
}

QNetworkAccessManager *Transport::newManager(QObject *parent)
{
    auto *manager = new QNetworkAccessManager(parent);
    manager->setAutoDeleteReplies(false);
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    return manager;
}

QNetworkRequest Transport::request(const QByteArray &path, const Query &query) const
{
    const QByteArray version = m_version ? QByteArray("/v" + m_version->text().toLatin1()) : QByteArray();
    return unversioned(version + path + encoded(query));
}

QNetworkRequest Transport::unversioned(const QByteArray &path) const
{
    const QByteArray url = authority(m_endpoint) + path;
    QNetworkRequest request(QUrl::fromEncoded(url, QUrl::StrictMode));
    if (m_endpoint.kind == Endpoint::Kind::Unix)
        request.setAttribute(QNetworkRequest::FullLocalServerNameAttribute, m_endpoint.path);
    if (m_endpoint.kind == Endpoint::Kind::Tls)
        request.setSslConfiguration(tlsConfiguration(m_endpoint));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Stageloom/" STAGELOOM_VERSION ""_s);
    return request;
}

QByteArray inPath(const QString &name)
{
    return QUrl::toPercentEncoding(name, "/:@");
}

}
