// SPDX-License-Identifier: Apache-2.0
// Which engine builds, chosen in the whole window; and what it keeps.
#include "cache/cachedialog.h"
#include "cache/cachemodel.h"
#include "cache/cachepage.h"
#include "cache/enginebuildsmodel.h"
#include "cache/enginebuildspage.h"
#include "engines/enginelistmodel.h"
#include "engines/enginesdialog.h"
#include "windowedprogram.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString nowhere()
{
    return u"unix:///nowhere/stageloom-test.sock"_s;
}

QAction *action(Program &program, const QString &text)
{
    for (auto *it : program.page().findChildren<QAction *>())
        if (QString(it->text()).remove(u'&') == text)
            return it;
    qFatal("no action says %s", qPrintable(text));
}

QPushButton *button(QWidget &in, const QString &text)
{
    for (auto *it : in.findChildren<QPushButton *>())
        if (QString(it->text()).remove(u'&') == text)
            return it;
    qFatal("no button says %s", qPrintable(text));
}

ui::EnginesDialog *openEngines(Program &program)
{
    action(program, u"Engines…"_s)->trigger();
    return program.window.findChild<ui::EnginesDialog *>();
}

void typeAddress(ui::EnginesDialog *dialog, const QString &address)
{
    auto *field = dialog->findChild<QLineEdit *>();
    QTest::keyClicks(field, address);
    QTest::keyClick(field, Qt::Key_Return);
}

const ui::EngineEntry *entryAt(ui::EnginesDialog *dialog, const QString &address)
{
    for (const auto &entry : dialog->model()->entries())
        if (entry.place.address == address)
            return &entry;
    return nullptr;
}

}

class tst_Engines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void theDialogIsThereOnceForAllDocuments();
    void anAddedEngineIsRememberedAndCanBeRemoved();
    void anEngineThatDoesNotAnswerIsNotTaken();
    void aChoiceHoldsUntilTheSurroundingsChange();
    void switchingNeedsNoRestartAndIsRemembered();
    void theButtonInTheStatusBarListsWhatBuildsCanRunOn();
    void testingSaysWhatTheEngineCanDo();
    void theCacheAndTheBuildsOfTheEngineAreShownAndFollowed();
    void withoutAnEngineTheCachePageSaysWhy();
    void anEngineWithoutBuildKitSaysSoOnBothPages();

private:
    QString m_engine;
};

void tst_Engines::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    m_engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
}

void tst_Engines::init()
{
    static const QTemporaryDir home; // no contexts and builders of who runs the test
    qputenv("HOME", home.path().toLocal8Bit());
    qputenv("DOCKER_CONFIG", home.filePath(u"docker"_s).toLocal8Bit());
    qunsetenv("DOCKER_CONTEXT");
    qputenv("DOCKER_HOST", nowhere().toLocal8Bit());
}

void tst_Engines::theDialogIsThereOnceForAllDocuments()
{
    Program program;
    program.openText(twoStages);
    auto *first = openEngines(program);
    program.openText(twoStages, u"Other.Dockerfile"_s);
    QCOMPARE(openEngines(program), first);
    QCOMPARE(program.window.findChildren<ui::EnginesDialog *>().size(), 1);
}

void tst_Engines::anAddedEngineIsRememberedAndCanBeRemoved()
{
    Program program;
    program.hub.remember(program.settings);
    auto *dialog = openEngines(program);
    QVERIFY(entryAt(dialog, nowhere()));
    typeAddress(dialog, u"ssh://me@host"_s);
    QVERIFY(entryAt(dialog, u"ssh://me@host"_s)->isOwn);
    QCOMPARE(program.settings.engineAddresses(), QStringList{u"ssh://me@host"_s});
    button(*dialog, u"Remove"_s)->click();
    QVERIFY(!entryAt(dialog, u"ssh://me@host"_s));
    QVERIFY(program.settings.engineAddresses().isEmpty());
}

void tst_Engines::anEngineThatDoesNotAnswerIsNotTaken()
{
    Program program;
    program.hub.remember(program.settings);
    auto *dialog = openEngines(program);
    typeAddress(dialog, u"unix:///also/nowhere.sock"_s);
    QSignalSpy refused(&program.hub, &app::EngineHub::refused);
    button(*dialog, u"Use This One"_s)->click();
    QTRY_COMPARE(refused.count(), 1);
    QCOMPARE(entryAt(dialog, u"unix:///also/nowhere.sock"_s)->state, ui::EngineEntry::State::Refused);
    QVERIFY2(program.settings.engineChoice().engine.isEmpty(), "it is not the choice of the next start");
    QVERIFY(program.notice().contains("is not used"_L1));
}

void tst_Engines::aChoiceHoldsUntilTheSurroundingsChange()
{
    QTemporaryDir folder;
    app::Settings settings(folder.filePath(u"s.ini"_s));
    settings.setEngineChoice({.engine = u"unix:///chosen.sock"_s, .under = nowhere() + u'\n', .builder = {}});
    app::EngineHub same;
    same.remember(settings);
    QVERIFY(same.isChosen());
    QSignalSpy told(&same, &app::EngineHub::stateChanged);
    same.reconnect();
    QTRY_COMPARE(same.state(), app::EngineHub::State::Missing);
    QCOMPARE(same.error().where, u"unix:///chosen.sock"_s);
    qputenv("DOCKER_HOST", "unix:///another.sock");
    app::EngineHub other;
    other.remember(settings);
    QVERIFY2(!other.isChosen(), "who sets DOCKER_HOST for this start means it");
}

