// SPDX-License-Identifier: Apache-2.0
#include "engine/registry/registryclient.h"

#include "base/logging.h"
#include "engine/registry/manifestlist.h"
#include "engine/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrlQuery>

#include <chrono>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

namespace {

constexpr int mostTries = 3;
constexpr std::chrono::milliseconds patience = 30s;

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

QByteArray basic(const RegistryCredentials &credentials)
{
    return "Basic " +
           QByteArray(credentials.username.toUtf8() + ':' + credentials.password.toUtf8()).toBase64();
}

/// The registry's own words: {"errors":[{"code":...,"message":...}]}, or what else stands there.
QString wordsOf(const QByteArray &body)
{
    QStringList words;
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    for (const QJsonValue error : json["errors"_L1].toArray()) {
        const QString message = error["message"_L1].toString();
        words += message.isEmpty() ? error["code"_L1].toString() : message;
    }
    if (words.isEmpty())
        words += json["details"_L1].toString(json["message"_L1].toString());
    return words.join(u"; "_s);
}

/// Whether that is no answer of a registry. What speaks TLS tells a plain request so with a 400, hangs up, or
/// sends one on to https.
bool isSchemeRefused(const QNetworkReply &reply, const QByteArray &body)
{
    const int status = statusOf(reply);
    return status == 0 || status / 100 == 3 || (status == 400 && wordsOf(body).isEmpty());
}

/// `realm="https://...",service="..."` of a challenge.
QHash<QString, QString> challengeParts(const QByteArray &challenge)
{
    static const QRegularExpression part(u"(\\w+)=\"([^\"]*)\""_s);
    QHash<QString, QString> parts;
    for (const auto &match : part.globalMatch(QString::fromUtf8(challenge)))
        parts.insert(match.captured(1).toLower(), match.captured(2));
    return parts;
}

QString hintFor(int status, const RegistryName &name)
{
    if (status == 401 || status == 403)
        return Words::tr("Log in with \"docker login %1\", as somebody who may push there.")
            .arg(name.registry);
    if (status / 100 == 3)
        return Words::tr("It sends one elsewhere: check that %1 is its own name, and that it answers there.")
            .arg(name.registry);
    if (status == 404)
        return Words::tr("Check the name; some registries want a repository to be made before.");
    if (status == 429)
        return Words::tr("The registry asks for a pause: try again in some minutes.");
    if (status >= 500)
        return Words::tr("The registry has a problem of its own: try again later.");
    return {};
}

}

RegistryClient::RegistryClient(const RegistryName &name, bool isInsecure, const QString &configFolder,
                               QObject *parent)
    : QObject(parent)
    , m_name(name)
    , m_isInsecure(isInsecure)
    , m_configFolder(configFolder)
    , m_manager(new QNetworkAccessManager(this))
{
    m_scheme = name.isLoopback() ? u"http"_s : u"https"_s;
    if (name.isLoopback())
        m_otherScheme = u"https"_s;
    else if (isInsecure)
        m_otherScheme = u"http"_s;
}

RegistryClient::~RegistryClient()
{
    const auto replies = m_manager->findChildren<QNetworkReply *>();
    for (QNetworkReply *reply : replies)
        reply->disconnect(this);
}

void RegistryClient::get(const QString &reference, Answer<Manifest> answer)
{
    begin(std::make_shared<Call>(
        Call{.verb = "GET", .reference = reference, .manifest = {}, .answer = std::move(answer)}));
}

void RegistryClient::put(const QString &reference, const Manifest &manifest, Answer<void> answer)
{
    begin(std::make_shared<Call>(Call{.verb = "PUT",
                                      .reference = reference,
                                      .manifest = manifest,
                                      .answer = [answer](const base::Result<Manifest> &result) {
                                          answer(result.transform([](const auto &) {}));
                                      }}));
}

void RegistryClient::begin(const CallPtr &call)
{
    if (m_credentials)
        return send(call);
    findRegistryCredentials(m_configFolder, m_name.registry, this,
                            [this, call](const base::Result<RegistryCredentials> &found) {
                                if (!found)
                                    return call->answer(std::unexpected(found.error()));
                                m_credentials = *found;
                                send(call);
                            });
}

QNetworkRequest RegistryClient::request(const QUrl &url) const
{
    QNetworkRequest request(url);
    request.setTransferTimeout(patience);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Stageloom/" STAGELOOM_VERSION ""_s);
    if (m_isInsecure) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        request.setSslConfiguration(tls);
    }
    return request;
}

void RegistryClient::send(const CallPtr &call)
{
    ++call->tries;
    const QUrl url(m_scheme + u"://"_s + m_name.host + u"/v2/"_s + m_name.repository + u"/manifests/"_s +
                   call->reference);
    m_manager->setProxy(m_name.isLoopback()
                            ? QNetworkProxy(QNetworkProxy::NoProxy)
                            : QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url)).value(0));
    QNetworkRequest asked = request(url);
    asked.setRawHeader("Accept", acceptedManifests());
    if (!m_authorization.isEmpty())
        asked.setRawHeader("Authorization", m_authorization);
    if (call->verb == "PUT")
        asked.setHeader(QNetworkRequest::ContentTypeHeader, call->manifest.mediaType);
    qCDebug(logEngine) << call->verb << url.toString();
    QNetworkReply *reply = m_manager->sendCustomRequest(asked, call->verb, call->manifest.bytes);
    // From now on nothing is said in the clear, whatever else goes wrong.
    connect(reply, &QNetworkReply::encrypted, this, [this] { m_otherScheme.clear(); });
    connect(reply, &QNetworkReply::finished, this, [this, call, reply] {
        reply->deleteLater();
        handleEnd(call, reply);
    });
}

