// SPDX-License-Identifier: Apache-2.0
#include "history/historystore.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using history::BuildRecord;
using history::HistoryStore;

class TestHistoryStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBuildComesBackAsItWasRemembered()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"deep/below/history.sqlite"_s);
        BuildRecord record = sample(u"/p/Dockerfile"_s);
        {
            auto store = HistoryStore::open(path);
            QVERIFY(store);
            const auto id = store->add(record);
            QVERIFY(id);
            record.id = *id;
        }
        const auto store = HistoryStore::open(path);
        QVERIFY(store);
        QVERIFY(!store->setAside());
        const auto loaded = store->load(record.id);
        QVERIFY(loaded);
        QVERIFY(loaded->has_value());
        QCOMPARE(**loaded, record);
        QVERIFY(!store->load(record.id + 1)->has_value());
    }

    void theListIsNewestFirstAndOfOneFileWhenAsked()
    {
        auto store = HistoryStore::open(u":memory:"_s);
        QVERIFY(store);
        const auto a1 = store->add(sample(u"/a/Dockerfile"_s));
        const auto b1 = store->add(sample(u"/b/Dockerfile"_s));
        const auto a2 = store->add(sample(u"/a/Dockerfile"_s));
        QCOMPARE(ids(*store->list({})), (QList<qint64>{*a2, *b1, *a1}));
        QCOMPARE(ids(*store->list(u"/a/Dockerfile"_s)), (QList<qint64>{*a2, *a1}));
        QCOMPARE(ids(*store->list({}, 1)), QList<qint64>{*a2});
        QVERIFY(store->list({})->front().steps.empty());
        QVERIFY(store->remove(*a2));
        QCOMPARE(ids(*store->list(u"/a/Dockerfile"_s)), QList<qint64>{*a1});
    }

    void theBuildBeforeIsTheLastThatSucceededForTheSameTarget()
    {
        auto store = HistoryStore::open(u":memory:"_s);
        QVERIFY(store);
        const auto first = store->add(sample(u"/a/Dockerfile"_s));
        BuildRecord failed = sample(u"/a/Dockerfile"_s);
        failed.outcome = u"failed"_s;
        QVERIFY(store->add(failed));
        BuildRecord otherTarget = sample(u"/a/Dockerfile"_s);
        otherTarget.target = u"debug"_s;
        const auto debug = store->add(otherTarget);
        QVERIFY(store->add(sample(u"/b/Dockerfile"_s)));
        const auto last = store->add(sample(u"/a/Dockerfile"_s));
        const auto before = store->before(*last);
        QVERIFY(before && before->has_value());
        QCOMPARE((*before)->id, *first);
        QCOMPARE((*before)->layers.size(), std::size_t(2));
        QVERIFY(!store->before(*debug)->has_value());
        QVERIFY(!store->before(*first)->has_value());
    }

    void aDamagedFileIsSetAsideAndANewOneBegun_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("not a database at all") << QByteArray(9000, 'x');
        QTest::newRow("the head of one, then noise")
            << QByteArray("SQLite format 3\0", 16) + QByteArray(9000, '\x5a');
    }
    void aDamagedFileIsSetAsideAndANewOneBegun()
    {
        QFETCH(QByteArray, bytes);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"history.sqlite"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        auto store = HistoryStore::open(path);
        QVERIFY2(store, qPrintable(store ? QString() : store.error().text()));
        QVERIFY(store->setAside());
        const QStringList kept = QDir(folder.path()).entryList({u"history.sqlite.damaged-*"_s});
        QCOMPARE(kept.size(), 1);
        QVERIFY(store->setAside()->hint.contains(kept.front()));
        QFile old(folder.filePath(kept.front()));
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), bytes);
        QVERIFY(store->add(sample(u"/a/Dockerfile"_s)));
    }

    void aFolderThatCannotBeMadeIsNamed()
    {
        const auto store = HistoryStore::open(u"/proc/nothing/history.sqlite"_s);
        QVERIFY(!store);
        QCOMPARE(store.error().where, u"/proc/nothing"_s);
    }

    void twoStoresOfOneFileSeeEachOther()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"history.sqlite"_s);
        auto one = HistoryStore::open(path);
        auto two = HistoryStore::open(path);
        QVERIFY(one && two);
        QVERIFY(one->add(sample(u"/a/Dockerfile"_s)));
        QVERIFY(two->add(sample(u"/a/Dockerfile"_s)));
        QCOMPARE(one->list({})->size(), std::size_t(2));
    }

private:
    static QList<qint64> ids(const std::vector<BuildRecord> &records)
    {
        QList<qint64> list;
        for (const BuildRecord &record : records)
            list += record.id;
        return list;
    }

    static BuildRecord sample(const QString &path)
    {
        BuildRecord record;
        record.dockerfilePath = path;
        record.tags = {u"hello:v1"_s, u"hello:latest"_s};
        record.dockerfileText = u"FROM scratch\r\nCOPY süß /\n"_s;
        record.started = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, QTimeZone::UTC);
        record.durationNs = 12'345'678'901;
        record.outcome = u"done"_s;
        record.imageId = u"sha256:1234"_s;
        record.imageBytes = 9'000'000'000;
        record.steps = {{u"[builder 1/2] RUN go build"_s, u"cached"_s, 7'000'000'001, 3}};
        record.layers = {{u"FROM alpine"_s, 8'000'000, 0, true}, {u"COPY hello /"_s, 1'000'000, 5, false}};
        return record;
    }
};

QTEST_GUILESS_MAIN(TestHistoryStore)
#include "tst_historystore.moc"
