// SPDX-License-Identifier: Apache-2.0
#include "build/problemspanel.h"
#include "theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

lint::Finding finding(lint::Severity severity, int row, const QString &message, bool withFix = false)
{
    lint::Finding result;
    result.severity = severity;
    result.row = row;
    result.range = {row * 10, 4};
    result.message = message;
    if (withFix) {
        result.fix = base::TextEdit({row * 10, 4}, u"mend"_s);
        result.fixLabel = u"Mend it"_s;
    }
    return result;
}

}

class TestProblemsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Scheme::Light); }

    void theModelIsSoundWhileFindingsComeAndGo()
    {
        FindingsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto a = finding(lint::Severity::Error, 1, u"a"_s);
        const auto b = finding(lint::Severity::Warning, 2, u"b"_s);
        const auto c = finding(lint::Severity::Advice, 3, u"c"_s);
        model.setFindings({c, a});
        QCOMPARE(model.index(0, 0).data().toString(), u"a"_s); // errors first
        const QPersistentModelIndex kept = model.index(1, 0);
        model.setFindings({a, b, c});
        QCOMPARE(kept.row(), 2); // it is the same problem as before
        model.setEngineWarnings({{.message = u"from the engine"_s, .url = {}, .firstRow = 9, .lastRow = 9}});
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.counts().warnings, 2);
        model.setFindings({});
        QCOMPARE(model.rowCount(), 1);
        model.setEngineWarnings({});
        QCOMPARE(model.rowCount(), 0);
    }

    void whatTheEngineSaysOfALineWeToldOfIsListedOnce()
    {
        FindingsModel model;
        auto own = finding(lint::Severity::Warning, 3, u"two stages of one name"_s);
        own.rule = u"duplicate-stage-name"_s;
        model.setFindings({own});
        const engine::BuildWarning same{
            .message = u"DuplicateStageName: Duplicate stage name"_s, .url = {}, .firstRow = 3, .lastRow = 3};
        const engine::BuildWarning elsewhere{
            .message = u"DuplicateStageName: Duplicate stage name"_s, .url = {}, .firstRow = 9, .lastRow = 9};
        const engine::BuildWarning other{
            .message = u"StageNameCasing: Stage name 'X'"_s, .url = {}, .firstRow = 3, .lastRow = 3};
        model.setEngineChecks({same, elsewhere, other});
        QCOMPARE(model.rowCount(), 3);
        model.setEngineWarnings({same, elsewhere, other}); // the build says it again
        QCOMPARE(model.rowCount(), 3);
        model.setFindings({});
        QCOMPARE(model.rowCount(), 3); // it was ours that was shown in the first one's place
        model.setEngineChecks({});
        model.setEngineWarnings({});
        QCOMPARE(model.rowCount(), 0);
    }

    void enterGoesToTheProblem()
    {
        ProblemsPanel panel;
        panel.resize(700, 300);
        panel.show();
        panel.setFindings({finding(lint::Severity::Warning, 4, u"root"_s)});
        QSignalSpy asked(&panel, &ProblemsPanel::activated);
        panel.view()->setCurrentIndex(panel.model()->index(0, 0));
        QTest::keyClick(panel.view(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(0).toInt(), 4);
        QCOMPARE(asked.first().at(1).value<base::TextRange>(), (base::TextRange{40, 4}));
    }

    void aFixIsAskedForByMouseAndByKey()
    {
        ProblemsPanel panel;
        panel.resize(700, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        panel.setFindings({finding(lint::Severity::Error, 4, u"typo"_s, true),
                           finding(lint::Severity::Warning, 5, u"no fix"_s)});
        QSignalSpy asked(&panel, &ProblemsPanel::fixRequested);
        const auto clickFixOf = [&panel](int row) {
            QTest::mouseClick(
                panel.view()->viewport(), Qt::LeftButton, {},
                panel.view()->visualRect(panel.model()->index(row, FindingsModel::FixColumn)).center());
        };
        clickFixOf(0);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(1).toString(), u"Mend it"_s);
        clickFixOf(1);
        QCOMPARE(asked.size(), 1);
        panel.view()->setFocus();
        panel.view()->setCurrentIndex(panel.model()->index(0, 0));
        QTest::keyClick(panel.view(), Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(asked.size(), 2);
    }

    void countsAreToldOnlyWhenTheyChange()
    {
        ProblemsPanel panel;
        QSignalSpy told(&panel, &ProblemsPanel::countsChanged);
        panel.setFindings({finding(lint::Severity::Error, 1, u"a"_s)});
        panel.setFindings({finding(lint::Severity::Error, 2, u"b"_s)});
        QCOMPARE(told.size(), 1);
        panel.setFindings({});
        QCOMPARE(told.size(), 2);
    }
};

QTEST_MAIN(TestProblemsPanel)
#include "tst_problemspanel.moc"
