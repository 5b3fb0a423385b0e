// SPDX-License-Identifier: Apache-2.0
#include "cache/cachemodel.h"
#include "cache/cachepage.h"
#include "cache/enginebuildsmodel.h"
#include "cache/enginebuildspage.h"
#include "cache/prunebar.h"
#include "theme/theme.h"
#include "widgets/searchfield.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

engine::CacheRecord record(const QString &id, const QString &type, qint64 bytes, int daysAgo)
{
    engine::CacheRecord record;
    record.id = id;
    record.type = type;
    record.description = u"what "_s + id;
    record.sizeBytes = bytes;
    record.created = record.lastUsed = QDateTime::currentDateTimeUtc().addDays(-daysAgo);
    return record;
}

std::vector<engine::CacheRecord> sample()
{
    auto used = record(u"used"_s, u"regular"_s, 1'000'000, 0);
    used.isInUse = true;
    return {record(u"old"_s, u"regular"_s, 5'000'000, 40), used,
            record(u"go"_s, u"exec.cachemount"_s, 80'000'000, 2)};
}

QPushButton *buttonCalled(QWidget &page, const QString &text)
{
    const auto buttons = page.findChildren<QPushButton *>();
    const auto found =
        std::ranges::find_if(buttons, [&](QPushButton *button) { return button->text() == text; });
    return found == buttons.end() ? nullptr : *found;
}

// Sizes hold a blank that does not break.
QString plain(QString text)
{
    return text.replace(QChar(0xa0), u' ');
}

bool says(QWidget &page, const QString &words)
{
    const auto labels = page.findChildren<QLabel *>();
    return std::ranges::any_of(labels,
                               [&](const QLabel *label) { return plain(label->text()).contains(words); });
}

}

class TestCachePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Scheme::Light); }

    void theRecordsAreSummedAndSortedBySize()
    {
        CachePage page;
        QAbstractItemModelTester tester(page.model());
        page.showRecords(sample());
        QCOMPARE(plain(page.summary()), u"86 MB in 3 records, 85 MB of it not in use"_s);
        const auto *shown = page.view()->model();
        QCOMPARE(shown->index(0, CacheModel::DescriptionColumn).data().toString(), u"what go"_s);
        QCOMPARE(shown->index(0, CacheModel::TypeColumn).data().toString(), u"cache mount"_s);
        QCOMPARE(shown->index(2, CacheModel::StateColumn).data().toString(), u"in use"_s);
    }

    void theFilterLeavesWhatMatches()
    {
        CachePage page;
        page.showRecords(sample());
        page.findChild<SearchField *>()->setText(u"MOUNT"_s);
        QCOMPARE(page.view()->model()->rowCount(), 1);
    }

    void whatAPruneWouldFreeIsSaidAndMarkedBeforeIt()
    {
        CachePage page;
        page.showRecords(sample());
        QVERIFY(says(page, u"Frees 85 MB"_s));
        auto *what = page.pruneBar()->findChild<QComboBox *>();
        what->setCurrentIndex(what->findText(u"Not used for 30 days"_s));
        QVERIFY(says(page, u"Frees 5 MB"_s));
        QVERIFY(page.model()->index(0, 0).data(CacheModel::MarkedRole).toBool());
        QVERIFY(!page.model()->index(2, 0).data(CacheModel::MarkedRole).toBool());
        what->setCurrentIndex(what->findText(u"Build contexts"_s));
        QVERIFY(says(page, u"Nothing would be freed."_s));
        QVERIFY(!buttonCalled(page, u"Free…"_s)->isEnabled());
    }

    void aPruneIsAskedForOnceMore()
    {
        CachePage page;
        page.resize(800, 400);
        page.show();
        page.showRecords(sample());
        QSignalSpy pruned(&page, &CachePage::pruneRequested);
        buttonCalled(page, u"Free…"_s)->click();
        auto *box = page.findChild<QMessageBox *>();
        QVERIFY(box);
        QVERIFY(pruned.isEmpty());
        buttonCalled(*box, u"Free"_s)->click();
        QCOMPARE(pruned.size(), 1);
        page.pruneBegan();
        QSignalSpy stopped(&page, &CachePage::stopRequested);
        buttonCalled(page, u"Stop"_s)->click();
        QCOMPARE(stopped.size(), 1);
        page.recordFreed(u"go"_s);
        QCOMPARE(page.model()->rowCount(), 2);
        page.pruneEnded(80'000'000);
        QVERIFY(says(page, u"80 MB freed."_s));
    }

    void anErrorSaysWhyAndOffersToTryAgain()
    {
        CachePage page;
        page.showError({.kind = base::Error::Kind::Unreachable, .message = u"the engine is gone"_s});
        QVERIFY(says(page, u"The engine is gone"_s));
        QSignalSpy again(&page, &CachePage::refreshRequested);
        buttonCalled(page, u"Try again"_s)->click();
        QCOMPARE(again.size(), 1);
    }

    void whatAnEngineCannotDoIsNotTriedAgain()
    {
        CachePage page;
        page.show();
        page.showError({.kind = base::Error::Kind::Unsupported, .message = u"Podman has no build cache"_s});
        QVERIFY(says(page, u"Podman has no build cache"_s));
        const auto buttons = page.findChildren<QAbstractButton *>();
        QVERIFY(std::ranges::none_of(buttons, [](const QAbstractButton *it) { return it->isVisible(); }));
    }

    void whoLogsInAtAProxyIsNotShown()
    {
        engine::EngineBuild build;
        build.state = engine::EngineBuild::State::Failed;
        build.options = {{u"build-arg:HTTP_PROXY"_s, u"http://me:planted@proxy:3128"_s},
                         {u"build-arg:all_proxy"_s, u"socks5://me:planted@proxy:1080"_s}};
        build.error = u"cannot fetch https://planted@github.com/x.git"_s;
        EngineBuildsPage page;
        page.showBuilds({build});
        const QModelIndex shown = page.view()->model()->index(0, EngineBuildsModel::WhatColumn);
        QCOMPARE(shown.data().toString(),
                 u"Dockerfile · HTTP_PROXY=http://***@proxy:3128, all_proxy=socks5://***@proxy:1080"_s);
        QVERIFY(!shown.data(Qt::ToolTipRole).toString().contains(u"planted"_s));
        page.view()->setCurrentIndex(shown);
        QVERIFY(says(page, u"cannot fetch https://***@github.com/x.git"_s));
    }

    void theEnginesBuildsAreListedNewestFirst()
    {
        EngineBuildsPage page;
        QAbstractItemModelTester tester(page.model());
        engine::EngineBuild old;
        old.ref = u"1"_s;
        old.state = engine::EngineBuild::State::Failed;
        old.error = u"exit code: 1"_s;
        old.started = QDateTime::currentDateTimeUtc().addSecs(-100);
        old.completed = old.started.addSecs(2);
        engine::EngineBuild fresh = old;
        fresh.ref = u"2"_s;
        fresh.state = engine::EngineBuild::State::Succeeded;
        fresh.started = old.started.addSecs(50);
        fresh.completed = fresh.started.addSecs(4);
        fresh.error.clear();
        fresh.options = {{u"filename"_s, u"Dockerfile.prod"_s}, {u"target"_s, u"final"_s}};
        fresh.steps = 9;
        fresh.cachedSteps = 4;
        page.showBuilds({old, fresh});
        const auto *shown = page.view()->model();
        QCOMPARE(shown->index(0, EngineBuildsModel::WhatColumn).data().toString(),
                 u"Dockerfile.prod, target final"_s);
        QCOMPARE(shown->index(0, EngineBuildsModel::StepsColumn).data().toString(), u"9, 4 cached"_s);
        page.view()->setCurrentIndex(shown->index(1, 0));
        QVERIFY(says(page, u"exit code: 1"_s));
        QSignalSpy forgotten(&page, &EngineBuildsPage::forgetRequested);
        buttonCalled(page, u"Forget"_s)->click();
        QCOMPARE(forgotten.size(), 1);
        QCOMPARE(forgotten[0][0].toString(), u"1"_s);
    }
};

QTEST_MAIN(TestCachePage)
#include "tst_cachepage.moc"
