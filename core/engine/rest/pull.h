// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"
#include "engine/rest/jsonstream.h"
#include "engine/rest/request.h"

#include <QPointer>

namespace engine {

/// One POST /images/create with the credentials of docker's config.json, until its stream ends. The status is
/// 200 before anything is known, so failures arrive as lines of the stream. Deletes itself after the answer.
class Pull : public QObject
{
public:
    Pull(Transport *transport, const QString &reference, const QString &platform,
         std::function<void(const Client::PullProgress &)> progress, Client::Answer<void> answer);
    void abort();

private:
    void send(const QByteArray &credentials);
    void read(const QByteArray &bytes);
    void finish(base::Result<void> result);

    Transport *m_transport;
    QString m_reference;
    QString m_platform;
    std::function<void(const Client::PullProgress &)> m_progress;
    Client::Answer<void> m_answer;
    JsonStream m_stream;
    std::optional<base::Error> m_failure;
    std::optional<base::Error> m_loginProblem;
    QPointer<Request> m_request;
};

}
