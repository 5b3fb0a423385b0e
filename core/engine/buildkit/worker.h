// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace engine {

/// The thread in which all connections to BuildKit live, whatever the window's thread does: an engine drops a
/// session that does not answer its health checks.
class Worker
{
public:
    /// The one of this process; it ends with its last user.
    static std::shared_ptr<Worker> shared();
    ~Worker();

    void post(std::function<void()> work);
    [[nodiscard]] QThread *thread() { return &m_thread; }

    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

private:
    Worker();

    QThread m_thread;
    QObject m_inside; ///< lives in it
};

/// Carries answers from the worker to the thread that asked, until that one has no more interest.
class Mailbox : public QObject
{
public:
    /// In the thread of the one who asks.
    static std::shared_ptr<Mailbox> make();

    /// From the worker.
    static void deliver(const std::shared_ptr<Mailbox> &to, std::function<void()> news);
    /// In the thread of the one who asks: nothing is told any more.
    void close() { m_isOpen = false; }

private:
    Mailbox() = default;

    bool m_isOpen = true;
};

}
