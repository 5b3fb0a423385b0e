// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/transport.h"

#include "engine/buildkit/connection.h"
#include "engine/rest/sshproxy.h"
#include "engine/rest/tls.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

// A manager has six connections to a host. On a local socket, each that could not be made is lost to it (Qt
// 6.8), with whatever it queued for them: so it never gets more than it can send at once.
constexpr std::size_t mostAtOnce = 6;

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
    case Endpoint::Kind::Ssh:
        return "unix+http://docker";
    case Endpoint::Kind::Tcp:
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
    , m_shared(newManager(nullptr))
{
    if (m_endpoint.kind == Endpoint::Kind::Ssh)
        m_proxy = std::make_unique<SshProxy>(m_endpoint);
}

// The requests first: their replies belong to the manager.
Transport::~Transport()
{
    m_waiting.clear();
    const QObjectList all = children();
    qDeleteAll(all);
}

QNetworkAccessManager *Transport::newManager(QObject *parent)
{
    auto *manager = new QNetworkAccessManager(parent);
    manager->setAutoDeleteReplies(false);
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    return manager;
}

void Transport::takeTurn(const QObject *who, std::function<void()> send)
{
    if (m_inside.size() >= mostAtOnce) {
        m_waiting.emplace_back(who, std::move(send));
        return;
    }
    m_inside.push_back(who);
    send();
}

void Transport::endTurn(const QObject *who)
{
    std::erase_if(m_waiting, [who](const auto &it) { return it.first == who; });
    if (std::erase(m_inside, who) == 0 || m_waiting.empty())
        return;
    const auto [next, send] = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_inside.push_back(next);
    send();
}

void Transport::startAnew()
{
    m_shared.reset(newManager(nullptr));
}

std::shared_ptr<Remote> Transport::buildKit()
{
    if (!m_buildKit)
        m_buildKit = std::make_shared<Remote>(BuildKitAddress{.endpoint = m_endpoint}, true);
    return m_buildKit;
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
    if (m_proxy)
        request.setAttribute(QNetworkRequest::FullLocalServerNameAttribute, m_proxy->path());
    // Engines from 29.2 on also speak h2 on this socket, which is BuildKit's and not REST.
    if (m_endpoint.kind == Endpoint::Kind::Tls)
        request.setSslConfiguration(tlsConfiguration(m_endpoint, {QSslConfiguration::NextProtocolHttp1_1}));
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
