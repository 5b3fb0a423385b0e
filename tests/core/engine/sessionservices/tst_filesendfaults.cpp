// SPDX-License-Identifier: Apache-2.0
#include "sendfixture.h"

using namespace Qt::StringLiterals;
using engine::GrpcCode;
using engine::OutputTarget;

/// An engine that means harm, or errs, writes nothing that it should not.
class TestFileSendFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_GUILESS_MAIN(TestFileSendFaults)
#include "tst_filesendfaults.moc"
