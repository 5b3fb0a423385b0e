// SPDX-License-Identifier: Apache-2.0
// The build cache and the engine's memory of builds, used from the window on an engine of the test's own:
// what is freed there is nobody else's.
#include "base/units.h"
#include "cache/cachedialog.h"
#include "cache/cachemodel.h"
#include "cache/cachepage.h"
#include "cache/enginebuildsmodel.h"
#include "cache/enginebuildspage.h"
#include "cache/prunebar.h"
#include "windowbuild.h"

#include <QCheckBox>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QTreeView>

using namespace Qt::StringLiterals;

class TestWindowCache : public WindowBuild
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("STAGELOOM_TEST_ENGINE_HELPER"))
            QSKIP("STAGELOOM_TEST_ENGINE_HELPER names no script that starts engines; packaging/test.sh sets "
                  "it");
        const QString socket = helper({u"start"_s, u"cache"_s});
        QVERIFY2(!socket.isEmpty(), "the engine starts");
        qputenv("DOCKER_HOST", QByteArray("unix://" + socket.toLocal8Bit()));
        helper({u"load"_s, u"cache"_s, u"alpine:latest"_s});
        QVERIFY(start());
        const engine::Ability can = m_can.cacheRecords;
        m_program.reset();
        if (!can.can)
            QSKIP(qPrintable(can.reason));
    }
    void cleanupTestCase()
    {
        if (qEnvironmentVariableIsSet("STAGELOOM_TEST_ENGINE_HELPER"))
            helper({u"remove"_s, u"cache"_s});
    }
    void init() { QVERIFY(start()); }
    void cleanup() { m_program.reset(); }

    void whatAPruneWouldFreeIsShownAndThenFreed()
    {
        open("FROM alpine\nRUN --mount=type=cache,target=/c head -c 100000 /dev/urandom > /c/x && echo " +
             unique() + "\nRUN head -c 200000 /dev/urandom > /y\n");
        QVERIFY2(build(), qPrintable(m_error));
        auto *page = openDialog(u"Build Cache…"_s)->cache();
        QTRY_VERIFY_WITH_TIMEOUT(page->model()->rowCount() > 3, 20'000);

        // The cache mounts alone.
        auto *what = named<QComboBox>(*page, u"What to free"_s);
        what->setCurrentIndex(what->findText(u"Cache mounts"_s, Qt::MatchStartsWith));
        QCOMPARE(page->pruneBar()->spec().filters, QStringList{u"type==exec.cachemount"_s});
        const int before = page->model()->rowCount();
        const QString mounts = plan(*page);
        QVERIFY2(mounts.startsWith("Frees 100"_L1), qPrintable(mounts));
        const auto willGo = marked(*page);
        QCOMPARE(willGo.size(), 1);
        free(*page, u"Cancel"_s);
        QTest::qWait(300);
        QCOMPARE(page->model()->rowCount(), before);
        free(*page, u"Free"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(*page, u"freed."_s), 20'000);
        QVERIFY2(notice(*page).startsWith("100"_L1), qPrintable(notice(*page)));
        QTRY_COMPARE(page->model()->rowCount(), before - 1);

        // All of it, and what was promised is what is done.
        what->setCurrentIndex(0);
        for (auto *box : page->findChildren<QCheckBox *>())
            box->setChecked(true);
        QVERIFY2(plan(*page).startsWith("Frees "_L1), qPrintable(plan(*page)));
        const QString promised = plan(*page).section(u' ', 1, 1).section(u':', 0, 0);
        free(*page, u"Free"_s);
        QTRY_VERIFY_WITH_TIMEOUT(notice(*page).startsWith(promised), 20'000);
        QTRY_COMPARE(page->model()->rowCount(), 0);
        QVERIFY(says(*page, u"The build cache is empty"_s));
    }

    void buildsOfOthersAreSeenPinnedAndForgotten()
    {
        if (!m_can.history.can)
            QSKIP(qPrintable(m_can.history.reason));
        auto *page = openDialog(u"Engine's Builds…"_s)->builds();
        open("FROM alpine AS seen\nRUN echo " + unique() + "\n");
        const int before = page->model()->rowCount();
        QVERIFY2(build(), qPrintable(m_error));
        QTRY_VERIFY_WITH_TIMEOUT(page->model()->rowCount() > before, 20'000);
        if (buildByDocker())
            QTRY_VERIFY2_WITH_TIMEOUT(hasTarget(*page, u"by-docker"_s),
                                      "the command line's build appears by itself", 20'000);

        auto *view = page->findChild<QTreeView *>();
        view->setCurrentIndex(view->model()->index(0, 0));
        const QString ref = view->currentIndex().data(ui::EngineBuildsModel::RefRole).toString();
        const auto isPinned = [page, &ref] {
            return row(*page, ref).data(ui::EngineBuildsModel::PinnedRole).toBool();
        };
        button(*page, u"Pin"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(isPinned(), 10'000);
        QVERIFY2(!button(*page, u"Forget"_s)->isEnabled(), "what is pinned is not forgotten");
        QVERIFY2(row(*page, ref).data().toString().contains("pinned"_L1), "not by an icon alone");
        button(*page, u"Unpin"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!isPinned(), 10'000);
        const int known = page->model()->rowCount();
        button(*page, u"Forget"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(page->model()->rowCount(), known - 1, 10'000);
        QVERIFY(!row(*page, ref).isValid());
    }

private:
    ui::CacheDialog *openDialog(const QString &action)
    {
        for (auto *it : m_program->page().findChildren<QAction *>()) {
            if (QString(it->text()).remove(u'&') == action)
                it->trigger();
        }
        return m_program->window.findChild<ui::CacheDialog *>();
    }
    static QPushButton *button(const QWidget &in, const QString &text)
    {
        for (auto *it : in.findChildren<QPushButton *>()) {
            if (QString(it->text()).remove(u'&') == text)
                return it;
        }
        qFatal("no button says %s", qPrintable(text));
    }
    static QString plan(const ui::CachePage &page)
    {
        return named<QLabel>(page, u"What would be freed"_s)->text();
    }
    static QString notice(const ui::CachePage &page) { return page.findChild<ui::NoticeBar *>()->message(); }
    static bool said(const ui::CachePage &page, const QString &words) { return notice(page).contains(words); }
    /// The rows that are struck out.
    static QModelIndexList marked(const ui::CachePage &page)
    {
        QModelIndexList all;
        for (int row = 0; row < page.model()->rowCount(); ++row) {
            const auto index = page.model()->index(row, 0);
            if (index.data(Qt::FontRole).value<QFont>().strikeOut())
                all.append(index);
        }
        return all;
    }
    static void free(ui::CachePage &page, const QString &answer)
    {
        button(page, u"Free…"_s)->click();
        auto *box = page.findChild<QMessageBox *>();
        if (!box)
            qFatal("it does not ask");
        button(*box, answer)->click();
        QTRY_VERIFY(!page.findChild<QMessageBox *>());
    }
    static QModelIndex row(const ui::EngineBuildsPage &page, const QString &ref)
    {
        const auto found = page.model()->match(page.model()->index(0, 0), ui::EngineBuildsModel::RefRole, ref,
                                               1, Qt::MatchExactly);
        return found.value(0);
    }
    static bool hasTarget(const ui::EngineBuildsPage &page, const QString &words)
    {
        for (int row = 0; row < page.model()->rowCount(); ++row) {
            if (page.model()->index(row, 0).data().toString().contains(words))
                return true;
        }
        return false;
    }
    /// False: no docker command line is installed here.
    bool buildByDocker()
    {
        const QString docker = QStandardPaths::findExecutable(u"docker"_s);
        if (docker.isEmpty())
            return false;
        const QString folder = m_program->home.filePath(u"docker"_s);
        QDir().mkpath(folder);
        write(u"docker/Dockerfile"_s, "FROM alpine AS by-docker\nRUN echo " + unique() + "\n");
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(docker, {u"build"_s, u"-q"_s, u"--target"_s, u"by-docker"_s, folder});
        return process.waitForFinished(120'000) && process.exitCode() == 0;
    }
    /// The last line that the script prints; empty when it failed.
    static QString helper(const QStringList &words)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(qEnvironmentVariable("STAGELOOM_TEST_ENGINE_HELPER"), words);
        if (!process.waitForFinished(300'000) || process.exitCode() != 0)
            return {};
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed().section(u'\n', -1);
    }
};

QTEST_MAIN(TestWindowCache)
#include "tst_windowcache.moc"
