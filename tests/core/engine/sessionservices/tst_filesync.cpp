// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/filesync.h"
#include "fakeengine.h"
#include "treefixture.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QtTest>

using namespace Qt::StringLiterals;
using engine::GrpcCode;
using engine::LocalSource;
using engine::Metadata;

namespace {

struct Problem
{
    base::Error error;
    bool ended;
};

/// A service of one folder, called "context", with what it reports.
struct Sync
{
    explicit Sync(std::vector<LocalSource> sources)
        : service(engine::makeFileSync(
              std::move(sources),
              {.progress = [this](const auto &p) { progress.push_back(p); },
               .problem = [this](const auto &error, bool ended) { problems.push_back({error, ended}); }}))
    {}
    explicit Sync(const TreeFixture &tree)
        : Sync(std::vector{LocalSource{.name = u"context"_s, .folder = tree.path()}})
    {}

    std::vector<engine::SyncProgress> progress;
    std::vector<Problem> problems;
    std::unique_ptr<engine::SessionService> service;
};

Metadata context(const Metadata &more = {})
{
    Metadata metadata{{"dir-name", "context"}};
    metadata.insert(metadata.end(), more.begin(), more.end());
    return metadata;
}

/// All that an engine which wants everything gets.
void serve(Sync &sync, FakeReceiver &receiver)
{
    sync.service->serve(receiver.call);
    QVERIFY(receiver.call->waitForEnd());
}

}

