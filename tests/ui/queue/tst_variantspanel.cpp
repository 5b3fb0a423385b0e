// SPDX-License-Identifier: Apache-2.0
#include "queue/variantspanel.h"
#include "theme/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace ui;
using State = Variant::State;

namespace {

std::vector<Variant> threeVariants()
{
    return {{.name = u"default"_s, .members = {u"app"_s, u"debug"_s}, .changes = {}, .isGroup = true},
            {.name = u"app"_s, .members = {}, .changes = u"target final"_s, .isEditable = true},
            {.name = u"debug"_s, .members = {}, .changes = u"target build"_s}};
}

QAction *actionCalled(const VariantsPanel &panel, const QString &text)
{
    for (auto *action : panel.findChildren<QAction *>()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

}

class TestVariantsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Scheme::Light); }

    void aNarrowListLeavesOutWhatATooltipSays()
    {
        VariantsPanel panel;
        panel.showVariants(threeVariants(), {u"docker-bake.json"_s});
        panel.resize(1200, 300);
        panel.show();
        QVERIFY(!panel.view()->isColumnHidden(VariantsModel::ChangesColumn));
        panel.setLog(u"app"_s, new QLabel(u"its log"_s));
        panel.resize(700, 300);
        QTRY_VERIFY(panel.view()->isColumnHidden(VariantsModel::ChangesColumn));
        QVERIFY(!panel.view()->isColumnHidden(VariantsModel::StateColumn));
        QVERIFY(panel.model()->index(1, 0).data(Qt::ToolTipRole).toString().contains("target final"_L1));
        panel.resize(1400, 300);
        QTRY_VERIFY(!panel.view()->isColumnHidden(VariantsModel::ChangesColumn));
    }

    void theModelIsSoundWhileBuildsGoOn()
    {
        VariantsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto variants = threeVariants();
        model.setVariants(variants);
        const QPersistentModelIndex app = model.indexOf(u"app"_s);
        variants[1].state = State::Succeeded;
        variants[1].duration = std::chrono::milliseconds(3100);
        variants[1].sizeBytes = 4'200'000;
        model.setVariants(variants);
        QCOMPARE(app.row(), 1); // it stays where it is
        QCOMPARE(model.index(1, VariantsModel::StateColumn).data().toString(), u"built"_s);
        QCOMPARE(model.index(1, VariantsModel::TimeColumn).data().toString(), u"3.1 s"_s);
        QCOMPARE(model.index(1, VariantsModel::SizeColumn).data().toString(), u"4.2\u00A0MB"_s);
        QCOMPARE(model.index(0, VariantsModel::ChangesColumn).data().toString(), u"group of app, debug"_s);
        variants.pop_back();
        model.setVariants(variants);
        QCOMPARE(model.rowCount(), 2);
    }

    void oneSeveralAndAllAreBuilt()
    {
        VariantsPanel panel;
        panel.show();
        panel.showVariants(threeVariants(), {u"docker-bake.json"_s});
        QSignalSpy asked(&panel, &VariantsPanel::buildRequested);
        QVERIFY(!actionCalled(panel, u"Build"_s)->isEnabled());
        panel.view()->setCurrentIndex(panel.model()->indexOf(u"debug"_s));
        actionCalled(panel, u"Build"_s)->trigger();
        QCOMPARE(asked.takeFirst().first().toStringList(), QStringList{u"debug"_s});
        actionCalled(panel, u"Build all"_s)->trigger();
        QCOMPARE(asked.takeFirst().first().toStringList(), (QStringList{u"app"_s, u"debug"_s}));
        QTest::keyClick(panel.view(), Qt::Key_Return);
        QCOMPARE(asked.takeFirst().first().toStringList(), QStringList{u"debug"_s});
    }

    void whatRunsCanBeCancelledAloneOrWithAll()
    {
        VariantsPanel panel;
        panel.show();
        auto variants = threeVariants();
        variants[2].state = State::Running;
        panel.showVariants(variants, {});
        QSignalSpy asked(&panel, &VariantsPanel::cancelRequested);
        panel.view()->setCurrentIndex(panel.model()->indexOf(u"app"_s));
        QVERIFY(!actionCalled(panel, u"Cancel"_s)->isEnabled());
        actionCalled(panel, u"Cancel all"_s)->trigger();
        QCOMPARE(asked.takeFirst().first().toStringList(), QStringList());
        panel.view()->setCurrentIndex(panel.model()->indexOf(u"debug"_s));
        actionCalled(panel, u"Cancel"_s)->trigger();
        QCOMPARE(asked.takeFirst().first().toStringList(), QStringList{u"debug"_s});
    }

    void onlyWhatStandsInTheWrittenFileIsRenamedAndDeleted()
    {
        VariantsPanel panel;
        panel.showVariants(threeVariants(), {});
        panel.view()->setCurrentIndex(panel.model()->indexOf(u"app"_s));
        QVERIFY(actionCalled(panel, u"Rename…"_s)->isEnabled());
        panel.view()->setCurrentIndex(panel.model()->indexOf(u"debug"_s));
        QVERIFY(!actionCalled(panel, u"Rename…"_s)->isEnabled());
        QVERIFY(!actionCalled(panel, u"Delete…"_s)->isEnabled());
    }

    void eachVariantHasItsOwnLog()
    {
        VariantsPanel panel;
        panel.resize(900, 300);
        panel.show();
        panel.showVariants(threeVariants(), {});
        auto *app = new QLabel(u"log of app"_s);
        auto *debug = new QLabel(u"log of debug"_s);
        panel.setLog(u"app"_s, app);
        panel.setLog(u"debug"_s, debug);
        panel.view()->setCurrentIndex(panel.model()->indexOf(u"app"_s));
        QVERIFY(app->isVisible());
        panel.view()->setCurrentIndex(panel.model()->indexOf(u"debug"_s));
        QVERIFY(debug->isVisible() && !app->isVisible());
        panel.forgetLogs();
        QVERIFY(!panel.logOf(u"app"_s));
    }

    void aMistakeInTheFileIsNamedAndWhatWasKnownStays()
    {
        VariantsPanel panel;
        panel.showVariants(threeVariants(), {});
        panel.showError({.message = u"a comma is missing"_s, .where = u"docker-bake.json:7"_s});
        QVERIFY(panel.errorText().contains(u"docker-bake.json:7"_s));
        QCOMPARE(panel.model()->rowCount(), 3);
        panel.clearError();
        QCOMPARE(panel.errorText(), QString());
    }

    void theLimitIsTold()
    {
        VariantsPanel panel;
        QSignalSpy told(&panel, &VariantsPanel::limitChanged);
        panel.findChild<QSpinBox *>()->setValue(5);
        QCOMPARE(told.takeFirst().first().toInt(), 5);
    }
};

QTEST_MAIN(TestVariantsPanel)
#include "tst_variantspanel.moc"
