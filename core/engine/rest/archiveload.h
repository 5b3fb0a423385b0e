// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"
#include "engine/rest/jsonstream.h"
#include "engine/rest/request.h"

#include <QFile>
#include <QPointer>

namespace engine {

/// One POST /images/load of an archive on this machine. Deletes itself after the answer; deleting it ends it
/// without one.
class ArchiveLoad : public QObject
{
public:
    ArchiveLoad(Transport *transport, const QString &path, Client::Answer<void> answer);
    ~ArchiveLoad() override;

private:
    void finish(base::Result<void> result);

    QFile m_file;
    Client::Answer<void> m_answer;
    JsonStream m_stream;
    std::optional<base::Error> m_failure;
    QPointer<Request> m_request;
};

}
