// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMutex>

namespace engine {

/// How much was sent from one thread to another and is not read yet. When that is a lot, the sender is to
/// hold its source, and to let it go on when the reader has caught up.
class Backlog
{
public:
    static constexpr qint64 most = 4 * 1024 * 1024;
    static constexpr qint64 little = 1024 * 1024;

    /// In the sender's thread. True: hold the source now.
    [[nodiscard]] bool sent(qint64 bytes)
    {
        const QMutexLocker lock(&m_mutex);
        m_unread += bytes;
        return m_unread > most && !std::exchange(m_isHeld, true);
    }
    /// In the reader's thread. True: ask the sender to let it go on.
    [[nodiscard]] bool read(qint64 bytes)
    {
        const QMutexLocker lock(&m_mutex);
        m_unread -= bytes;
        return m_unread < little && std::exchange(m_isHeld, false);
    }

private:
    QMutex m_mutex;
    qint64 m_unread = 0;
    bool m_isHeld = false;
};

}
