// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/eventfollower.h"

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds firstDelay = 500ms;
constexpr std::chrono::milliseconds longestDelay = 10s;

}

EventFollower::EventFollower(Transport *transport, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_delay(firstDelay)
{
    m_compress.setSingleShot(true);
    m_compress.setInterval(200ms);
    connect(&m_compress, &QTimer::timeout, this, &EventFollower::imagesChanged);
    follow();
}

void EventFollower::follow()
{
    m_stream = {};
    RequestSpec spec{.request =
                         m_transport->request("/events", {{u"filters"_s, u"{\"type\":[\"image\"]}"_s}})};
    spec.isStream = true;
    spec.silenceLimit = 0ms; // nothing may happen for days
    spec.onHead = [this] { handleHead(); };
    spec.onData = [this](const QByteArray &bytes) {
        if (!m_stream.feed(bytes).empty() && !m_compress.isActive())
            m_compress.start();
    };
    auto *request =
        new Request(m_transport, std::move(spec), [this](const base::Result<Reply> &) { handleLoss(); });
    request->setParent(this); // so that none of the above outlives this
}

void EventFollower::handleHead()
{
    m_delay = firstDelay;
    if (m_wasReachable)
        return;
    m_wasReachable = true;
    Q_EMIT reachableChanged(true);
    m_compress.start(); // what happened meanwhile is not told again
}

void EventFollower::handleLoss()
{
    if (std::exchange(m_wasReachable, false))
        Q_EMIT reachableChanged(false);
    QTimer::singleShot(m_delay, this, &EventFollower::follow);
    m_delay = std::min(m_delay * 2, longestDelay);
}

}
