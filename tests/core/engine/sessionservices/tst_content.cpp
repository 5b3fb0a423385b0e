// SPDX-License-Identifier: Apache-2.0
#include "contentfixture.h"

#include <sys/resource.h>

#include <csignal>

using namespace Qt::StringLiterals;
using engine::GrpcCode;

/// The engine reads and writes the blobs of an OCI layout on this machine.
class TestContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBlobIsFoundByItsDigestWithItsSize()
    {
        TreeFixture tree;
        tree.file(nameOfBlob("hello"), "hello");
        Store store(tree.path(), false);
        const auto there = store.info(digestOf("hello"));
        QCOMPARE(there->code(), GrpcCode::Ok);
        const auto info = read<content::InfoResponse>(there->sent.front()).info();
        QCOMPARE(QByteArray::fromStdString(info.digest()), digestOf("hello"));
        QCOMPARE(info.size(), 5);
        QVERIFY(info.created_at().seconds() > 1'700'000'000);
        const auto absent = store.info(digestOf("nobody"));
        QCOMPARE(absent->code(), GrpcCode::NotFound);
        QVERIFY(absent->status->message.contains(QString::fromUtf8(digestOf("nobody"))));
    }

    void onlyADigestLeadsToAFile_data()
    {
        QTest::addColumn<QByteArray>("digest");
        const QByteArray good = digestOf("secret").sliced(7);
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("out of the folder") << QByteArray("sha256:../../../secret");
        QTest::newRow("absolute") << QByteArray("sha256:/etc/passwd");
        QTest::newRow("another algorithm") << QByteArray("../../:" + good);
        QTest::newRow("capital letters") << QByteArray("sha256:" + good.toUpper());
        QTest::newRow("one digit short") << QByteArray("sha256:" + good.chopped(1));
        QTest::newRow("a NUL in it") << QByteArray("sha256:" + good.chopped(1) + '\0');
        QTest::newRow("a slash in it") << QByteArray("sha256:" + good.chopped(1) + '/');
    }
    void onlyADigestLeadsToAFile()
    {
        QFETCH(QByteArray, digest);
        TreeFixture tree;
        tree.file("secret", "secret");
        Store store(tree.path() + u"/layout");
        tree.folder("layout");
        QCOMPARE(store.info(digest)->code(), GrpcCode::InvalidArgument);
        QCOMPARE(store.read(digest)->code(), GrpcCode::InvalidArgument);
        content::DeleteContentRequest request;
        request.set_digest(digest.toStdString());
        QCOMPARE(store.ask("Delete", request)->code(), GrpcCode::InvalidArgument);
        if (!digest.isEmpty())
            QCOMPARE(writeBlob(store, "x", digest), GrpcCode::InvalidArgument);
        QCOMPARE(bytesIn(tree.path() + u"/secret"), "secret");
        QCOMPARE(allBelow(tree.path()), QStringList{u"secret"_s});
    }

    void aBlobIsReadWhollyOrInPart_data()
    {
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<qint64>("size");
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("count");
        QTest::newRow("all of it") << 0LL << 0LL << 0LL << 1'000'000LL;
        QTest::newRow("a part") << 10LL << 300'000LL << 10LL << 300'000LL;
        QTest::newRow("to the end") << 999'999LL << 0LL << 999'999LL << 1LL;
        QTest::newRow("more than there is") << 900'000LL << 500'000LL << 900'000LL << 100'000LL;
        QTest::newRow("nothing is left") << 1'000'000LL << 5LL << 0LL << 0LL;
        QTest::newRow("before the beginning") << -7LL << 3LL << 0LL << 3LL;
    }
    void aBlobIsReadWhollyOrInPart()
    {
        QFETCH(qint64, offset);
        QFETCH(qint64, size);
        QFETCH(qint64, from);
        QFETCH(qint64, count);
        QByteArray blob;
        for (int i = 0; i < 250'000; ++i)
            blob.append(reinterpret_cast<const char *>(&i), 4);
        TreeFixture tree;
        tree.file(nameOfBlob(blob), blob);
        Store store(tree.path(), false);
        const auto call = store.read(digestOf(blob), offset, size);
        QCOMPARE(call->code(), GrpcCode::Ok);
        QVERIFY(joined(*call) == blob.sliced(from, count));
        QCOMPARE(store.read(digestOf(blob), 1'000'001)->code(), GrpcCode::OutOfRange);
    }

    void aSlowReaderIsNotFlooded()
    {
        const QByteArray blob(8'000'000, 'x');
        TreeFixture tree;
        tree.file(nameOfBlob(blob), blob);
        Store store(tree.path(), false);
        const auto call = store.begin("Read");
        call->isStuck = true;
        content::ReadContentRequest request;
        request.set_digest(digestOf(blob).toStdString());
        call->receive(request);
        QVERIFY(!call->status);
        QVERIFY(call->queued < 2 * engine::ServerCall::sendMark);
        for (int i = 0; i < 100 && !call->status; ++i)
            call->drain();
        QCOMPARE(call->code(), GrpcCode::Ok);
        QVERIFY(joined(*call) == blob);
    }

    void aBlobIsWrittenInPiecesAndIsThereWhenItIsWhole()
    {
        TreeFixture tree;
        const QByteArray blob = "first second";
        {
            Store store(tree.path());
            Writing writing(store, "layer-1", digestOf(blob), blob.size());
            QCOMPARE(writing.last().offset(), 0);
            writing.write(0, "first ");
            QCOMPARE(writing.last().offset(), 6);
            QCOMPARE(store.info(digestOf(blob))->code(), GrpcCode::NotFound);
            writing.write(6, "second");
            writing.commit(12, digestOf(blob));
            QCOMPARE(writing.call->code(), GrpcCode::Ok);
            QCOMPARE(QByteArray::fromStdString(writing.last().digest()), digestOf(blob));
            QCOMPARE(store.info(digestOf(blob))->code(), GrpcCode::Ok);
        }
        QCOMPARE(allBelow(tree.path()), QStringList{QString::fromUtf8(nameOfBlob(blob))});
        QCOMPARE(bytesIn(tree.path() + u'/' + QString::fromUtf8(nameOfBlob(blob))), blob);
        QVERIFY(!QFileInfo::exists(tree.path() + u"/ingest"));
    }

    void whatIsThereAlreadyIsNotSentAgain()
    {
        TreeFixture tree;
        tree.file(nameOfBlob("hello"), "hello");
        Store store(tree.path());
        QCOMPARE(writeBlob(store, "hello", digestOf("hello")), GrpcCode::AlreadyExists);
        Writing unnamed(store, "ref", {}, 0);
        unnamed.write(0, "hello");
        unnamed.commit(5);
        QCOMPARE(unnamed.call->code(), GrpcCode::AlreadyExists);
        QVERIFY(store.faults.empty());
    }

    void aBlobThatBrokeOffOnceIsWrittenAnew()
    {
        TreeFixture tree;
        tree.file(nameOfBlob("hello"), "hel", 0444);
        Store store(tree.path());
        QCOMPARE(writeBlob(store, "hello", digestOf("hello")), GrpcCode::Ok);
        QCOMPARE(bytesIn(tree.path() + u'/' + QString::fromUtf8(nameOfBlob("hello"))), "hello");
    }

    void whatHasAnotherDigestOrLengthDoesNotBecomeABlob()
    {
        TreeFixture tree;
        {
            Store store(tree.path());
            QCOMPARE(writeBlob(store, "wrong", digestOf("right")), GrpcCode::FailedPrecondition);
            QVERIFY2(store.faults.front().message.contains(QString::fromUtf8(digestOf("wrong"))),
                     qPrintable(store.faults.front().text()));
            Writing longer(store, "ref", digestOf("short"), 99);
            longer.write(0, "short");
            longer.commit(5);
            QCOMPARE(longer.call->code(), GrpcCode::FailedPrecondition);
        }
        QVERIFY(allBelow(tree.path()).isEmpty());
    }

    void aBrokenCallIsGoneOnWith()
    {
        TreeFixture tree;
        Store store(tree.path());
        const QByteArray blob = "first second";
        Writing first(store, "ref", digestOf(blob), blob.size());
        first.write(0, "first ");
        Writing beside(store, "ref", digestOf(blob), blob.size());
        QCOMPARE(beside.call->code(), GrpcCode::Unavailable); // one at a time: the caller waits
        first.call->gone();

        content::StatusRequest question;
        question.set_ref("ref");
        const auto status = read<content::StatusResponse>(store.ask("Status", question)->sent.front());
        QCOMPARE(status.status().offset(), 6);
        QCOMPARE(status.status().total(), 12);
        const auto all = store.ask("ListStatuses", content::ListStatusesRequest());
        QCOMPARE(read<content::ListStatusesResponse>(all->sent.front()).statuses_size(), 1);

        Writing second(store, "ref", digestOf(blob), blob.size());
        QCOMPARE(second.last().offset(), 6);
        second.write(3, "gap");
        QCOMPARE(second.call->code(), GrpcCode::OutOfRange);
        Writing third(store, "ref", digestOf(blob), blob.size());
        third.write(0, blob); // from the beginning again
        third.commit(blob.size(), digestOf(blob));
        QCOMPARE(third.call->code(), GrpcCode::Ok);
        QCOMPARE(store.ask("Status", question)->code(), GrpcCode::NotFound);
    }

    void whatIsAbortedOrLeftLeavesNothing()
    {
        TreeFixture tree;
        {
            Store store(tree.path());
            Writing aborted(store, "one", {}, 0);
            aborted.write(0, "x");
            aborted.call->halfClosed();
            QCOMPARE(aborted.call->code(), GrpcCode::Ok);
            content::AbortRequest request;
            request.set_ref("one");
            QCOMPARE(store.ask("Abort", request)->code(), GrpcCode::Ok);
            QVERIFY(allBelow(tree.path()).isEmpty());
            QCOMPARE(store.ask("Abort", request)->code(), GrpcCode::NotFound);
            Writing left(store, "two", {}, 0);
            left.write(0, "x");
            QCOMPARE(allBelow(tree.path()).size(), 1);
        }
        QVERIFY(allBelow(tree.path()).isEmpty());
    }

    void whatAKilledProgramLeftIsSweptUp()
    {
        TreeFixture tree;
        tree.file("ingest/stageloom-old", "half");
        tree.modified("ingest/stageloom-old", 1'000'000'000'000'000'000);
        tree.file("ingest/stageloom-new", "of a moment ago");
        tree.file("ingest/theirs", "of another program");
        tree.modified("ingest/theirs", 1'000'000'000'000'000'000);
        {
            Store store(tree.path());
            QCOMPARE(writeBlob(store, "x", digestOf("x")), GrpcCode::Ok);
        }
        QCOMPARE(allBelow(tree.path()), QStringList({QString::fromUtf8(nameOfBlob("x")),
                                                     u"ingest/stageloom-new"_s, u"ingest/theirs"_s}));
    }

    void allBlobsAreListedAndOneIsDeleted()
    {
        TreeFixture tree;
        for (int i = 0; i < 250; ++i)
            tree.file(nameOfBlob(QByteArray::number(i)), QByteArray::number(i));
        tree.file("blobs/sha256/README", "no blob");
        Store store(tree.path());
        const auto all = store.ask("List", content::ListContentRequest());
        QCOMPARE(all->sent.size(), 3U);
        int count = 0;
        for (const QByteArray &message : all->sent)
            count += read<content::ListContentResponse>(message).info_size();
        QCOMPARE(count, 250);
        content::DeleteContentRequest request;
        request.set_digest(digestOf("7").toStdString());
        QCOMPARE(store.ask("Delete", request)->code(), GrpcCode::Ok);
        QCOMPARE(store.info(digestOf("7"))->code(), GrpcCode::NotFound);
    }

    void whatIsOnlyReadIsNotChanged()
    {
        TreeFixture tree;
        tree.file(nameOfBlob("hello"), "hello");
        Store store(tree.path(), false);
        QCOMPARE(writeBlob(store, "x", digestOf("x")), GrpcCode::PermissionDenied);
        content::DeleteContentRequest request;
        request.set_digest(digestOf("hello").toStdString());
        QCOMPARE(store.ask("Delete", request)->code(), GrpcCode::PermissionDenied);
        content::ListContentRequest filtered;
        filtered.add_filters("digest==x");
        QCOMPARE(store.ask("List", filtered)->code(), GrpcCode::Unimplemented);
        QCOMPARE(store.ask("Update", content::InfoRequest())->code(), GrpcCode::FailedPrecondition);
        QCOMPARE(allBelow(tree.path()).size(), 1);
    }

    void anotherStoreIsNotThere()
    {
        TreeFixture tree;
        Store store(tree.path());
        QCOMPARE(store.begin("Info", "local:y")->code(), GrpcCode::NotFound);
        QCOMPARE(store.begin("Write", "")->code(), GrpcCode::NotFound);
    }

    void nonsenseEndsTheCall()
    {
        TreeFixture tree;
        Store store(tree.path());
        for (const char *method :
             {"Info", "List", "Delete", "Read", "Status", "ListStatuses", "Write", "Abort"}) {
            const auto call = store.begin(method);
            call->receiveBytes("\xff\xff\xff");
            QCOMPARE(call->code(), GrpcCode::InvalidArgument);
        }
        const auto unnamed = store.begin("Write");
        unnamed->receive(content::WriteContentRequest());
        QCOMPARE(unnamed->code(), GrpcCode::InvalidArgument);
        QVERIFY(allBelow(tree.path()).isEmpty());
    }

    void aLinkIsReadButNotWrittenThrough()
    {
        TreeFixture outside;
        outside.folder("blobs");
        outside.file("layer", "hello");
        TreeFixture tree;
        tree.folder("blobs/sha256");
        tree.link(nameOfBlob("hello"), outside.at("layer"));
        tree.pipe(nameOfBlob("pipe"));
        {
            Store store(tree.path());
            QCOMPARE(joined(*store.read(digestOf("hello"))), "hello");
            QCOMPARE(store.read(digestOf("pipe"))->code(), GrpcCode::NotFound); // and does not wait for it
        }
        TreeFixture linked;
        linked.link("blobs", outside.at("blobs"));
        linked.link("ingest", outside.at("blobs"));
        Store store(linked.path());
        QCOMPARE(writeBlob(store, "x", digestOf("x")), GrpcCode::Unknown);
        QVERIFY2(store.faults.front().message.contains(u"nothing is written through it"_s),
                 qPrintable(store.faults.front().text()));
        QCOMPARE(allBelow(outside.path()), QStringList{u"layer"_s});
    }

    void aPlaceThatCannotBeWrittenIsNamed()
    {
        TreeFixture tree;
        tree.folder("closed", 0555);
        tree.file("file", "");
        const LessRights rights;
        const auto refusal = [](const QString &folder) {
            const auto prepared =
                engine::prepareContent({{.id = "export", .folder = folder, .isWritten = true}});
            return prepared ? QString() : prepared.error().text();
        };
        QVERIFY(refusal(tree.path() + u"/closed").contains(u"may not be written"_s));
        QVERIFY(refusal(tree.path() + u"/closed/new").contains(u"may not be written"_s));
        QVERIFY(refusal(tree.path() + u"/file").contains(u"a file stands where a folder belongs"_s));
        QVERIFY(refusal(tree.path() + u"/file").contains(tree.path()));
        QVERIFY(engine::prepareContent({{.id = "oci:x", .folder = tree.path() + u"/closed"}}));
        Store store(tree.path() + u"/closed");
        QCOMPARE(writeBlob(store, "x", digestOf("x")), GrpcCode::Unknown);
        QVERIFY2(store.faults.front().message.contains(u"may not be written"_s),
                 qPrintable(store.faults.front().text()));
    }

    void aFullDiskIsNamed()
    {
        TreeFixture tree;
        Store store(tree.path());
        const rlimit before = limitFiles(4096);
        Writing writing(store, "ref", {}, 0);
        writing.write(0, QByteArray(10'000, 'x'));
        limitFiles(before.rlim_cur);
        QCOMPARE(writing.call->code(), GrpcCode::Unknown);
        QVERIFY2(store.faults.front().where.startsWith(tree.path()), qPrintable(store.faults.front().text()));
        QVERIFY2(writing.call->status->message.contains(store.faults.front().message),
                 qPrintable(writing.call->status->message));
    }

private:
    /// No file of this process grows beyond that: what a full disk is to a writer.
    static rlimit limitFiles(rlim_t bytes)
    {
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        const rlimit now{.rlim_cur = bytes, .rlim_max = before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
        return before;
    }
};

QTEST_GUILESS_MAIN(TestContent)
#include "tst_content.moc"
