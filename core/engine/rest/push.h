// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"
#include "engine/rest/jsonstream.h"
#include "engine/rest/request.h"

#include <QPointer>

namespace engine {

/// One POST /images/NAME/push with the credentials of docker's config.json, until its stream ends; failures
/// arrive as lines of the stream. Deletes itself after the answer; deleting it ends it without one.
class ImagePush : public QObject
{
public:
    ImagePush(Transport *transport, const QString &tag,
              std::function<void(const Client::PullProgress &)> progress, Client::Answer<void> answer);
    ~ImagePush() override;

private:
    void send(const QByteArray &credentials);
    void read(const QByteArray &bytes);
    void finish(base::Result<void> result);

    Transport *m_transport;
    QString m_tag;
    std::function<void(const Client::PullProgress &)> m_progress;
    Client::Answer<void> m_answer;
    JsonStream m_stream;
    std::optional<base::Error> m_failure;
    QPointer<Request> m_request;
};

}
