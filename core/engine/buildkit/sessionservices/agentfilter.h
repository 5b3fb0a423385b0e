// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <deque>

namespace engine {

/// Stands between somebody who is not trusted and an SSH agent: lets through the questions for the list of
/// keys and for a signature, and answers all others itself, with a refusal. One question at a time reaches
/// the agent, so that answers keep their order. Bytes in, bytes out (draft-miller-ssh-agent: length, type,
/// content).
class AgentFilter
{
public:
    /// False when the bytes are no agent's protocol: end the connection.
    bool fromClient(const QByteArray &bytes);
    bool fromAgent(const QByteArray &bytes);

    /// What is to be sent now; empty when nothing is.
    QByteArray takeForAgent() { return std::exchange(m_forAgent, {}); }
    QByteArray takeForClient() { return std::exchange(m_forClient, {}); }
    [[nodiscard]] bool isIdle() const { return !m_isAsked && m_questions.empty(); }

private:
    void goOn();

    QByteArray m_clientBytes, m_agentBytes; ///< of a message that is not whole yet
    std::deque<QByteArray> m_questions;
    QByteArray m_forAgent, m_forClient;
    bool m_isAsked = false; ///< the agent has not answered yet
};

}
