// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"
#include "engine/rest/request.h"

namespace engine {

/// Creates a container without a network, starts it, waits for its end, reads its log, and removes it, also
/// after a failure. Deletes itself after the answer.
class ContainerRun : public QObject
{
public:
    ContainerRun(Transport *transport, const QString &reference, const QStringList &command,
                 Client::Answer<Client::RunOutcome> answer);

private:
    using Next = std::function<void(const Reply &)>;
    void ask(const QByteArray &verb, const QByteArray &path, const Query &query, const QByteArray &body,
             Next next, std::chrono::milliseconds limit);
    void start();
    void waitForEnd();
    void readLog();
    void finish(base::Result<Client::RunOutcome> result);

    Transport *m_transport;
    QString m_reference;
    Client::Answer<Client::RunOutcome> m_answer;
    QByteArray m_container; ///< "/containers/ID"; empty until it is made
    Client::RunOutcome m_outcome;
};

}