void RegistryClient::handleEnd(const CallPtr &call, QNetworkReply *reply)
{
    const int status = statusOf(*reply);
    const QByteArray body = reply->readAll();
    if (status >= 200 && status < 300)
        return call->answer(Manifest{
            .bytes = body,
            .mediaType = reply->header(QNetworkRequest::ContentTypeHeader).toString().section(u';', 0, 0)});
    if (takeOtherScheme(call, isSchemeRefused(*reply, body)))
        return;
    if (status == 401 && !call->hasAuthorized)
        return authorize(call, reply->rawHeader("WWW-Authenticate"), wordsOf(body));
    if (tryAgain(call, status))
        return;
    if (status == 0)
        return call->answer(std::unexpected(Error{
            .kind = Error::Kind::Unreachable,
            .message = Words::tr("the registry %1 cannot be reached from here").arg(m_name.registry),
            .where = m_name.withoutTag(),
            .hint = Words::tr("The nodes have pushed their images; the list of them is put there by this "
                              "program, which has to reach the registry too."),
            .detail = reply->errorString()}));
    call->answer(std::unexpected(refusal(status, wordsOf(body))));
}

// One after the other, until one of them is answered: what is not spoken now may be when tryAgain() comes
// back to it.
bool RegistryClient::takeOtherScheme(const CallPtr &call, bool isRefused)
{
    if (!isRefused)
        m_otherScheme.clear();
    if (m_otherScheme.isEmpty())
        return false;
    std::swap(m_scheme, m_otherScheme);
    call->isSecondScheme = !call->isSecondScheme;
    if (!call->isSecondScheme)
        return false;
    --call->tries;
    send(call);
    return true;
}

bool RegistryClient::tryAgain(const CallPtr &call, int status)
{
    const bool isUnsettled = !m_otherScheme.isEmpty(); // sent on to what is not there yet
    const bool mayPass = status == 0 || status == 429 || status >= 500 || isUnsettled;
    if (!mayPass || call->tries >= mostTries)
        return false;
    QTimer::singleShot(call->tries * 1s, this, [this, call] { send(call); });
    return true;
}

void RegistryClient::authorize(const CallPtr &call, const QByteArray &challenge, const QString &words)
{
    call->hasAuthorized = true;
    if (challenge.contains("Bearer"))
        return fetchToken(call, challengeParts(challenge), words);
    if (m_credentials->username.isEmpty())
        return call->answer(std::unexpected(refusal(401, words)));
    m_authorization = basic(*m_credentials);
    send(call);
}

void RegistryClient::fetchToken(const CallPtr &call, const QHash<QString, QString> &parts,
                                const QString &words)
{
    QUrl realm(parts.value(u"realm"_s));
    // A password is not sent in the clear because a registry says so.
    const bool isSafe = realm.scheme() == "https"_L1 || m_scheme == "http"_L1;
    if (!realm.isValid() || !isSafe)
        return call->answer(std::unexpected(refusal(401, words)));
    QUrlQuery query(realm);
    const QString service = parts.value(u"service"_s);
    if (!service.isEmpty())
        query.addQueryItem(u"service"_s, QString::fromLatin1(QUrl::toPercentEncoding(service)));
    query.addQueryItem(u"scope"_s, u"repository:"_s + m_name.repository + u":pull,push"_s);
    QNetworkReply *reply = nullptr;
    if (!m_credentials->identityToken.isEmpty()) {
        query.addQueryItem(u"grant_type"_s, u"refresh_token"_s);
        query.addQueryItem(u"client_id"_s, u"stageloom"_s);
        query.addQueryItem(u"refresh_token"_s,
                           QString::fromLatin1(QUrl::toPercentEncoding(m_credentials->identityToken)));
        realm.setQuery(QString());
        QNetworkRequest asked = request(realm);
        asked.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
        reply = m_manager->post(asked, query.toString(QUrl::FullyEncoded).toLatin1());
    } else {
        realm.setQuery(query);
        QNetworkRequest asked = request(realm);
        if (!m_credentials->username.isEmpty())
            asked.setRawHeader("Authorization", basic(*m_credentials));
        reply = m_manager->get(asked);
    }
    connect(reply, &QNetworkReply::finished, this, [this, call, reply] {
        reply->deleteLater();
        const QByteArray body = reply->readAll();
        const QJsonObject json = QJsonDocument::fromJson(body).object();
        const QString token = json["token"_L1].toString(json["access_token"_L1].toString());
        if (token.isEmpty()) {
            const int status = statusOf(*reply);
            return call->answer(
                std::unexpected(refusal(status, status == 0 ? reply->errorString() : wordsOf(body))
                                    .in(Words::tr("asking %1 for a token").arg(reply->url().host()))));
        }
        m_authorization = "Bearer " + token.toUtf8();
        send(call);
    });
}

Error RegistryClient::refusal(int status, const QString &words) const
{
    Error::Kind kind = Error::Kind::Failed;
    if (status == 401 || status == 403)
        kind = Error::Kind::Refused;
    else if (status == 404)
        kind = Error::Kind::NotFound;
    else if (status == 0)
        kind = Error::Kind::Unreachable;
    const QString said = Words::tr("the registry answered with status %1").arg(status);
    return {.kind = kind,
            .message = words.isEmpty() ? said : words,
            .where = m_name.withoutTag(),
            .hint = hintFor(status, m_name),
            .detail = words.isEmpty() ? QString() : said};
}

}
