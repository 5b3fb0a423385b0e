// SPDX-License-Identifier: Apache-2.0
#include "build/ansitext.h"
#include "build/buildmodel.h"
#include "build/buildpanel.h"
#include "build/logview.h"
#include "build/timelinepage.h"
#include "build/timelineview.h"
#include "theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace ui;
using State = engine::BuildStep::State;

namespace {

engine::BuildStep step(const QString &id, int position, const QString &instruction, State state)
{
    engine::BuildStep result;
    result.id = id;
    result.stage = position > 0 ? u"builder"_s : QString();
    result.position = position;
    result.count = position > 0 ? 3 : 0;
    result.instruction = instruction;
    result.name = instruction;
    result.state = state;
    return result;
}

QString shown(const BuildPanel &panel)
{
    panel.logView()->flush();
    return panel.logView()->edit()->toPlainText();
}

QString formatted(const QStringList &chunks)
{
    QTextDocument document;
    QTextCursor cursor(&document);
    AnsiText text(lightColors());
    for (const QString &chunk : chunks) {
        cursor.movePosition(QTextCursor::End);
        text.append(cursor, chunk);
    }
    return document.toPlainText();
}

bool saysSomewhere(const QWidget &widget, const QString &words)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(words); });
}

}

class TestBuildPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Scheme::Light); }

    void theModelIsSoundWhileABuildRuns()
    {
        BuildModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.upsert(step(u"a"_s, 0, u"load build definition"_s, State::Done));
        model.upsert(step(u"b"_s, 1, u"FROM golang"_s, State::Cached));
        model.upsert(step(u"c"_s, 2, u"RUN go build"_s, State::Running));
        model.upsert(step(u"c"_s, 2, u"RUN go build"_s, State::Done));
        model.upsert(step(u"d"_s, 3, u"RUN x"_s, State::Waiting));
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.counts().steps, 3);
        QCOMPARE(model.counts().ended, 2);
        QCOMPARE(model.counts().cached, 1);
        model.endRunning();
        QCOMPARE(model.indexOf(u"d"_s).data(BuildModel::StateRole).toInt(), int(State::Cancelled));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void aPullTellsHowFarItIs()
    {
        BuildModel model;
        auto pull = step(u"p"_s, 0, u"pull alpine"_s, State::Running);
        pull.progress = {
            {.id = u"1"_s, .name = {}, .current = 1'000'000, .total = 4'000'000, .completed = false}};
        model.upsert(pull);
        QCOMPARE(model.index(0).data(BuildModel::ShareRole).toDouble(), 0.25);
        QCOMPARE(model.index(0).data(BuildModel::ProgressRole).toString(), u"1\u00A0MB of 4\u00A0MB"_s);
        pull.progress[0].total = 0;
        model.upsert(pull);
        QVERIFY(!model.index(0).data(BuildModel::ShareRole).isValid());
    }

    void terminalTextBecomesWords_data()
    {
        QTest::addColumn<QStringList>("chunks");
        QTest::addColumn<QString>("words");
        QTest::newRow("colours") << QStringList{u"\x1b[1;31mred\x1b[0m plain"_s} << u"red plain"_s;
        QTest::newRow("cut within a sequence")
            << QStringList{u"a\x1b[3"_s, u"1mb\x1b"_s, u"[0mc"_s} << u"abc"_s;
        QTest::newRow("a line written over") << QStringList{u"10 %\r20 %\r100 %\ndone"_s} << u"100 %\ndone"_s;
        QTest::newRow("written over across chunks") << QStringList{u"10 %\r"_s, u"20 %"_s} << u"20 %"_s;
        QTest::newRow("CRLF is a line end") << QStringList{u"a\r\nb"_s, u"\r"_s, u"\nc"_s} << u"a\nb\nc"_s;
        QTest::newRow("cursor movements and titles are dropped")
            << QStringList{u"\x1b[2K\x1b[1Ga\x1b]0;title\x07"
                           "b\x1b(Bc"_s}
            << u"ab"_s + u"Bc"_s;
        QTest::newRow("256 colours and true colour")
            << QStringList{u"\x1b[38;5;208mx\x1b[38;2;1;2;3my\x1b[48;5;1mz"_s} << u"xyz"_s;
        QTest::newRow("no sequence at all, but endless digits")
            << QStringList{u"\x1b["_s + QString(300, u'1') + u"x"_s} << QString();
        QTest::newRow("bell and null") << QStringList{u"a\x07\x08"
                                                      "b"_s}
                                       << u"ab"_s;
    }
    void terminalTextBecomesWords()
    {
        QFETCH(QStringList, chunks);
        QTEST(formatted(chunks), "words");
    }

    void aSelectedStepShowsItsOwnLog()
    {
        BuildPanel panel;
        panel.resize(900, 400);
        panel.show();
        panel.beginBuild(u"hello"_s);
        panel.stepChanged(step(u"a"_s, 1, u"RUN one"_s, State::Done));
        panel.stepChanged(step(u"b"_s, 2, u"RUN two"_s, State::Running));
        panel.appendLog(u"a"_s, u"from one\n"_s);
        panel.appendLog(u"b"_s, u"from two\n"_s);
        QCOMPARE(shown(panel), u"from one\nfrom two\n"_s);
        QTest::mouseClick(panel.steps()->viewport(), Qt::LeftButton, {},
                          panel.steps()->visualRect(panel.model()->index(1)).center());
        QCOMPARE(shown(panel), u"from two\n"_s);
        panel.appendLog(u"a"_s, u"more of one\n"_s);
        panel.appendLog(u"b"_s, u"more of two\n"_s);
        QCOMPARE(shown(panel), u"from two\nmore of two\n"_s);
        panel.logView()->allStepsAction()->trigger();
        QCOMPARE(shown(panel), u"from one\nfrom two\nmore of one\nmore of two\n"_s);
    }

    void enterOnAStepGoesToItsStage()
    {
        BuildPanel panel;
        panel.show();
        panel.beginBuild(u"hello"_s);
        panel.stepChanged(step(u"a"_s, 2, u"RUN go build"_s, State::Done));
        QSignalSpy asked(&panel, &BuildPanel::stepActivated);
        panel.steps()->setCurrentIndex(panel.model()->index(0));
        QTest::keyClick(panel.steps(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first(), (QVariantList{u"builder"_s, 2, u"RUN go build"_s}));
    }

    void cancelIsAskedForOnce()
    {
        BuildPanel panel;
        panel.resize(900, 400);
        panel.show();
        panel.beginBuild(u"hello"_s);
        QSignalSpy asked(&panel, &BuildPanel::cancelRequested);
        QPushButton *cancel = nullptr;
        for (QPushButton *button : panel.findChildren<QPushButton *>())
            cancel = button->text() == u"Cancel"_s ? button : cancel;
        QVERIFY(cancel && cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        engine::BuildOutcome outcome;
        outcome.error = base::Error{.kind = base::Error::Kind::Cancelled, .message = u"cancelled"_s};
        panel.finish(outcome);
        QVERIFY(!cancel->isVisible());
        QVERIFY(saysSomewhere(panel, u"was cancelled"_s));
    }

    void aSilentEngineIsToldUntilItSpeaksAgain()
    {
        BuildPanel panel;
        panel.beginBuild(u"hello:dev"_s);
        const auto says = [&panel](const QString &words) {
            const auto labels = panel.findChildren<QLabel *>();
            return std::ranges::any_of(labels,
                                       [&words](const QLabel *it) { return it->text().contains(words); });
        };
        panel.setEngineSilent(17s);
        QVERIFY(says(u"The engine has said nothing for 17"_s));
        panel.setEngineSilent(0s);
        QVERIFY(says(u"Building hello:dev"_s));
        panel.setEngineSilent(20s);
        panel.finish({});
        QVERIFY(!says(u"nothing for"_s));
    }

    void aFailureLeadsToItsLine()
    {
        BuildPanel panel;
        panel.resize(900, 400);
        panel.show();
        panel.beginBuild(u"hello"_s);
        auto failed = step(u"b"_s, 2, u"RUN go build"_s, State::Failed);
        failed.error = u"exit code: 1"_s;
        panel.stepChanged(failed);
        panel.appendLog(u"b"_s, u"hello.go:3: undefined: x\n"_s);
        engine::BuildOutcome outcome;
        outcome.error = base::Error{.message = u"go build failed"_s, .where = u"Dockerfile:7"_s};
        outcome.failedStep = u"b"_s;
        outcome.errorRow = 7;
        panel.finish(outcome);
        QVERIFY(shown(panel).contains(u"undefined: x"));
        QVERIFY(shown(panel).contains(u"exit code: 1"));
        QSignalSpy rows(&panel, &BuildPanel::rowActivated);
        for (QPushButton *button : panel.findChildren<QPushButton *>()) {
            if (button->text() == u"Go to line 7"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().first().toInt(), 7);
    }

    void aHugeLogIsKeptWholeOnDiskAndShortInMemory()
    {
        QTemporaryDir folder;
        BuildLog log;
        log.nameStep(u"a"_s, u"[builder 1/1] RUN yes"_s);
        const QString line = u"0123456789012345678901234567890123456789012345678\n"_s;
        constexpr int lines = 400'000; // 20 MB
        for (int i = 0; i < lines / 1000; ++i)
            log.append(u"a"_s, line.repeated(1000));
        QVERIFY(log.text(u"a"_s).size() <= BuildLog::keptPerStep);
        QCOMPARE(log.dropped(u"a"_s) + log.text(u"a"_s).size(), qint64(lines) * line.size());
        QVERIFY(log.text(u"a"_s).startsWith(u"0123"));
        const QString path = folder.filePath(u"all.log"_s);
        QVERIFY(log.saveTo(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), lines + 1);
        QVERIFY(!log.saveTo(u"/no/such/folder/all.log"_s));
    }

    void aHundredMegabytesOfLogStaySmooth()
    {
        const auto residentMegabytes = [] {
            QFile statm(u"/proc/self/statm"_s);
            return statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').value(1).toLongLong() / 256
                                                   : 0;
        };
        BuildPanel panel;
        panel.resize(900, 400);
        panel.show();
        panel.beginBuild(u"hello"_s);
        panel.stepChanged(step(u"a"_s, 1, u"RUN yes"_s, State::Running));
        const QString chunk =
            u"\x1b[32mok\x1b[0m  example.com/some/package/of/many  0.0123s  [no test files]\n"_s.repeated(
                850);
        QCoreApplication::processEvents();
        const qint64 before = residentMegabytes();
        qint64 fed = 0;
        std::clock_t longest = 0; // of the processor: the machine may have other things to do
        while (fed < 100'000'000) {
            const std::clock_t begin = std::clock();
            panel.appendLog(u"a"_s, chunk);
            QCoreApplication::processEvents();
            longest = std::max(longest, std::clock() - begin);
            fed += chunk.size();
        }
        panel.finish({.imageId = u"sha256:1"_s});
        const double milliseconds = 1000.0 * double(longest) / CLOCKS_PER_SEC;
        QVERIFY2(milliseconds < 200, qPrintable(u"%1 ms"_s.arg(milliseconds)));
        const qint64 grown = residentMegabytes() - before;
        QVERIFY2(grown < 120, qPrintable(u"%1 MB more"_s.arg(grown)));
        qInfo() << "longest turn" << milliseconds << "ms," << grown << "MB more";
    }

    void linesOfStepsThatRunAtOnceDoNotMix()
    {
        QTemporaryDir folder;
        BuildLog log;
        log.nameStep(u"a"_s, u"one"_s);
        log.nameStep(u"b"_s, u"two"_s);
        log.append(u"a"_s, u"first "_s);
        log.append(u"b"_s, u"other\nunfinished"_s);
        log.append(u"a"_s, u"half\n"_s);
        QVERIFY(log.saveTo(folder.filePath(u"x"_s)));
        QFile file(folder.filePath(u"x"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("#1 one\n#2 two\n#2 other\n#1 first half\n#2 unfinished\n"));
    }

    void theLogTurnsWithTheScheme()
    {
        BuildPanel panel;
        panel.resize(900, 400);
        panel.show();
        panel.beginBuild(u"hello"_s);
        panel.appendLog(u"a"_s, u"\x1b[31mred\x1b[0m\n"_s);
        QCOMPARE(shown(panel), u"red\n"_s);
        const auto redOf = [&panel] {
            QTextCursor cursor(panel.logView()->edit()->document());
            cursor.movePosition(QTextCursor::NextCharacter);
            return cursor.charFormat().foreground().color();
        };
        QCOMPARE(redOf(), lightColors().ansi[1]);
        applyTheme(*qApp, Scheme::Dark);
        QTRY_COMPARE(redOf(), darkColors().ansi[1]);
        applyTheme(*qApp, Scheme::Light);
    }

    void theTimelineShowsLanesAndWhatTheCacheWasWorth()
    {
        BuildPanel panel;
        panel.resize(900, 300);
        panel.setKnownTimes({{u"FROM golang"_s, std::chrono::seconds(3)}});
        panel.beginBuild(u"hello"_s);
        const QDateTime begin = QDateTime::currentDateTimeUtc();
        engine::BuildStep base = step(u"a"_s, 1, u"FROM golang"_s, State::Cached);
        engine::BuildStep run = step(u"b"_s, 2, u"RUN go build"_s, State::Done);
        run.started = begin;
        run.completed = begin.addMSecs(2000);
        run.inputs = {u"a"_s};
        panel.stepChanged(base);
        panel.stepChanged(run);
        panel.finish({.imageId = u"sha256:1"_s});
        const auto &timeline = panel.timelinePage()->view()->timeline();
        QCOMPARE(timeline.lanes.size(), 1);
        QCOMPARE(timeline.lanes[0].bars.size(), 1);
        QVERIFY(panel.timelinePage()->summary().contains(u"1 of 2 steps from the cache (50 %)"_s));
        QVERIFY(panel.timelinePage()->summary().contains(u"about 3.0 s saved"_s));
    }

    void theTimelineIsWalkedByKeysAndGoesToTheStep()
    {
        BuildPanel panel;
        panel.resize(900, 300);
        panel.beginBuild(u"hello"_s);
        const QDateTime begin = QDateTime::currentDateTimeUtc();
        for (int i = 0; i < 3; ++i) {
            engine::BuildStep one = step(QString::number(i), i + 1, u"RUN %1"_s.arg(i), State::Done);
            one.stage = i == 2 ? u"final"_s : u"builder"_s;
            one.started = begin.addMSecs(i * 100);
            one.completed = begin.addMSecs(i * 100 + 90);
            panel.stepChanged(one);
        }
        panel.finish({.imageId = u"sha256:1"_s});
        TimelineView *view = panel.timelinePage()->view();
        QSignalSpy activated(&panel, &BuildPanel::stepActivated);
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(view->currentStep(), u"0"_s);
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(view->currentStep(), u"1"_s);
        QVERIFY(view->currentDescription().startsWith(u"builder: RUN 1, done, "_s));
        QTest::keyClick(view, Qt::Key_Down);
        QCOMPARE(view->currentStep(), u"2"_s);
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated[0][0].toString(), u"final"_s);
        QCOMPARE(panel.model()->step(panel.steps()->currentIndex())->id, u"2"_s);
    }

    void whyStepsMissedTheCacheIsSaidWithTheirLines()
    {
        BuildPanel panel;
        panel.beginBuild(u"hello"_s);
        panel.setMisses({{.text = u"step 4 ran again: go.sum changed"_s, .row = 4}});
        QSignalSpy rows(&panel, &BuildPanel::rowActivated);
        const auto labels = panel.timelinePage()->findChildren<QLabel *>();
        const auto miss = std::ranges::find_if(
            labels, [](const QLabel *label) { return label->text().contains(u"go.sum changed"_s); });
        QVERIFY(miss != labels.end());
        Q_EMIT(*miss)->linkActivated(u"4"_s);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0][0].toInt(), 4);
    }
};

QTEST_MAIN(TestBuildPanel)
#include "tst_buildpanel.moc"
