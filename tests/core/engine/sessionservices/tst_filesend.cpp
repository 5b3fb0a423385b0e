// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/filesend.h"
#include "fakecall.h"
#include "treefixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QtTest>

using namespace Qt::StringLiterals;
using engine::GrpcCode;
using engine::OutputTarget;

namespace {

constexpr quint32 folderBit = 1U << 31;
constexpr quint32 linkBit = 1U << 27;
constexpr auto diffCopy = "/moby.filesync.v1.FileSend/DiffCopy";

struct Send
{
    explicit Send(std::vector<OutputTarget> targets)
        : service(engine::makeFileSend(std::move(targets),
                                       {.progress = [this](const auto &p) { progress = p; },
                                        .failed = [this](const auto &error) { failures.push_back(error); },
                                        .leftOut = [this](const auto &error) { leftOut.push_back(error); }}))
    {}

    std::shared_ptr<FakeCall> call(const engine::Metadata &metadata = {})
    {
        auto made = std::make_shared<FakeCall>(diffCopy, metadata);
        service->serve(made);
        return made;
    }

    engine::OutputProgress progress;
    std::vector<base::Error> failures, leftOut;
    std::unique_ptr<engine::SessionService> service;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

void sendBytes(FakeCall &call, const QByteArray &bytes)
{
    proto::BytesMessage message;
    message.set_data(bytes.toStdString());
    call.receive(message);
}

struct Entry
{
    QByteArray path;
    quint32 mode = 0644;
    QByteArray link = {};
    QByteArray content = {};
    qint64 modifiedNs = 1'000'000'000'000'000'001;
};

void tell(FakeCall &call, const Entry &entry)
{
    proto::Packet packet;
    packet.set_type(proto::Packet::STAT);
    proto::Stat &stat = *packet.mutable_stat();
    stat.set_path(entry.path.toStdString());
    stat.set_mode(entry.mode);
    stat.set_uid(12345);
    stat.set_size(entry.content.size());
    stat.set_mod_time(entry.modifiedNs);
    stat.set_linkname(entry.link.toStdString());
    call.receive(packet);
}

/// All of a folder as BuildKit sends it: every entry, then what was asked for.
void sendAll(FakeCall &call, const std::vector<Entry> &entries)
{
    for (const Entry &entry : entries) {
        if (!call.status)
            tell(call, entry);
    }
    if (call.status)
        return;
    call.receivePacket(proto::Packet::STAT);
    for (const QByteArray &message : std::vector(call.sent)) {
        const auto packet = read<proto::Packet>(message);
        if (packet.type() != proto::Packet::REQ)
            continue;
        const QByteArray &content = entries.at(packet.id()).content;
        if (!content.isEmpty())
            call.receivePacket(proto::Packet::DATA, packet.id(), content);
        call.receivePacket(proto::Packet::DATA, packet.id());
    }
    if (call.status)
        return;
    QCOMPARE(read<proto::Packet>(call.sent.back()).type(), proto::Packet::FIN);
    call.receivePacket(proto::Packet::FIN);
}

QStringList namesBelow(const QString &folder)
{
    QStringList names;
    QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                     QDirIterator::Subdirectories);
    while (all.hasNext())
        names << QDir(folder).relativeFilePath(all.next());
    names.sort();
    return names;
}

}

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
        QVERIFY(send.progress.finished);
        QCOMPARE(send.progress.bytes, 12);
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
        QTest::newRow("a folder below a file") << u"@/file/out"_s << true << u"cannot be written"_s;
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
        QCOMPARE(send.progress.files, 3);
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

    void aFolderOfSomebodyIsNeverReplacedByAFile()
    {
        TreeFixture tree;
        tree.file("work/precious", "mine");
        Send send({{OutputTarget::Kind::Folder, tree.path()}});
        const auto call = send.call();
        sendAll(*call, {{"work", 0644, {}, "x"}});
        QVERIFY(call->code() != GrpcCode::Ok);
        QCOMPARE(contentOf(tree.path() + u"/work/precious"), "mine");
        QCOMPARE(send.failures.front().where, QString(tree.path() + u"/work"));
    }

    void nothingIsEverWrittenOutside_data()
    {
        QTest::addColumn<std::vector<Entry>>("entries");
        const auto row = [](const char *name, const std::vector<Entry> &entries) {
            QTest::newRow(name) << entries;
        };
        const Entry toOutside{"a", linkBit | 0777, "../outside"};
        row("up", {{"../outside/evil", 0644, {}, "x"}});
        row("up from within", {{"a", folderBit | 0755}, {"a/../../outside/evil", 0644, {}, "x"}});
        row("only up", {{"..", folderBit | 0755}});
        row("absolute", {{"/tmp/evil", 0644, {}, "x"}});
        row("empty", {{"", 0644, {}, "x"}});
        row("the folder itself", {{".", folderBit | 0755}});
        row("not clean", {{"a//b", 0644, {}, "x"}});
        row("a slash at the end", {{"a/", folderBit | 0755}});
        row("a zero in the name", {{QByteArray("a\0b", 3), 0644, {}, "x"}});
        row("below a link that was sent", {toOutside, {"a/evil", 0644, {}, "x"}});
        row("a folder in the place of a link that was sent",
            {toOutside, {"a", folderBit | 0755}, {"a/evil", 0644, {}, "x"}});
        row("a file in the place of a link that was sent", {toOutside, {"a", 0644, {}, "x"}});
        row("below a folder that was not sent", {{"a/evil", 0644, {}, "x"}});
        row("below a folder that was left",
            {{"a", folderBit | 0755}, {"b", 0644}, {"a/evil", 0644, {}, "x"}});
        row("below a file", {{"a", 0644}, {"a/evil", 0644, {}, "x"}});
        row("out of order", {{"b", 0644}, {"a", 0644}});
        row("twice", {{"a", 0644}, {"a", 0644}});
        row("a hard link to outside", {{"a", 0644, "../outside/precious"}});
        row("a hard link to an absolute name", {{"a", 0644, "/etc/passwd"}});
        row("a hard link to what was there before", {{"a", 0644, "before"}});
        row("a hard link to a link", {toOutside, {"b", 0644, "a"}});
        row("a hard link through a link", {toOutside, {"b", 0644, "a/precious"}});
    }
    void nothingIsEverWrittenOutside()
    {
        QFETCH(std::vector<Entry>, entries);
        TreeFixture tree;
        tree.file("outside/precious", "mine");
        tree.file("out/before", "mine");
        const QString outside = tree.path() + u"/outside";
        Send send({{OutputTarget::Kind::Folder, QString(tree.path() + u"/out")}});
        const auto call = send.call();
        sendAll(*call, entries);
        QVERIFY(call->status);
        QVERIFY(call->code() != GrpcCode::Ok);
        QCOMPARE(send.failures.size(), size_t(1));
        QCOMPARE(namesBelow(outside), QStringList({u"precious"_s}));
        QCOMPARE(contentOf(outside + u"/precious"), "mine");
        QCOMPARE(contentOf(tree.path() + u"/out/before"), "mine");
        QVERIFY(!QFileInfo::exists(u"/tmp/evil"_s));
    }

    void aLinkThatAppearsWhileContentComesIsNotFollowed()
    {
        TreeFixture tree;
        tree.file("outside/precious", "mine");
        Send send({{OutputTarget::Kind::Folder, QString(tree.path() + u"/out")}});
        const auto call = send.call();
        tell(*call, {"file", 0644, {}, "evil"});
        tree.remove("out/file");
        tree.link("out/file", "../outside/precious");
        call->receivePacket(proto::Packet::DATA, 0, "evil");
        QVERIFY(call->status);
        QCOMPARE(contentOf(tree.path() + u"/outside/precious"), "mine");
    }

    void devicesAreLeftOut()
    {
        QTemporaryDir folder;
        Send send({{OutputTarget::Kind::Folder, folder.path()}});
        const auto call = send.call();
        sendAll(*call,
                {{"null", 1U << 26 | 1U << 21 | 0666}, {"socket", 1U << 24 | 0666}, {"tool", 0644, {}, "x"}});
        QCOMPARE(call->code(), GrpcCode::Ok);
        QCOMPARE(namesBelow(folder.path()), QStringList({u"tool"_s}));
        QCOMPARE(send.leftOut.size(), size_t(2));
    }

    void anEngineThatTalksNonsenseIsLeft_data()
    {
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *name, proto::Packet::Type type, quint32 id) {
            proto::Packet packet;
            packet.set_type(type);
            packet.set_id(id);
            packet.set_data("x");
            QTest::newRow(name) << QByteArray::fromStdString(packet.SerializeAsString());
        };
        QTest::newRow("no protobuf") << QByteArray("\xff\xff\xff");
        row("content of a folder", proto::Packet::DATA, 0);
        row("content of what was never told", proto::Packet::DATA, 0xffffffff);
        row("a question that is ours", proto::Packet::REQ, 1);
        row("an end that nobody proposed", proto::Packet::FIN, 0);
        row("its own failure", proto::Packet::ERR, 0);
    }
    void anEngineThatTalksNonsenseIsLeft()
    {
        QFETCH(QByteArray, message);
        QTemporaryDir folder;
        Send send({{OutputTarget::Kind::Folder, folder.path()}});
        const auto call = send.call();
        tell(*call, {"folder", folderBit | 0755});
        tell(*call, {"folder/file", 0644, {}, "x"});
        call->receiveBytes(message);
        QVERIFY(call->status);
        QVERIFY(call->code() != GrpcCode::Ok);
        call->receivePacket(proto::Packet::DATA, 1, "x");
        call->halfClosed();
        call->gone();
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
