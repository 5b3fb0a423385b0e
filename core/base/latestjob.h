// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <stop_token>
#include <utility>

namespace base {

/// Work on values in the thread pool, of which only the newest result matters. Starting again asks the job
/// before to stop and drops its result. Results arrive on the maker's thread, never after the job's own death:
/// make it a member of whatever `done` touches. `done` must not destroy the job.
class LatestJob
{
public:
    /// Belongs to the thread that makes it: start() is called there, and results arrive there.
    explicit LatestJob(QThreadPool *pool = QThreadPool::globalInstance()) : m_pool(pool) {}
    ~LatestJob() { cancel(); }
    Q_DISABLE_COPY_MOVE(LatestJob)

    /// `work(std::stop_token)` runs in the pool, `done(result)` on the owner's thread unless a newer job started.
    template <class Work, class Done>
    void start(Work work, Done done)
    {
        cancel();
        m_stop = std::stop_source();
        m_running = true;
        // The delivery checks the token of its own job: a cancelled one was replaced or its owner is dying.
        auto token = m_stop.get_token();
        auto deliver = [this, token, done = std::move(done)](auto &&result) mutable {
            if (token.stop_requested())
                return;
            m_running = false;
            done(std::forward<decltype(result)>(result));
        };
        m_pool->start([mailbox = m_mailbox, token, work = std::move(work),
                       deliver = std::move(deliver)]() mutable {
            if (token.stop_requested())
                return;
            auto result = work(token);
            if (token.stop_requested())
                return;
            QMetaObject::invokeMethod(
                mailbox.get(),
                [deliver = std::move(deliver), result = std::move(result)]() mutable {
                    deliver(std::move(result));
                },
                Qt::QueuedConnection);
        });
    }

    void cancel()
    {
        m_stop.request_stop();
        m_running = false;
    }

    [[nodiscard]] bool isRunning() const { return m_running; }

private:
    // The worker shares it, so it is alive whenever a result is posted, whoever dies first.
    std::shared_ptr<QObject> m_mailbox{new QObject, [](QObject *object) { object->deleteLater(); }};
    QThreadPool *m_pool;
    std::stop_source m_stop;
    bool m_running = false;
};

}
