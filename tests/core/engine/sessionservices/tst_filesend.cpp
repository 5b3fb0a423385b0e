// SPDX-License-Identifier: Apache-2.0
#include "sendfixture.h"

using namespace Qt::StringLiterals;
using engine::GrpcCode;
using engine::OutputTarget;

class TestFileSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anArchiveTakesItsNameWhenItIsWhole()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"new/deep/image.tar"_s);
        Send send({{OutputTarget::Kind::File, path}});
        const auto call = send.call();
        sendBytes(*call, "first ");
        sendBytes(*call, "second");
        QVERIFY(!QFileInfo::exists(path));
        call->halfClosed();
        QCOMPARE(call->code(), GrpcCode::Ok);
        QCOMPARE(contentOf(path), "first second");
        QCOMPARE(namesBelow(folder.path()), QStringList({u"new"_s, u"new/deep"_s, u"new/deep/image.tar"_s}));
    }

    void anArchiveThatDoesNotBecomeWholeLeavesTheOldOne()
    {
        TreeFixture tree;
        tree.file("image.tar", "old");
        Send send({{OutputTarget::Kind::File, QString(tree.path() + u"/image.tar")}});
        const auto call = send.call();
        sendBytes(*call, "half");
        call->gone();
        QCOMPARE(contentOf(tree.path() + u"/image.tar"), "old");
        QCOMPARE(namesBelow(tree.path()), QStringList({u"image.tar"_s}));
    }

    void aLinkToAnArchiveStaysALink()
    {
        TreeFixture tree;
        tree.file("real.tar", "old");
        tree.link("latest.tar", "real.tar");
        Send send({{OutputTarget::Kind::File, QString(tree.path() + u"/latest.tar")}});
        const auto call = send.call();
        sendBytes(*call, "new");
        call->halfClosed();
        QCOMPARE(contentOf(tree.path() + u"/real.tar"), "new");
        QVERIFY(QFileInfo(tree.path() + u"/latest.tar").isSymLink());
    }

    void aDeviceIsWrittenAndNotReplaced()
    {
        Send send({{OutputTarget::Kind::File, u"/dev/null"_s}});
        const auto call = send.call();
        sendBytes(*call, "away");
        call->halfClosed();
        QCOMPARE(call->code(), GrpcCode::Ok);
        QVERIFY(!QFileInfo(u"/dev/null"_s).isFile());
    }

    void aPlaceThatCannotBeWrittenIsNamed_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isFolder");
        QTest::addColumn<QString>("says");
        QTest::newRow("a full disk") << u"/dev/full"_s << false << u"no room left"_s;
        QTest::newRow("a folder in the archive's place")
            << u"@/folder"_s << false << u"a folder is in its place"_s;
        QTest::newRow("an archive where others write")
            << u"@/closed/image.tar"_s << false << u"may not be written"_s;
        QTest::newRow("a folder where others write") << u"@/closed/out"_s << true << u"may not be written"_s;
        QTest::newRow("files in a folder where others write")
            << u"@/closed"_s << true << u"may not be written"_s;
        QTest::newRow("a folder below a file")
            << u"@/file/out"_s << true << u"a file stands where a folder belongs"_s;
    }
    void aPlaceThatCannotBeWrittenIsNamed()
    {
        QFETCH(QString, path);
        QFETCH(bool, isFolder);
        TreeFixture tree;
        tree.folder("folder");
        tree.folder("closed", 0555);
        tree.file("file", "");
        const LessRights rights;
        path.replace(u"@"_s, tree.path());
        Send send({{isFolder ? OutputTarget::Kind::Folder : OutputTarget::Kind::File, path}});
        const auto call = send.call();
        if (!call->status && isFolder)
            sendAll(*call, {{"file", 0644, {}, "x"}});
        else if (!call->status)
            sendBytes(*call, "x");
        QVERIFY(call->status);
        QCOMPARE(call->code(), GrpcCode::Unknown);
        QCOMPARE(send.failures.size(), size_t(1));
        QFETCH(QString, says);
        QVERIFY2(send.failures.front().message.contains(says), qPrintable(send.failures.front().text()));
        QVERIFY(send.failures.front().where.startsWith(isFolder ? tree.path() : path));
    }

    void aFolderArrivesAsItWas()
    {
        QTemporaryDir folder;
        const QString out = folder.filePath(u"out"_s);
        Send send({{OutputTarget::Kind::Folder, out}});
        const auto call = send.call();
        sendAll(*call, {{"bin", folderBit | 0555},
                        {"bin/tool", 0755, {}, QByteArray(100'000, 'x')},
                        {"bin/tool2", 0755, "bin/tool"},
                        {"empty", 0600},
                        {"link", linkBit | 0777, "/somewhere/else"},
                        {"ファイル", 0644, {}, "names"}});
        QVERIFY2(call->code() == GrpcCode::Ok, qPrintable(call->status->message));
        QCOMPARE(namesBelow(out), QStringList({u"bin"_s, u"bin/tool"_s, u"bin/tool2"_s, u"empty"_s, u"link"_s,
                                               u"ファイル"_s}));
        QCOMPARE(contentOf(out + u"/bin/tool2").size(), 100'000);
        struct stat status;
        QCOMPARE(::lstat(QFile::encodeName(QString(out + u"/bin/tool")).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0755U);
        QCOMPARE(status.st_nlink, 2U);
        QCOMPARE(status.st_uid, ::geteuid());
        QCOMPARE(status.st_mtim.tv_sec, 1'000'000'000);
        QCOMPARE(status.st_mtim.tv_nsec, 1);
        QCOMPARE(::lstat(QFile::encodeName(QString(out + u"/bin")).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0555U);
        QCOMPARE(status.st_mtim.tv_sec, 1'000'000'000);
        QCOMPARE(QFile::symLinkTarget(out + u"/link"), u"/somewhere/else"_s);
        ::chmod(QFile::encodeName(QString(out + u"/bin")).constData(), 0755);
    }

    void whatWasThereIsReplacedFileByFileAndTheRestIsLeftAlone()
    {
        TreeFixture outside;
        outside.file("precious", "mine");
        TreeFixture tree;
        tree.file("mine", "kept");
        tree.file("old", "old");
        tree.link("linked", outside.at("precious"));
        tree.link("dir", QFile::encodeName(outside.path()));
        tree.folder("sub");
        tree.file("sub/mine", "kept");
        Send send({{OutputTarget::Kind::Folder, tree.path()}});
        const auto call = send.call();
        sendAll(*call, {{"dir", folderBit | 0755},
                        {"dir/precious", 0644, {}, "new"},
                        {"linked", 0644, {}, "new"},
                        {"old", 0644, {}, "new"},
                        {"sub", folderBit | 0755},
                        {"sub/new", 0644, {}, "new"}});
        QCOMPARE(call->code(), GrpcCode::Ok);
        QCOMPARE(contentOf(tree.path() + u"/mine"), "kept");
        QCOMPARE(contentOf(tree.path() + u"/sub/mine"), "kept");
        for (const auto &path : {u"/old"_s, u"/linked"_s, u"/dir/precious"_s, u"/sub/new"_s})
            QCOMPARE(contentOf(tree.path() + path), "new");
        QCOMPARE(contentOf(outside.path() + u"/precious"), "mine");
    }

    void severalExportersGoToTheirOwnPlaces()
    {
        QTemporaryDir folder;
        Send send({{OutputTarget::Kind::None, {}},
                   {OutputTarget::Kind::File, folder.filePath(u"a.tar"_s)},
                   {OutputTarget::Kind::Folder, folder.filePath(u"out"_s)}});
        const auto archive = send.call({{"buildkit-attachable-exporter-id", "1"}});
        const auto files = send.call({{"buildkit-attachable-exporter-id", "2"}});
        sendBytes(*archive, "tar");
        sendAll(*files, {{"file", 0644, {}, "x"}});
        archive->halfClosed();
        QCOMPARE(contentOf(folder.filePath(u"a.tar"_s)), "tar");
        QCOMPARE(contentOf(folder.filePath(u"out/file"_s)), "x");
        for (const char *number : {"0", "3", "-1", "x", "99999999999999999999"})
            QCOMPARE(send.call({{"buildkit-attachable-exporter-id", number}})->code(), GrpcCode::NotFound);
        const auto ofOldEngine = send.call();
        sendBytes(*ofOldEngine, "first that takes");
        ofOldEngine->halfClosed();
        QCOMPARE(contentOf(folder.filePath(u"a.tar"_s)), "first that takes");
    }
};

QTEST_GUILESS_MAIN(TestFileSend)
#include "tst_filesend.moc"
