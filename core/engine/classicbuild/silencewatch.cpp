// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/silencewatch.h"

#include "engine/rest/transport.h"

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

SilenceWatch::SilenceWatch(Transport *transport, Told told, std::chrono::milliseconds limit)
    : m_transport(transport)
    , m_told(std::move(told))
    , m_limit(limit)
{
    m_sinceHeard.start();
    connect(&m_timer, &QTimer::timeout, this, &SilenceWatch::listen);
    m_timer.start(limit / 2);
}

SilenceWatch::~SilenceWatch()
{
    delete m_question.data(); // its answer would come here
}

void SilenceWatch::heard()
{
    m_sinceHeard.start();
    if (std::exchange(m_isSilent, false))
        m_told(0s);
}

void SilenceWatch::listen()
{
    if (m_question || !m_sinceHeard.hasExpired(m_limit.count()))
        return;
    m_question = new Request(
        m_transport,
        {.request = m_transport->request("/_ping"), .connectLimit = m_limit / 2, .silenceLimit = m_limit / 2},
        [this](const base::Result<Reply> &reply) { handleAnswer(reply); });
}

void SilenceWatch::handleAnswer(const base::Result<Reply> &reply)
{
    if (reply || reply.error().kind != base::Error::Kind::TimedOut)
        return heard(); // that it refuses, or is gone, the build itself is told
    m_isSilent = true;
    m_told(std::chrono::ceil<std::chrono::seconds>(m_sinceHeard.durationElapsed()));
}

}