void tst_Engines::switchingNeedsNoRestartAndIsRemembered()
{
    if (m_engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    Program program;
    program.hub.remember(program.settings);
    program.hub.reconnect();
    QTRY_COMPARE(program.hub.state(), app::EngineHub::State::Missing);
    auto *dialog = openEngines(program);
    typeAddress(dialog, m_engine);
    button(*dialog, u"Use This One"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(program.hub.state(), app::EngineHub::State::Connected, 10'000);
    QVERIFY(entryAt(dialog, m_engine)->isUsed);
    QCOMPARE(program.settings.engineChoice().engine, m_engine);
    const std::weak_ptr<engine::Client> before = program.hub.client();
    const auto build = program.hub.client(); // as a build holds it
    button(*dialog, u"Choose by Itself"_s)->click();
    QTRY_COMPARE(program.hub.state(), app::EngineHub::State::Missing);
    QVERIFY2(!before.expired(), "what runs ends where it began");
    QVERIFY(program.settings.engineChoice().engine.isEmpty());
}

void tst_Engines::theButtonInTheStatusBarListsWhatBuildsCanRunOn()
{
    if (m_engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    Program program;
    program.hub.addAddress(m_engine);
    QToolButton *status = nullptr;
    for (auto *it : program.page().findChildren<QToolButton *>())
        if (it->accessibleName() == u"Engine")
            status = it;
    QVERIFY(status && status->menu());
    Q_EMIT status->menu()->aboutToShow();
    QAction *choice = nullptr;
    for (auto *it : status->menu()->actions())
        if (it->text().startsWith(m_engine))
            choice = it;
    QVERIFY(choice && !choice->isChecked());
    choice->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(program.hub.state(), app::EngineHub::State::Connected, 10'000);
    QVERIFY(status->text().contains(program.hub.info()->version));
    Q_EMIT status->menu()->aboutToShow();
    const auto actions = status->menu()->actions();
    QVERIFY(std::ranges::any_of(
        actions, [this](const QAction *it) { return it->isChecked() && it->text().startsWith(m_engine); }));
}

void tst_Engines::testingSaysWhatTheEngineCanDo()
{
    if (m_engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    Program program;
    program.hub.addAddress(m_engine);
    auto *dialog = openEngines(program);
    QCOMPARE(entryAt(dialog, m_engine)->state, ui::EngineEntry::State::Untried);
    button(*dialog, u"Test All"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(entryAt(dialog, m_engine)->state, ui::EngineEntry::State::Answers, 20'000);
    QVERIFY(entryAt(dialog, m_engine)->answer.abilities.platforms.contains(u"linux/amd64"_s));
    QTRY_COMPARE(entryAt(dialog, nowhere())->state, ui::EngineEntry::State::Refused);
    QVERIFY2(program.hub.state() != app::EngineHub::State::Connected, "to test is not to use");
}

void tst_Engines::theCacheAndTheBuildsOfTheEngineAreShownAndFollowed()
{
    if (m_engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    qputenv("DOCKER_HOST", m_engine.toLocal8Bit());
    Program program;
    program.hub.reconnect();
    QTRY_COMPARE_WITH_TIMEOUT(program.hub.state(), app::EngineHub::State::Connected, 10'000);
    if (!program.hub.abilities()->cacheRecords.can)
        QSKIP("this engine has no BuildKit");
    program.openText("FROM scratch AS final\nCOPY Dockerfile /tst_engines\n");
    action(program, u"Build Cache…"_s)->trigger();
    auto *dialog = program.window.findChild<ui::CacheDialog *>();
    const auto build = [&program] {
        QSignalSpy finished(&program.page().build(), &app::BuildController::finished);
        program.page().build().build(program.home.path(), program.home.filePath(u"Dockerfile"_s));
        return finished.wait(60'000);
    };
    QVERIFY(build());
    QTRY_VERIFY_WITH_TIMEOUT(dialog->cache()->model()->rowCount() > 0, 20'000);
    if (!program.hub.abilities()->history.can)
        QSKIP("this engine keeps no history");
    auto *builds = dialog->builds()->model();
    QTRY_VERIFY_WITH_TIMEOUT(builds->rowCount() > 0, 20'000);
    QSignalSpy appeared(builds, &QAbstractItemModel::rowsInserted);
    QVERIFY(build());
    QTRY_VERIFY2_WITH_TIMEOUT(!appeared.isEmpty(), "without a click", 10'000);
}

void tst_Engines::withoutAnEngineTheCachePageSaysWhy()
{
    Program program;
    program.hub.reconnect();
    QTRY_COMPARE(program.hub.state(), app::EngineHub::State::Missing);
    action(program, u"Engine's Builds…"_s)->trigger();
    auto *dialog = program.window.findChild<ui::CacheDialog *>();
    QVERIFY(dialog->builds()->isVisible());
    const auto labels = dialog->builds()->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [&program](const QLabel *label) {
        return label->isVisible() && label->text() == program.hub.error().hint;
    }));
}

void tst_Engines::anEngineWithoutBuildKitSaysSoOnBothPages()
{
    if (m_engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    qputenv("DOCKER_HOST", m_engine.toLocal8Bit());
    Program program;
    program.hub.reconnect();
    QTRY_COMPARE_WITH_TIMEOUT(program.hub.state(), app::EngineHub::State::Connected, 10'000);
    const engine::Ability can = program.hub.abilities()->cacheRecords;
    if (can.can)
        QSKIP("this engine has BuildKit");
    action(program, u"Build Cache…"_s)->trigger();
    auto *dialog = program.window.findChild<ui::CacheDialog *>();
    const auto says = [&can](const QWidget *page) {
        const auto labels = page->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&can](const QLabel *label) {
            return label->text().contains(can.reason, Qt::CaseInsensitive);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(dialog->cache()), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(says(dialog->builds()), 10'000);
}

QTEST_MAIN(tst_Engines)
#include "tst_engines.moc"
