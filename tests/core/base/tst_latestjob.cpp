// SPDX-License-Identifier: Apache-2.0
#include "base/latestjob.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace Qt::StringLiterals;
using base::LatestJob;

class TestLatestJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theResultArrivesOnTheMakersThread()
    {
        LatestJob job;
        QThread *workedOn = nullptr;
        QThread *deliveredOn = nullptr;
        int answer = 0;
        job.start(
            [&workedOn](std::stop_token) {
                workedOn = QThread::currentThread();
                return 42;
            },
            [&](int result) {
                deliveredOn = QThread::currentThread();
                answer = result;
            });
        QVERIFY(job.isRunning());
        QTRY_COMPARE(answer, 42);
        QVERIFY(!job.isRunning());
        QCOMPARE(deliveredOn, QThread::currentThread());
        QVERIFY(workedOn != deliveredOn);
    }

    void onlyTheNewestResultCounts()
    {
        QThreadPool pool;
        pool.setMaxThreadCount(8);
        QSemaphore gate;
        QList<int> results;
        LatestJob job(&pool);
        for (int i = 0; i < 8; ++i) {
            job.start(
                [&gate, i](std::stop_token) {
                    gate.acquire();
                    return i;
                },
                [&results](int result) { results << result; });
        }
        gate.release(8);
        pool.waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(results, QList<int>{7});
    }

    void aResultThatIsOnItsWayGivesWayToANewJob()
    {
        QThreadPool pool;
        QStringList results;
        LatestJob job(&pool);
        job.start([](std::stop_token) { return u"old"_s; },
                  [&](const QString &result) { results << result; });
        pool.waitForDone(); // the old result is posted now, and not delivered yet
        job.start([](std::stop_token) { return u"new"_s; },
                  [&](const QString &result) { results << result; });
        QTRY_COMPARE(results, QStringList{u"new"_s});
        QCoreApplication::processEvents();
        QCOMPARE(results.size(), 1);
    }

    void theJobBeforeIsAskedToStop()
    {
        std::atomic<bool> stopped = false;
        QSemaphore started;
        LatestJob job;
        job.start(
            [&](std::stop_token stop) {
                started.release();
                while (!stop.stop_requested())
                    QThread::msleep(1);
                stopped = true;
                return 0;
            },
            [](int) {});
        started.acquire();
        job.cancel();
        QVERIFY(!job.isRunning());
        QTRY_VERIFY(stopped);
    }

    void nothingArrivesAfterItsDeath()
    {
        QThreadPool pool;
        QSemaphore gate;
        bool arrived = false;
        {
            LatestJob working(&pool);
            working.start(
                [&gate](std::stop_token) {
                    gate.acquire();
                    return 1;
                },
                [&](int) { arrived = true; });
            LatestJob posted;
            QThreadPool own;
            LatestJob done(&own);
            done.start([](std::stop_token) { return 1; }, [&](int) { arrived = true; });
            own.waitForDone();
        }
        gate.release();
        pool.waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!arrived);
    }

    void aResultMayStartTheNextJob()
    {
        LatestJob job;
        int last = 0;
        std::function<void(int)> next = [&](int result) {
            last = result;
            if (result < 5)
                job.start([result](std::stop_token) { return result + 1; }, next);
        };
        job.start([](std::stop_token) { return 1; }, next);
        QTRY_COMPARE(last, 5);
    }

    void resultsMayBeMoveOnly()
    {
        LatestJob job;
        int value = 0;
        job.start([](std::stop_token) { return std::make_unique<int>(7); },
                  [&value](std::unique_ptr<int> result) { value = *result; });
        QTRY_COMPARE(value, 7);
    }
};

QTEST_GUILESS_MAIN(TestLatestJob)
#include "tst_latestjob.moc"
