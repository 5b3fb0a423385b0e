// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/agentfilter.h"

#include <QtEndian>

#include <optional>

namespace engine {

namespace {

constexpr quint32 mostBytes = 256 * 1024; // OpenSSH's own limit
constexpr size_t mostQuestions = 64;
constexpr char requestIdentities = 11;
constexpr char signRequest = 13;
const QByteArray refusal("\0\0\0\1\5", 5); // SSH_AGENT_FAILURE

constexpr qsizetype lengthSize = 4;

quint32 lengthOf(const QByteArray &bytes)
{
    return qFromBigEndian<quint32>(bytes.constData());
}

bool isBroken(const QByteArray &bytes)
{
    return bytes.size() >= lengthSize && (lengthOf(bytes) == 0 || lengthOf(bytes) > mostBytes);
}

std::optional<QByteArray> takeMessage(QByteArray &bytes)
{
    if (bytes.size() < lengthSize || isBroken(bytes) || bytes.size() < lengthSize + lengthOf(bytes))
        return std::nullopt;
    const qsizetype size = lengthSize + lengthOf(bytes);
    const QByteArray message = bytes.first(size);
    bytes.remove(0, size);
    return message;
}

}

bool AgentFilter::fromClient(const QByteArray &bytes)
{
    m_clientBytes += bytes;
    while (auto message = takeMessage(m_clientBytes)) {
        if (m_questions.size() == mostQuestions)
            return false;
        m_questions.push_back(std::move(*message));
    }
    goOn();
    return !isBroken(m_clientBytes);
}

bool AgentFilter::fromAgent(const QByteArray &bytes)
{
    m_agentBytes += bytes;
    while (const auto message = takeMessage(m_agentBytes)) {
        if (!std::exchange(m_isAsked, false))
            return false;
        m_forClient += *message;
        goOn();
    }
    return !isBroken(m_agentBytes);
}

void AgentFilter::goOn()
{
    while (!m_isAsked && !m_questions.empty()) {
        const QByteArray question = std::move(m_questions.front());
        m_questions.pop_front();
        const char type = question[lengthSize];
        if (type == requestIdentities || type == signRequest) {
            m_forAgent += question;
            m_isAsked = true;
        } else {
            m_forClient += refusal;
        }
    }
}

}
