// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/failures.h"
#include "engine/words.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>

#include <fcntl.h>
#include <unistd.h>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;

namespace {

Error::Kind kindOf(int status)
{
    if (status == 404)
        return Error::Kind::NotFound;
    if (status == 401 || status == 403 || status == 409)
        return Error::Kind::Refused;
    if (status == 501)
        return Error::Kind::Unsupported;
    return Error::Kind::Failed;
}

Error refusedByPermissions(const Endpoint &endpoint)
{
    return {.kind = Error::Kind::Refused,
            .message = Words::tr("you may not use this engine's socket"),
            .where = endpoint.url,
            .hint =
                Words::tr("Join the docker group with \"sudo usermod -aG docker $USER\", then log in again."),
            .detail = {}};
}

Error absent(const Endpoint &endpoint)
{
    return {.kind = Error::Kind::Unreachable,
            .message = Words::tr("there is no engine's socket"),
            .where = endpoint.url,
            .hint = Words::tr(
                "Start the engine, for instance with \"sudo systemctl start docker\", or install one."),
            .detail = {}};
}

QString identityHint(const Endpoint &endpoint)
{
    if (endpoint.certFile.isEmpty())
        return Words::tr("The engine wants to know who you are: put cert.pem and key.pem beside ca.pem.");
    return Words::tr(
               "The engine refuses %1: cert.pem must be signed by the authority that the engine trusts, "
               "and be valid today.")
        .arg(endpoint.certFile);
}

/// The words are OpenSSL's and Qt's. An alert is what the other side says of our certificate.
QString encryptionHint(const Endpoint &endpoint, const QString &words)
{
    const auto says = [&words](QLatin1StringView part) { return words.contains(part, Qt::CaseInsensitive); };
    if (says("wrong version number"_L1) || says("packet length too long"_L1) || says("record layer"_L1) ||
        says("http request"_L1))
        return Words::tr("What answers there does not speak TLS: use the engine's TLS port, mostly 2376, or "
                         "connect without TLS.");
    if (says("alert"_L1))
        return identityHint(endpoint);
    if (says("host name"_L1) || says("hostname"_L1))
        return Words::tr(
            "The certificate is for another name: use the engine's name as it is written there.");
    if (says("expired"_L1) || says("not yet valid"_L1))
        return Words::tr("The engine's certificate must be renewed, or a clock is wrong.");
    if (says("certificate"_L1))
        return Words::tr("The engine's certificate is not signed by what %1 holds: use the ca.pem of this "
                         "engine.")
            .arg(endpoint.caFile.isEmpty() ? Words::tr("this system") : endpoint.caFile);
    return Words::tr("Check ca.pem, cert.pem and key.pem of this address.");
}

Error nobodyListens(const Endpoint &endpoint)
{
    return {.kind = Error::Kind::Unreachable,
            .message = Words::tr("no engine answers"),
            .where = endpoint.url,
            .hint = endpoint.kind == Endpoint::Kind::Unix
                        ? Words::tr("Start the engine, for instance with \"sudo systemctl start docker\".")
                        : Words::tr("Check the address, the engine and the firewalls between."),
            .detail = {}};
}

}

Error answeredError(int status, const QByteArray &body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    QString message = json["message"_L1].toString().trimmed();
    if (message.isEmpty())
        message = json["cause"_L1].toString().trimmed(); // Podman's
    if (message.isEmpty() && !json.isEmpty())
        message = QString::fromUtf8(body.left(400));
    if (message.isEmpty())
        message = QString::fromUtf8(body.left(400)).trimmed();
    if (message.isEmpty() || message.startsWith(u'<'))
        message = Words::tr("the engine answered with status %1").arg(status);
    return {.kind = kindOf(status), .message = message, .where = {}, .hint = {}, .detail = {}};
}

Error unreachableError(const Endpoint &endpoint, const QString &words)
{
    if (endpoint.kind == Endpoint::Kind::Unix) {
        const QByteArray path = QFile::encodeName(endpoint.path);
        if (::faccessat(AT_FDCWD, path.constData(), R_OK | W_OK, AT_EACCESS) != 0)
            return errno == EACCES ? refusedByPermissions(endpoint) : absent(endpoint);
    }
    Error error = nobodyListens(endpoint);
    error.detail = words;
    return error;
}

Error lostError(const Endpoint &endpoint, const QString &words)
{
    return {.kind = Error::Kind::Unreachable,
            .message = Words::tr("the engine closed the connection"),
            .where = endpoint.url,
            .hint = Words::tr("See whether it still runs; its log tells why it stopped."),
            .detail = words};
}

Error unsafeError(const Endpoint &endpoint, const QString &words)
{
    return {.kind = Error::Kind::Refused,
            .message = Words::tr("the encrypted connection failed"),
            .where = endpoint.url,
            .hint = encryptionHint(endpoint, words),
            .detail = words};
}

Error turnedAwayError(const Endpoint &endpoint, const QString &words)
{
    Error error = unsafeError(endpoint, words);
    error.message = Words::tr("the engine closed the encrypted connection without an answer");
    error.hint = identityHint(endpoint);
    return error;
}

bool isAboutEncryption(const QString &words)
{
    return words.contains("alert"_L1) || words.contains("certificate"_L1, Qt::CaseInsensitive);
}

Error connectionError(const Endpoint &endpoint, const QNetworkReply &reply)
{
    using NetworkError = QNetworkReply::NetworkError;
    const NetworkError error = reply.error();
    const bool isTls = endpoint.kind == Endpoint::Kind::Tls;
    if (isTls && error == NetworkError::RemoteHostClosedError)
        return turnedAwayError(endpoint, reply.errorString());
    const bool wasConnected =
        error == NetworkError::RemoteHostClosedError || error >= NetworkError::ContentAccessDenied;
    if (error == NetworkError::SslHandshakeFailedError || (isTls && isAboutEncryption(reply.errorString())))
        return unsafeError(endpoint, reply.errorString());
    if (error == NetworkError::ProtocolFailure || error == NetworkError::ProtocolInvalidOperationError) {
        return {.kind = Error::Kind::Malformed,
                .message = Words::tr("what answers is no engine"),
                .where = endpoint.url,
                .hint = Words::tr("Check the address, and restart the engine."),
                .detail = reply.errorString()};
    }
    return wasConnected ? lostError(endpoint, reply.errorString())
                        : unreachableError(endpoint, reply.errorString());
}

Error silenceError(const Endpoint &endpoint, std::chrono::milliseconds limit, bool wasConnecting)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(limit).count();
    return {.kind = Error::Kind::TimedOut,
            .message = wasConnecting ? Words::tr("no connection within %1 s").arg(seconds)
                                     : Words::tr("the engine is silent for %1 s").arg(seconds),
            .where = endpoint.url,
            .hint = Words::tr("Restart the engine when it does not recover."),
            .detail = {}};
}

}
