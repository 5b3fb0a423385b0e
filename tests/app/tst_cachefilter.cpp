// SPDX-License-Identifier: Apache-2.0
#include "commandline/cachefilter.h"

#include <QTest>

using namespace Qt::StringLiterals;

class tst_CacheFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dockersWordsBecomeBuildKitsFilters();
    void aPruneIsAskedInBuildKitsOwnWordsAndEachMustHold();
    void recordsPassByEveryFilter();
    void whatIsNoFilterIsRefused();
};

void tst_CacheFilter::dockersWordsBecomeBuildKitsFilters()
{
    engine::PruneSpec spec;
    for (const auto &text : {u"until=1h30m"_s, u"type=exec.cachemount"_s, u"description~=go"_s, u"id!=x"_s})
        QVERIFY(app::addFilter(text, spec));
    QCOMPARE(spec.unusedFor.count(), 5400);
    QCOMPARE(spec.filters, QStringList({u"type==exec.cachemount"_s, u"description~=go"_s, u"id!=x"_s}));
}

void tst_CacheFilter::aPruneIsAskedInBuildKitsOwnWordsAndEachMustHold()
{
    engine::PruneSpec spec;
    for (const auto &text : {u"type=regular"_s, u"mutable=false"_s, u"shared!=true"_s, u"inuse=false"_s})
        QVERIFY(app::addFilter(text, spec));
    QCOMPARE(app::pruneFilters(spec.filters), QStringList{u"type==regular,immutable,private"_s});
    QCOMPARE(app::pruneFilters({u"inuse==true"_s}), QStringList{u"inuse"_s});
    QCOMPARE(app::pruneFilters({u"inuse==false"_s}), QStringList());
}

void tst_CacheFilter::recordsPassByEveryFilter()
{
    const auto now = QDateTime::fromSecsSinceEpoch(1'000'000, QTimeZone::UTC);
    const engine::CacheRecord record{.id = u"a"_s,
                                     .type = u"regular"_s,
                                     .description = u"RUN go build"_s,
                                     .isInUse = true,
                                     .lastUsed = now.addSecs(-7200)};
    const auto passes = [&](const QStringList &filters) {
        engine::PruneSpec spec;
        for (const auto &filter : filters)
            (void)app::addFilter(filter, spec);
        return app::passes(record, spec, now);
    };
    QVERIFY(passes({}));
    QVERIFY(passes({u"type=regular"_s, u"description~=go b"_s, u"inuse=true"_s, u"until=2h"_s}));
    QVERIFY(!passes({u"type=frontend"_s}));
    QVERIFY(!passes({u"inuse=false"_s}));
    QVERIFY(!passes({u"id!=a"_s}));
    QVERIFY(!passes({u"until=3h"_s}));
}

void tst_CacheFilter::whatIsNoFilterIsRefused()
{
    engine::PruneSpec spec;
    for (const auto &text :
         {u"until=soon"_s, u"colour=red"_s, u"type"_s, u"type="_s, u"mutable=yes"_s, QString()})
        QVERIFY2(!app::addFilter(text, spec), qUtf8Printable(text));
    QCOMPARE(spec, engine::PruneSpec());
}

QTEST_GUILESS_MAIN(tst_CacheFilter)
#include "tst_cachefilter.moc"
