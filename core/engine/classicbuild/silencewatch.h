// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/rest/request.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace engine {

/// A step may say nothing for as long as it likes; an engine answers small questions meanwhile. When nothing
/// was heard for a while it is asked one, and `told` hears how long it has been silent when it does not
/// answer, again and again; 0 when it speaks again.
class SilenceWatch : public QObject
{
public:
    using Told = std::function<void(std::chrono::seconds)>;

    SilenceWatch(Transport *transport, Told told, std::chrono::milliseconds limit = std::chrono::seconds(10));
    ~SilenceWatch() override;

    void heard();

private:
    void listen();
    void handleAnswer(const base::Result<Reply> &reply);

    Transport *m_transport;
    Told m_told;
    std::chrono::milliseconds m_limit;
    QTimer m_timer;
    QElapsedTimer m_sinceHeard;
    QPointer<Request> m_question;
    bool m_isSilent = false;
};

}
