// SPDX-License-Identifier: Apache-2.0
#include "syncfixture.h"

using namespace Qt::StringLiterals;
using engine::GrpcCode;
using engine::Metadata;

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

    void theSharedKeyIsOfTheFolder()
    {
        QCOMPARE(engine::sharedKeyOf(u"/a"_s), engine::sharedKeyOf(u"/a"_s));
        QVERIFY(engine::sharedKeyOf(u"/a"_s) != engine::sharedKeyOf(u"/b"_s));
        QVERIFY(!engine::sharedKeyOf(u"/a"_s).contains("/a"));
    }
};

QTEST_GUILESS_MAIN(TestFileSync)
#include "tst_filesync.moc"
