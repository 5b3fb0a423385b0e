// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/worker.h"

#include <QCoreApplication>

#include <mutex>

namespace engine {

std::shared_ptr<Worker> Worker::shared()
{
    static std::mutex mutex;
    static std::weak_ptr<Worker> current;
    const std::lock_guard lock(mutex);
    auto worker = current.lock();
    if (!worker) {
        worker.reset(new Worker);
        current = worker;
    }
    return worker;
}

Worker::Worker()
{
    m_thread.setObjectName(QStringLiteral("buildkit"));
    m_inside.moveToThread(&m_thread);
    m_thread.start();
}

Worker::~Worker()
{
    // After all that was posted before: connections are deleted there.
    post([this] { m_thread.quit(); });
    m_thread.wait();
}

void Worker::post(std::function<void()> work)
{
    QMetaObject::invokeMethod(&m_inside, std::move(work), Qt::QueuedConnection);
}

std::shared_ptr<Mailbox> Mailbox::make()
{
    // Whoever lets go of it last, it dies in its own thread.
    return {new Mailbox, [](Mailbox *box) {
                // The application takes what was posted and not read with it, under the lock that
                // deleteLater() wants; the process is about to end then.
                if (QCoreApplication::instance())
                    box->deleteLater();
            }};
}

void Mailbox::deliver(const std::shared_ptr<Mailbox> &to, std::function<void()> news)
{
    QMetaObject::invokeMethod(
        to.get(),
        [to, news = std::move(news)] {
            if (to->m_isOpen)
                news();
        },
        Qt::QueuedConnection);
}

}
