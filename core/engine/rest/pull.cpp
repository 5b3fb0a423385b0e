// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/pull.h"

#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/endpoint.h"
#include "engine/rest/images.h"
#include "engine/steps/failurehints.h"
#include "engine/words.h"

#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

namespace {

bool containsAny(const QString &text, std::initializer_list<QLatin1StringView> words)
{
    return std::ranges::any_of(words,
                               [&text](auto word) { return text.contains(word, Qt::CaseInsensitive); });
}

/// Names the image, and what to do: the engine's own words name neither.
Error explained(Error error, const QString &reference)
{
    const QString said = error.message;
    error.where = reference;
    error.detail = said;
    if (containsAny(said, {"no such host"_L1, "dial tcp"_L1, "timeout"_L1, "network is unreachable"_L1,
                           "connection refused"_L1, "server misbehaving"_L1, "request canceled"_L1})) {
        error.kind = Error::Kind::Unreachable;
        error.message = Words::tr("the image is not here, and its registry cannot be reached: %1").arg(said);
        error.hint = Words::tr("Connect to the network, or load the image from a file with \"docker load\".");
    } else if (containsAny(said, {"access denied"_L1, "unauthorized"_L1, "not found"_L1,
                                  "manifest unknown"_L1, "no basic auth credentials"_L1})) {
        error.kind = Error::Kind::NotFound;
        error.message = Words::tr("the registry has no such image, or does not show it to you: %1").arg(said);
        error.hint = Words::tr("Check the name and the tag; a private image takes a \"docker login\".");
    } else if (containsAny(said, {"toomanyrequests"_L1, "rate limit"_L1, ": 429"_L1})) {
        error.message = Words::tr("the registry allows no more pulls for now: %1").arg(said);
        error.hint = Words::tr("The registry wants a pause, or a login with \"docker login\".");
    } else {
        error.hint = failureHint(said);
    }
    return error;
}

}

Pull::Pull(Transport *transport, const QString &reference, const QString &platform,
           std::function<void(const Client::PullProgress &)> progress, Client::Answer<void> answer)
    : QObject(transport)
    , m_transport(transport)
    , m_reference(reference)
    , m_platform(platform)
    , m_progress(std::move(progress))
    , m_answer(std::move(answer))
{
    const QString registry = registryOf(reference);
    findRegistryCredentials(dockerConfigFolder(), registry, this,
                            [this, registry](const base::Result<RegistryCredentials> &found) {
                                // A public image needs none.
                                if (!found)
                                    m_loginProblem = found.error();
                                send(found && !found->isAnonymous() ? registryAuthHeader(registry, *found)
                                                                    : QByteArray());
                            });
}

void Pull::send(const QByteArray &credentials)
{
    if (!m_answer)
        return; // aborted meanwhile
    const NameAndTag name = splitReference(m_reference);
    Query query{{u"fromImage"_s, name.name}, {u"tag"_s, name.tag}};
    if (!m_platform.isEmpty())
        query.emplace_back(u"platform"_s, m_platform);
    RequestSpec spec{.verb = "POST", .request = m_transport->request("/images/create", query)};
    if (!credentials.isEmpty())
        spec.request.setRawHeader("X-Registry-Auth", credentials);
    spec.isStream = true;
    spec.silenceLimit = 120s; // unpacking a large layer is silent for long
    spec.onData = [this](const QByteArray &bytes) { read(bytes); };
    m_request = new Request(m_transport, std::move(spec), [this](const base::Result<Reply> &reply) {
        if (!m_failure && reply && m_stream.problem())
            m_failure = m_stream.problem();
        if (reply && !m_failure)
            return finish({});
        Error error = explained(reply ? *m_failure : reply.error(), m_reference);
        if (m_loginProblem)
            error.hint = m_loginProblem->text();
        finish(std::unexpected(error));
    });
}

void Pull::read(const QByteArray &bytes)
{
    for (const QJsonObject &line : m_stream.feed(bytes)) {
        const QString failure = line["errorDetail"_L1]["message"_L1].toString(line["error"_L1].toString());
        if (!failure.isEmpty())
            m_failure =
                Error{.kind = Error::Kind::Failed, .message = failure, .where = {}, .hint = {}, .detail = {}};
        if (!m_progress)
            continue;
        const QJsonObject detail = line["progressDetail"_L1].toObject();
        m_progress({.layer = line["id"_L1].toString(),
                    .status = line["status"_L1].toString(),
                    .current = detail["current"_L1].toInteger(),
                    .total = detail["total"_L1].toInteger()});
    }
}

void Pull::finish(base::Result<void> result)
{
    deleteLater();
    if (const auto answer = std::exchange(m_answer, nullptr))
        answer(std::move(result));
}

void Pull::abort()
{
    if (!m_answer)
        return;
    if (m_request)
        m_request->abort();
    m_progress = nullptr;
    finish(std::unexpected(Error{.kind = Error::Kind::Cancelled,
                                 .message = Words::tr("the pull was cancelled"),
                                 .where = m_reference,
                                 .hint = {},
                                 .detail = {}}));
}

}