class TestFileSync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldersComeBeforeWhatTheyHoldAndNamesInTheOrderOfTheirBytes()
    {
        TreeFixture tree;
        for (const char *path : {"b", "a/z", "a/b/c", "a.txt", "a-x", "Z", "ä", "a/b.go"})
            tree.file(path, path);
        Sync sync(tree);
        FakeReceiver receiver(context());
        serve(sync, receiver);
        QCOMPARE(receiver.call->code(), GrpcCode::Ok);
        QVERIFY(receiver.isFinAnswered);
        QCOMPARE(receiver.paths,
                 QByteArrayList({"Z", "a", "a/b", "a/b/c", "a/b.go", "a/z", "a-x", "a.txt", "b", "ä"}));
        QCOMPARE(receiver.contents["a/b/c"], "a/b/c");
        QCOMPARE(receiver.contents["ä"], "ä");
        QCOMPARE(receiver.contents.size(), 8);
    }

    void everyKindOfEntryIsToldAsGoHasIt()
    {
        TreeFixture tree;
        tree.file("plain", "12345", 0640);
        tree.file("tool", "", 04755);
        tree.folder("shared", 01777);
        tree.link("link", "../outside");
        tree.pipe("pipe");
        tree.modified("plain", 1'234'567'890'123'456'789);
        Sync sync(tree);
        FakeReceiver receiver(context());
        serve(sync, receiver);
        QCOMPARE(receiver.stat("plain").mode(), 0640U);
        QCOMPARE(receiver.stat("plain").size(), 5);
        QCOMPARE(receiver.stat("plain").mod_time(), 1'234'567'890'123'456'789);
        QCOMPARE(receiver.stat("plain").uid(), 0U);
        QCOMPARE(receiver.stat("tool").mode(), 0755U | 1U << 23);
        QCOMPARE(receiver.stat("shared").mode(), 0777U | 1U << 31 | 1U << 20);
        QCOMPARE(receiver.stat("shared").size(), 0);
        QCOMPARE(receiver.stat("link").mode(), 0777U | 1U << 27);
        QCOMPARE(receiver.stat("link").linkname(), "../outside");
        QCOMPARE(receiver.stat("pipe").mode() & ~0777U, 1U << 25);
        QCOMPARE(receiver.contents.keys(), QByteArrayList({"plain", "tool"}));
    }

    void largeFilesComeInSmallPieces()
    {
        TreeFixture tree;
        const QByteArray large = QByteArray("0123456789abcdef").repeated(20'000) + "tail";
        tree.file("large", large);
        tree.file("empty", "");
        Sync sync(tree);
        FakeReceiver receiver(context());
        serve(sync, receiver);
        QCOMPARE(receiver.largestPiece, 32 * 1024);
        QCOMPARE(receiver.contents["large"], large);
        QCOMPARE(receiver.contents["empty"], "");
        QVERIFY(sync.progress.back().finished);
        QCOMPARE(sync.progress.back().filesSent, 2);
        QCOMPARE(sync.progress.back().bytesSent, large.size());
        QCOMPARE(sync.progress.back().entries, 2);
    }

    void whatTheEngineHasIsNotSentAgain()
    {
        TreeFixture tree;
        tree.file("a", "1");
        tree.file("b", "2");
        Sync sync(tree);
        FakeReceiver receiver(context());
        receiver.wants = [](const QByteArray &path) { return path == "b"; };
        serve(sync, receiver);
        QCOMPARE(receiver.contents.keys(), QByteArrayList({"b"}));
        QCOMPARE(sync.progress.back().filesSent, 1);
    }

    void theEngineGetsWhatItsListsSay_data()
    {
        QTest::addColumn<Metadata>("lists");
        QTest::addColumn<QByteArrayList>("paths");
        const auto row = [](const char *why, const Metadata &lists, const QByteArrayList &paths) {
            QTest::newRow(why) << lists << paths;
        };
        const QByteArrayList all{"Makefile",     "docs",           "docs/a.md",
                                 "docs/b.txt",   "docs/deep",      "docs/deep/c.md",
                                 "node_modules", "node_modules/x", "node_modules/x/y.js",
                                 "src",          "src/main.go",    "src/main_test.go",
                                 "way",          "日本",           "日本/ファイル"};
        row("no list: everything", {}, all);
        row("an excluded folder goes with all it holds",
            {{"exclude-patterns", "docs"}, {"exclude-patterns", "node_modules"}},
            {"Makefile", "src", "src/main.go", "src/main_test.go", "way", "日本", "日本/ファイル"});
        row("the last match wins, and a folder above what is taken back is told",
            {{"exclude-patterns", "*"}, {"exclude-patterns", "!docs/deep/*.md"}},
            {"docs", "docs/deep", "docs/deep/c.md"});
        row("stars across folders",
            {{"exclude-patterns", "**/*.md"},
             {"exclude-patterns", "**/node_modules"},
             {"exclude-patterns", "日本"}},
            {"Makefile", "docs", "docs/b.txt", "docs/deep", "src", "src/main.go", "src/main_test.go", "way"});
        row("taken back and left out again",
            {{"exclude-patterns", "**"}, {"exclude-patterns", "!src"}, {"exclude-patterns", "src/*_test.go"}},
            {"src", "src/main.go"});
        row("an included folder with all it holds", {{"include-patterns", "docs/deep"}},
            {"docs", "docs/deep", "docs/deep/c.md"});
        row("an included pattern", {{"include-patterns", "*/*.go"}},
            {"src", "src/main.go", "src/main_test.go"});
        row("followed paths are included", {{"followpaths", "src/main.go"}, {"followpaths", "Makefile"}},
            {"Makefile", "src", "src/main.go"});
        row("a followed path that leads through a link brings the link and its target",
            {{"followpaths", "way/deep/c.md"}}, {"docs", "docs/deep", "docs/deep/c.md", "way"});
        row("a followed pattern", {{"followpaths", "docs/*.md"}}, {"docs", "docs/a.md"});
        row("following the folder itself is everything", {{"followpaths", "src"}, {"followpaths", "."}}, all);
        row("following what is not there", {{"followpaths", ".dockerignore"}}, {});
        row("followed and excluded", {{"followpaths", "src"}, {"exclude-patterns", "**/*_test.go"}},
            {"src", "src/main.go"});
        row("lists that are not ASCII come escaped",
            {{"followpaths", "%E6%97%A5%E6%9C%AC"},
             {"followpaths", "src%2Fmain.go"},
             {"followpaths-encoded", "1"}},
            {"src", "src/main.go", "日本", "日本/ファイル"});
        row("old engines send them as they are", {{"followpaths", "日本"}}, {"日本", "日本/ファイル"});
        row("following out of the folder stays in it", {{"followpaths", "../../src/main.go"}},
            {"src", "src/main.go"});
    }
    void theEngineGetsWhatItsListsSay()
    {
        QFETCH(Metadata, lists);
        TreeFixture tree;
        for (const char *path : {"Makefile", "docs/a.md", "docs/b.txt", "docs/deep/c.md",
                                 "node_modules/x/y.js", "src/main.go", "src/main_test.go", "日本/ファイル"})
            tree.file(path, path);
        tree.link("way", "/docs");
        Sync sync(tree);
        FakeReceiver receiver(context(lists));
        serve(sync, receiver);
        QCOMPARE(receiver.call->code(), GrpcCode::Ok);
        QTEST(receiver.paths, "paths");
        QVERIFY(sync.problems.empty());
    }

    void linksThatGoRoundInCirclesEnd()
    {
        TreeFixture tree;
        tree.link("a", "b");
        tree.link("b", "a");
        tree.link("c", "c/x");
        Sync sync(tree);
        FakeReceiver receiver(context({{"followpaths", "a/f"}, {"followpaths", "c"}}));
        serve(sync, receiver);
        QCOMPARE(receiver.paths, QByteArrayList({"a", "b", "c"}));
    }

    void theDockerfileComesFromMemory()
    {
        Sync sync({{.name = u"dockerfile"_s,
                    .files = {{u"Dockerfile"_s, "FROM unsaved\n"},
                              {u"Dockerfile.dockerignore"_s, "*\n"},
                              {u"other"_s, "not asked for"}}}});
        const Metadata metadata{{"dir-name", "dockerfile"},
                                {"followpaths", "Dockerfile"},
                                {"followpaths", "Dockerfile.dockerignore"},
                                {"followpaths", "dockerfile"}};
        FakeReceiver receiver(metadata);
        serve(sync, receiver);
        QCOMPARE(receiver.paths, QByteArrayList({"Dockerfile", "Dockerfile.dockerignore"}));
        QCOMPARE(receiver.contents["Dockerfile"], "FROM unsaved\n");

        // An engine compares size and time: the same text has the same, another one has not.
        Sync same({{.name = u"dockerfile"_s, .files = {{u"Dockerfile"_s, "FROM unsaved\n"}}}});
        FakeReceiver again(metadata);
        serve(same, again);
        QCOMPARE(again.stats.front().mod_time(), receiver.stats.front().mod_time());
        Sync other({{.name = u"dockerfile"_s, .files = {{u"Dockerfile"_s, "FROM altered\n"}}}});
        FakeReceiver changed(metadata);
        serve(other, changed);
        QVERIFY(changed.stats.front().mod_time() != receiver.stats.front().mod_time());
    }

    void aNameThatNobodyOfferedIsNotFound()
    {
        TreeFixture tree;
        Sync sync(tree);
        FakeReceiver receiver({{"dir-name", "/etc"}});
        sync.service->serve(receiver.call);
        QCOMPARE(receiver.call->code(), GrpcCode::NotFound);
        QVERIFY(receiver.call->sent.empty());
    }

    void namesOfAllScriptsGoThroughAndOthersAreReported()
    {
        TreeFixture tree;
        const QByteArrayList names{"Ünïcödé",    "файл",      "ملف",        "文件", "\xF0\x9F\x90\xB3",
                                   "with space", "new\nline", "\"quoted\"", "-dash"};
        for (const QByteArray &name : names)
            tree.file(name, name);
        tree.file("bad\xFF", "");
        tree.link("leads to bad", "bad\xFF");
        Sync sync(tree);
        FakeReceiver receiver(context());
        serve(sync, receiver);
        QCOMPARE(receiver.call->code(), GrpcCode::Ok);
        for (const QByteArray &name : names)
            QCOMPARE(receiver.contents.value(name), name);
        QCOMPARE(receiver.paths.size(), names.size());
        QCOMPARE(sync.problems.size(), size_t(2));
        QVERIFY(!sync.problems.front().ended);
        QVERIFY(sync.problems.front().error.message.contains(u"UTF-8"));
        tree.remove("bad\xFF"); // QTemporaryDir cannot
    }

    void socketsAreLeftOut()
    {
        TreeFixture tree;
        tree.socket("agent");
        tree.file("file", "1");
        Sync sync(tree);
        FakeReceiver receiver(context());
        serve(sync, receiver);
        QCOMPARE(receiver.paths, QByteArrayList({"file"}));
        QCOMPARE(sync.problems.front().error.where, u"agent"_s);
    }

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
        QVERIFY2(grown < 20 * 1024 * 1024, "numbers and names of 100,000 files");
    }

    void theSharedKeyIsOfTheFolder()
    {
        QCOMPARE(engine::sharedKeyOf(u"/a"_s), engine::sharedKeyOf(u"/a"_s));
        QVERIFY(engine::sharedKeyOf(u"/a"_s) != engine::sharedKeyOf(u"/b"_s));
        QVERIFY(!engine::sharedKeyOf(u"/a"_s).contains("/a"));
    }
};

QTEST_GUILESS_MAIN(TestFileSync)
#include "tst_filesync.moc"
