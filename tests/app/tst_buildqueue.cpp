// SPDX-License-Identifier: Apache-2.0
// Order, limits and ends of a queue, with builds that fail, since the engine knows no builds.
// tst_bakecommand builds real images.
#include "build/buildqueue.h"

#include "build/bakebuild.h"
#include "support/fakeengine.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using State = app::QueuedBuild::State;

namespace {

app::BuildInput failing()
{
    app::BuildInput input;
    static const QTemporaryDir folder;
    input.folder = folder.path();
    input.snapshot = *app::documentOf(u"FROM scratch\n"_s, {}, {});
    return input;
}

}

class tst_BuildQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buildsStartByThemselvesUpToTheLimit();
    void whatNeedsAFailedBuildIsNotBuilt();
    void oneIsCancelledAndTheOthersGoOn();
    void cancellingAllEndsThoseThatWaitToo();
    void whatHasEndedCanBeForgotten();

private:
    [[nodiscard]] std::shared_ptr<engine::Client> client() const
    {
        return std::make_shared<engine::Client>(*engine::parseHost(m_engine.url(), {}));
    }

    FakeEngine m_engine;
};

void tst_BuildQueue::buildsStartByThemselvesUpToTheLimit()
{
    app::BuildQueue queue(client(), nullptr);
    queue.setLimit(2);
    int running = 0;
    int most = 0;
    connect(&queue, &app::BuildQueue::started, this, [&] { most = std::max(most, ++running); });
    connect(&queue, &app::BuildQueue::ended, this, [&] { --running; });
    QSignalSpy idle(&queue, &app::BuildQueue::idle);
    for (int i = 0; i < 7; ++i)
        queue.add(u"variant %1"_s.arg(i), failing());
    QVERIFY(idle.wait(10'000));
    QCOMPARE(most, 2);
    QCOMPARE(running, 0);
    for (const auto &build : queue.builds()) {
        QCOMPARE(build.state, State::Failed);
        QVERIFY(build.report.outcome.error);
    }
    queue.add(u"one more"_s, failing());
    QVERIFY(idle.wait(10'000));
    QCOMPARE(idle.size(), 2);
}

void tst_BuildQueue::whatNeedsAFailedBuildIsNotBuilt()
{
    app::BuildQueue queue(client(), nullptr);
    QSignalSpy idle(&queue, &app::BuildQueue::idle);
    QSignalSpy started(&queue, &app::BuildQueue::started);
    const int base = queue.add(u"base"_s, failing());
    const int middle = queue.add(u"middle"_s, failing(), {base});
    const int last = queue.add(u"last"_s, failing(), {middle});
    QVERIFY(idle.wait(10'000));
    QCOMPARE(started.size(), 1);
    QCOMPARE(queue.build(last)->state, State::Failed);
    QVERIFY(queue.build(middle)->report.outcome.error->message.contains(u"\"base\""));
    QVERIFY(queue.build(last)->report.outcome.error->message.contains(u"\"middle\""));
}

void tst_BuildQueue::oneIsCancelledAndTheOthersGoOn()
{
    app::BuildQueue queue(client(), nullptr);
    queue.setLimit(1);
    QSignalSpy idle(&queue, &app::BuildQueue::idle);
    const int first = queue.add(u"first"_s, failing());
    const int second = queue.add(u"second"_s, failing());
    queue.cancel(first);
    queue.cancel(first); // nothing happens twice
    QVERIFY(idle.wait(10'000));
    QCOMPARE(queue.build(first)->state, State::Cancelled);
    QCOMPARE(queue.build(second)->state, State::Failed);
}

void tst_BuildQueue::cancellingAllEndsThoseThatWaitToo()
{
    app::BuildQueue queue(client(), nullptr);
    queue.setLimit(1);
    QSignalSpy idle(&queue, &app::BuildQueue::idle);
    connect(&queue, &app::BuildQueue::started, this, [&queue] { queue.cancelAll(); }, Qt::QueuedConnection);
    for (int i = 0; i < 4; ++i)
        queue.add(u"variant"_s, failing());
    QVERIFY(idle.wait(10'000));
    QCOMPARE(queue.builds().back().state, State::Cancelled);
    QVERIFY(!queue.isRunning());
}

void tst_BuildQueue::whatHasEndedCanBeForgotten()
{
    app::BuildQueue queue(client(), nullptr);
    QSignalSpy idle(&queue, &app::BuildQueue::idle);
    QSignalSpy removed(&queue, &app::BuildQueue::removed);
    const int id = queue.add(u"gone"_s, failing());
    QVERIFY(idle.wait(10'000));
    queue.clearEnded();
    QCOMPARE(removed.value(0).value(0).toInt(), id);
    QVERIFY(queue.builds().empty());
    QVERIFY(!queue.build(id));
}

QTEST_GUILESS_MAIN(tst_BuildQueue)
#include "tst_buildqueue.moc"
