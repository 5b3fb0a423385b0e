// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/pruneplan.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::CacheRecord;
using engine::PruneSpec;

namespace {

const QDateTime now(QDate(2026, 1, 10), QTime(12, 0), QTimeZone::UTC);

CacheRecord record(const QString &id, qint64 bytes, int daysAgo, const QStringList &parents = {})
{
    CacheRecord record;
    record.id = id;
    record.type = u"regular"_s;
    record.sizeBytes = bytes;
    record.created = record.lastUsed = now.addDays(-daysAgo);
    record.parents = parents;
    return record;
}

// base <- step <- last; and a cache mount beside them.
std::vector<CacheRecord> sample()
{
    auto mount = record(u"mount"_s, 1000, 1);
    mount.type = u"exec.cachemount"_s;
    mount.description = u"cached mount /root/.cache/go-build"_s;
    mount.isMutable = true;
    return {record(u"base"_s, 100, 5), record(u"step"_s, 20, 5, {u"base"_s}),
            record(u"last"_s, 3, 2, {u"step"_s}), mount};
}

}

class TestPrunePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingThatIsNotInUseGoes()
    {
        const auto plan = engine::planPrune(sample(), {}, now);
        QCOMPARE(plan->bytes, 1123);
        QCOMPARE(plan->bytesLeft, 0);
        QCOMPARE(plan->ids.indexOf(u"base"_s) > plan->ids.indexOf(u"step"_s), true);
    }

    void whatARecordInUseStandsOnStays()
    {
        auto records = sample();
        records[2].isInUse = true;
        const auto plan = engine::planPrune(records, {}, now);
        QCOMPARE(plan->ids, QStringList{u"mount"_s});
    }

    void sharedAndInternalRecordsGoOnlyWhenAllIsAskedFor()
    {
        auto records = sample();
        records[0].isShared = true;
        records[3].type = u"internal"_s;
        QCOMPARE(engine::planPrune(records, {}, now)->bytes, 23);
        QCOMPARE(engine::planPrune(records, {.all = true}, now)->bytes, 1123);
    }

    void whatWasUsedLatelyStays()
    {
        const auto plan = engine::planPrune(sample(), {.unusedFor = 72h}, now);
        QVERIFY2(plan->ids.isEmpty(), "the newest step stands on the older ones");
        auto records = sample();
        records[2].lastUsed = now.addDays(-4);
        QCOMPARE(engine::planPrune(records, {.unusedFor = 72h}, now)->bytes, 123);
    }

    void aPartIsKeptAndTheOldestGoesFirst()
    {
        const auto plan = engine::planPrune(sample(), {.keepBytes = 1050}, now);
        QCOMPARE(plan->ids, (QStringList{u"last"_s, u"step"_s, u"base"_s}));
        QCOMPARE(plan->bytesLeft, 1000);
    }

    void filtersChooseAndUnknownOnesLeaveItToTheEngine_data()
    {
        QTest::addColumn<QStringList>("filters");
        QTest::addColumn<qint64>("bytes"); // -1: not told
        QTest::newRow("a type") << QStringList{u"type==exec.cachemount"_s} << qint64(1000);
        QTest::newRow("not a type") << QStringList{u"type!=exec.cachemount"_s} << qint64(123);
        QTest::newRow("no record has a description in a prune")
            << QStringList{u"description~=go-build"_s} << qint64(0);
        QTest::newRow("so it is never the one that is not meant")
            << QStringList{u"description!=go-build"_s} << qint64(1123);
        QTest::newRow("a word") << QStringList{u"immutable"_s} << qint64(123);
        QTest::newRow("a word with a value holds for none") << QStringList{u"mutable==true"_s} << qint64(0);
        QTest::newRow("a word and a type") << QStringList{u"private,type==regular"_s} << qint64(123);
        QTest::newRow("both must hold") << QStringList{u"type==regular,id==last"_s} << qint64(3);
        QTest::newRow("either") << QStringList{u"id==last"_s, u"id==mount"_s} << qint64(1003);
        QTest::newRow("quotes") << QStringList{u"id==\"last\""_s} << qint64(3);
        QTest::newRow("unknown field") << QStringList{u"color==red"_s} << qint64(-1);
        QTest::newRow("broken pattern") << QStringList{u"id~=("_s} << qint64(-1);
    }
    void filtersChooseAndUnknownOnesLeaveItToTheEngine()
    {
        QFETCH(QStringList, filters);
        QFETCH(qint64, bytes);
        const auto plan = engine::planPrune(sample(), {.filters = filters}, now);
        QCOMPARE(plan ? plan->bytes : -1, bytes);
    }
};

QTEST_GUILESS_MAIN(TestPrunePlan)
#include "tst_pruneplan.moc"
