// SPDX-License-Identifier: Apache-2.0
// Order, limits and ends of a queue, with builds that fail, since the engine knows no builds.
// tst_bakecommand builds real images.
#include "build/buildqueue.h"

#include "build/bakebuild.h"
#include "history/historystore.h"
#include "support/fakeengine.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using State = app::QueuedBuild::State;

namespace {

app::BuildInput failing(const QString &text = u"FROM scratch\n"_s)
{
    app::BuildInput input;
    static const QTemporaryDir folder;
    input.folder = folder.path();
    input.snapshot = *app::documentOf(text, {}, {});
    return input;
}

// As an engine leaves it that was killed.
bool leaveASocket(const QString &path)
{
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    const QByteArray name = QFile::encodeName(path);
    if (name.size() >= qsizetype(sizeof address.sun_path))
        return false;
    std::ranges::copy(name, address.sun_path);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool isBound = ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(socket);
    return isBound;
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
    void buildsAtOnceOnADeadSocketAllEnd_data();
    void buildsAtOnceOnADeadSocketAllEnd();

private:
    [[nodiscard]] std::shared_ptr<engine::Client> client() const
    {
        return std::make_shared<engine::Client>(*engine::parseHost(m_engine.url(), {}));
    }

    FakeEngine m_engine;
    QTemporaryDir m_dead;
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

void tst_BuildQueue::buildsAtOnceOnADeadSocketAllEnd_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("text");
    QTemporaryDir &folder = m_dead;
    const QString stale = folder.filePath(u"stale.sock"_s);
    QVERIFY(leaveASocket(stale));
    for (const QString &text : {u"FROM scratch\n"_s, u"FROM alpine\n"_s}) {
        const auto row = [&text](const char *name) {
            return QByteArray(name + (", " + text.toUtf8().trimmed()));
        };
        QTest::newRow(row("no socket").constData())
            << QString(u"unix://"_s + folder.filePath(u"none.sock"_s)) << text;
        QTest::newRow(row("nobody listens").constData()) << QString(u"unix://"_s + stale) << text;
        QTest::newRow(row("a port that is closed").constData()) << u"tcp://127.0.0.1:9"_s << text;
    }
}

void tst_BuildQueue::buildsAtOnceOnADeadSocketAllEnd()
{
    QFETCH(QString, url);
    QFETCH(QString, text);
    auto store = history::HistoryStore::open(m_dead.filePath(u"history.sqlite"_s));
    QVERIFY(store);
    for (int round = 0; round < 5; ++round) {
        app::BuildQueue queue(std::make_shared<engine::Client>(*engine::parseHost(url, {})), &*store);
        queue.setLimit(4);
        QSignalSpy idle(&queue, &app::BuildQueue::idle);
        for (int i = 0; i < 4; ++i)
            queue.add(u"variant %1"_s.arg(i), failing(text));
        QVERIFY2(idle.wait(10'000), qPrintable(u"round %1"_s.arg(round)));
        for (const auto &build : queue.builds())
            QVERIFY2(build.report.outcome.error->message.contains("engine"_L1),
                     qPrintable(build.report.outcome.error->text()));
    }
}

QTEST_GUILESS_MAIN(tst_BuildQueue)
#include "tst_buildqueue.moc"
