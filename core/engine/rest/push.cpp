// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/push.h"

#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/rest/images.h"
#include "engine/steps/failurehints.h"
#include "engine/words.h"

#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

ImagePush::ImagePush(Transport *transport, const QString &tag,
                     std::function<void(const Client::PullProgress &)> progress, Client::Answer<void> answer)
    : QObject(transport)
    , m_transport(transport)
    , m_tag(tag)
    , m_progress(std::move(progress))
    , m_answer(std::move(answer))
{
    const QString registry = registryOf(tag);
    findRegistryCredentials(dockerConfigFolder(), registry, this,
                            [this, registry](const base::Result<RegistryCredentials> &found) {
                                if (!found)
                                    return finish(std::unexpected(found.error()));
                                send(registryAuthHeader(registry, *found));
                            });
}

ImagePush::~ImagePush()
{
    delete m_request;
}

void ImagePush::send(const QByteArray &credentials)
{
    const NameAndTag name = splitReference(m_tag);
    RequestSpec spec{
        .verb = "POST",
        .request = m_transport->request("/images/" + inPath(name.name) + "/push", {{u"tag"_s, name.tag}})};
    spec.request.setRawHeader("X-Registry-Auth", credentials);
    spec.isStream = true;
    spec.silenceLimit = 120s;
    spec.onData = [this](const QByteArray &bytes) { read(bytes); };
    m_request = new Request(m_transport, std::move(spec), [this](const base::Result<Reply> &reply) {
        if (!reply)
            return finish(std::unexpected(reply.error()));
        if (!m_failure && m_stream.problem())
            m_failure = m_stream.problem();
        if (m_failure)
            return finish(std::unexpected(*m_failure));
        finish({});
    });
}

void ImagePush::read(const QByteArray &bytes)
{
    for (const QJsonObject &line : m_stream.feed(bytes)) {
        const QString failure = line["errorDetail"_L1]["message"_L1].toString(line["error"_L1].toString());
        if (!failure.isEmpty())
            m_failure = Error{.kind = Error::Kind::Failed,
                              .message = failure,
                              .where = m_tag,
                              .hint = failureHint(failure),
                              .detail = {}};
        const QJsonObject detail = line["progressDetail"_L1].toObject();
        const QString layer = line["id"_L1].toString();
        if (!layer.isEmpty() && m_progress)
            m_progress({.layer = layer,
                        .status = line["status"_L1].toString(),
                        .current = detail["current"_L1].toInteger(),
                        .total = detail["total"_L1].toInteger()});
    }
}

void ImagePush::finish(base::Result<void> result)
{
    deleteLater();
    if (const auto answer = std::exchange(m_answer, nullptr))
        answer(std::move(result));
}

}
