// SPDX-License-Identifier: Apache-2.0
#include "syncfixture.h"

#include <QElapsedTimer>
#include <QTimer>

using namespace Qt::StringLiterals;
using engine::GrpcCode;

/// What goes wrong on either side while files are sent.
class TestFileSyncFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linksOutOfTheFolderAreNeverFollowed()
    {
        TreeFixture outside;
        outside.file("secret", "do not send");
        TreeFixture tree;
        tree.link("out", QFile::encodeName(outside.path()));
        tree.file("folder/secret", "inside");
        Sync sync(tree);
        FakeReceiver receiver(context({{"followpaths", "out/secret"}, {"followpaths", "folder"}}));
        receiver.asksByItself = false;
        sync.service->serve(receiver.call);
        QVERIFY(QTest::qWaitFor([&] { return receiver.isAllTold; }));
        QCOMPARE(receiver.paths, QByteArrayList({"folder", "folder/secret", "out"}));
        // Between telling and asking, a folder on the way becomes a link.
        tree.remove("folder/secret");
        tree.remove("folder");
        tree.link("folder", QFile::encodeName(outside.path()));
        receiver.ask(1);
        QVERIFY(QTest::qWaitFor([&] { return receiver.contents.contains("folder/secret"); }));
        QCOMPARE(receiver.contents["folder/secret"], "");
        QVERIFY(sync.problems.front().error.message.contains(u"vanished"));
    }

    void whatChangesBetweenTellingAndSending_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("told");
        QTest::newRow("vanished") << 0 << QByteArray() << u"vanished"_s;
        QTest::newRow("another content") << 1 << QByteArray("altogether new") << u"changed"_s;
        QTest::newRow("a pipe in its place, which nobody writes") << 2 << QByteArray() << u"vanished"_s;
        QTest::newRow("a folder in its place") << 3 << QByteArray() << u"vanished"_s;
        QTest::newRow("got shorter") << 4 << QByteArray("o") << u"changed"_s;
    }
    void whatChangesBetweenTellingAndSending()
    {
        QFETCH(int, change);
        TreeFixture tree;
        tree.file("file", "old");
        Sync sync(tree);
        FakeReceiver receiver(context());
        receiver.asksByItself = false;
        sync.service->serve(receiver.call);
        QVERIFY(QTest::qWaitFor([&] { return receiver.isAllTold; }));
        tree.remove("file");
        if (change == 1)
            tree.file("file", "altogether new");
        else if (change == 2)
            tree.pipe("file");
        else if (change == 3)
            tree.folder("file");
        else if (change == 4)
            tree.file("file", "o");
        receiver.ask(0);
        QVERIFY(QTest::qWaitFor([&] { return receiver.contents.contains("file"); }));
        QTEST(receiver.contents["file"], "content");
        QCOMPARE(sync.problems.size(), size_t(1));
        QCOMPARE(sync.problems.front().error.where, u"file"_s);
        QFETCH(QString, told);
        QVERIFY2(sync.problems.front().error.message.contains(told),
                 qPrintable(sync.problems.front().error.text()));
        receiver.call->receivePacket(proto::Packet::FIN);
        QCOMPARE(receiver.call->code(), GrpcCode::Ok);
    }

    void aFileThatGrowsAsFastAsItIsReadEnds()
    {
        TreeFixture tree;
        tree.file("log", QByteArray(1024 * 1024, 'x'));
        Sync sync(tree);
        FakeReceiver receiver(context());
        receiver.call->isStuck = true;
        sync.service->serve(receiver.call);
        for (int i = 0; i < 100 && !receiver.call->status; ++i) {
            tree.append("log", QByteArray(64 * 1024, 'y'));
            receiver.call->drain();
            QCoreApplication::processEvents();
        }
        QCOMPARE(receiver.call->code(), GrpcCode::Ok);
        QVERIFY(receiver.contents["log"].size() < 2 * 1024 * 1024);
    }

    void aFileThatCannotBeReadEndsTheBuildWithItsName()
    {
        TreeFixture tree;
        tree.file("etc/secret.pem", "x", 0);
        const LessRights rights;
        Sync sync(tree);
        FakeReceiver receiver(context());
        serve(sync, receiver);
        QCOMPARE(receiver.call->code(), GrpcCode::Unknown);
        QVERIFY(receiver.error.contains("etc/secret.pem"));
        QVERIFY(receiver.call->status->message.contains(u".dockerignore"));
        QVERIFY(sync.problems.front().ended);
    }

    void aFolderThatCannotBeReadMattersOnlyIfItIsWanted()
    {
        TreeFixture tree;
        tree.file("file", "x");
        tree.folder("closed", 0);
        const LessRights rights;
        Sync sync(tree);
        FakeReceiver all(context());
        serve(sync, all);
        QVERIFY(all.error.startsWith("closed: "));
        FakeReceiver without(context({{"exclude-patterns", "closed"}, {"exclude-patterns", "!closed/x"}}));
        serve(sync, without);
        QCOMPARE(without.paths, QByteArrayList({"file"}));
        QCOMPARE(without.call->code(), GrpcCode::Ok);
    }

    void aFolderThatIsNotThereIsAnError()
    {
        Sync sync({{.name = u"context"_s, .folder = u"/nowhere/at/all"_s}});
        FakeReceiver receiver(context());
        sync.service->serve(receiver.call);
        QVERIFY(receiver.call->status->message.contains(u"/nowhere/at/all"));
        QVERIFY(sync.problems.front().ended);
    }

    void anEngineThatTalksNonsenseIsLeft_data()
    {
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *name, proto::Packet::Type type, quint32 id) {
            proto::Packet packet;
            packet.set_type(type);
            packet.set_id(id);
            QTest::newRow(name) << QByteArray::fromStdString(packet.SerializeAsString());
        };
        QTest::newRow("no protobuf") << QByteArray("\xff\xff\xff\xff\xff");
        QTest::newRow("a length beyond the message") << QByteArray("\x22\xff\xff\xff\xff\x07", 6);
        QTest::newRow("an unknown kind of packet") << QByteArray("\x08\x63", 2);
        row("the number of a folder", proto::Packet::REQ, 0);
        row("a number that was never told", proto::Packet::REQ, 2);
        row("the largest number there is", proto::Packet::REQ, 0xffffffff);
        row("content, which is ours to send", proto::Packet::DATA, 1);
        row("a refusal of its own", proto::Packet::ERR, 0);
    }
    void anEngineThatTalksNonsenseIsLeft()
    {
        QFETCH(QByteArray, message);
        TreeFixture tree;
        tree.file("folder/file", "x");
        Sync sync(tree);
        FakeReceiver receiver(context());
        receiver.asksByItself = false;
        sync.service->serve(receiver.call);
        QVERIFY(QTest::qWaitFor([&] { return receiver.isAllTold; }));
        receiver.call->receiveBytes(message);
        QVERIFY(receiver.call->status);
        QVERIFY(receiver.call->status->code != GrpcCode::Ok);
        // Whatever else comes is nobody's business any more.
        receiver.call->receivePacket(proto::Packet::REQ, 1);
        receiver.call->drain();
        receiver.call->halfClosed();
        receiver.call->gone();
    }

    void nobodyAsksForAFileTwice()
    {
        TreeFixture tree;
        tree.file("file", "x");
        Sync sync(tree);
        FakeReceiver receiver(context());
        receiver.asksByItself = false;
        sync.service->serve(receiver.call);
        QVERIFY(QTest::qWaitFor([&] { return receiver.isAllTold; }));
        receiver.ask(0);
        receiver.ask(0);
        QCOMPARE(receiver.call->code(), GrpcCode::InvalidArgument);
    }

    void whatTheEngineDoesNotTakeIsNotHeapedUp()
    {
        TreeFixture tree;
        tree.file("large", QByteArray(8 * 1024 * 1024, 'x'));
        Sync sync(tree);
        FakeReceiver receiver(context());
        receiver.call->isStuck = true;
        qsizetype most = 0;
        sync.service->serve(receiver.call);
        for (int i = 0; i < 1000 && !receiver.call->status; ++i) {
            QCoreApplication::processEvents();
            most = std::max(most, receiver.call->queued);
            receiver.call->drain();
        }
        QCOMPARE(receiver.call->code(), GrpcCode::Ok);
        QVERIFY(most <= engine::ServerCall::sendMark + 64 * 1024);
    }

    void aLostConnectionEndsItQuietly()
    {
        TreeFixture tree;
        tree.file("large", QByteArray(1024 * 1024, 'x'));
        Sync sync(tree);
        FakeReceiver receiver(context());
        receiver.call->isStuck = true;
        sync.service->serve(receiver.call);
        QCoreApplication::processEvents();
        receiver.call->gone();
        const size_t sent = receiver.call->sent.size();
        receiver.call->drain();
        QTest::qWait(20);
        QCOMPARE(receiver.call->sent.size(), sent);
        QVERIFY(sync.problems.empty());
    }

    void aHundredThousandFilesKeepTheLoopAliveAndTheMemorySmall()
    {
        TreeFixture tree;
        for (int i = 0; i < 100; ++i)
            tree.files("d" + QByteArray::number(i), 1000);
        Sync sync(tree);
        FakeReceiver receiver(
            context({{"exclude-patterns", "**/node_modules"}, {"exclude-patterns", "*.md"}}));
        // Only counted: the engine's own list would be most of the memory.
        qint64 told = 0;
        receiver.call->onSent = [&](const QByteArray &) {
            ++told;
            receiver.call->sent.clear();
        };
        QElapsedTimer beat;
        qint64 longest = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] { longest = std::max(longest, beat.restart()); });
        timer.start(0);
        beat.start();
        const qint64 before = residentBytes();
        sync.service->serve(receiver.call);
        QVERIFY(QTest::qWaitFor([&] { return told == 100'101; }, 30'000));
        const qint64 grown = residentBytes() - before;
        qInfo("longest pause %lld ms, memory %+lld kB", longest, grown / 1024);
        QVERIFY2(longest < 500, "an engine waits ten seconds for its health check, a debug build is slow");
#ifndef __SANITIZE_ADDRESS__ // which keeps what was freed for a while
        QVERIFY2(grown < 20 * 1024 * 1024, "numbers and names of 100,000 files");
#endif
    }
};

QTEST_GUILESS_MAIN(TestFileSyncFaults)
#include "tst_filesyncfaults.moc"
