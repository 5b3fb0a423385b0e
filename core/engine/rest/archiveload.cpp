// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/archiveload.h"

#include "engine/words.h"

#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

ArchiveLoad::ArchiveLoad(Transport *transport, const QString &path, Client::Answer<void> answer)
    : QObject(transport)
    , m_file(path)
    , m_answer(std::move(answer))
{
    if (!m_file.open(QIODevice::ReadOnly)) {
        m_failure = Error{.kind = Error::Kind::NotFound,
                          .message = Words::tr("the image's archive cannot be read"),
                          .where = path,
                          .hint = {},
                          .detail = m_file.errorString()};
        QMetaObject::invokeMethod(
            this, [this] { finish(std::unexpected(*m_failure)); }, Qt::QueuedConnection);
        return;
    }
    RequestSpec spec{.verb = "POST", .request = transport->request("/images/load", {{u"quiet"_s, u"1"_s}})};
    spec.request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-tar"_s);
    spec.request.setHeader(QNetworkRequest::ContentLengthHeader, m_file.size());
    spec.request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    spec.upload = &m_file;
    spec.isStream = true;
    spec.silenceLimit = 120s;
    spec.uploadedLimit = 120s; // the engine unpacks
    spec.onData = [this](const QByteArray &bytes) {
        for (const QJsonObject &line : m_stream.feed(bytes)) {
            const QString failure =
                line["errorDetail"_L1]["message"_L1].toString(line["error"_L1].toString());
            if (!failure.isEmpty())
                m_failure = Error{
                    .kind = Error::Kind::Failed, .message = failure, .where = {}, .hint = {}, .detail = {}};
        }
    };
    m_request = new Request(transport, std::move(spec), [this](const base::Result<Reply> &reply) {
        if (!reply)
            return finish(std::unexpected(reply.error()));
        if (m_failure)
            return finish(std::unexpected(*m_failure));
        finish({});
    });
}

ArchiveLoad::~ArchiveLoad()
{
    delete m_request; // it reads from m_file
}

void ArchiveLoad::finish(base::Result<void> result)
{
    deleteLater();
    if (const auto answer = std::exchange(m_answer, nullptr))
        answer(std::move(result));
}

}
