// SPDX-License-Identifier: Apache-2.0
#include "inspector/buildargsmodel.h"
#include "inspector/buildoptionspanel.h"
#include "inspector/factlist.h"
#include "inspector/inspectorpanel.h"
#include "inspector/instructionpage.h"
#include "inspector/stagepage.h"
#include "workspace/workspace.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString text = u"ARG GO=1.24\nFROM golang:$GO AS builder\nARG VERSION\nRUN go build -o /out/hello\n"
                     "FROM scratch AS final\nCOPY --from=builder /out/hello /hello\n"_s;

template <class Widget>
Widget *named(QWidget &parent, const QString &accessibleName)
{
    for (auto *widget : parent.findChildren<Widget *>())
        if (widget->accessibleName() == accessibleName)
            return widget;
    return nullptr;
}

QStringList factsShown(QWidget &panel)
{
    QStringList facts;
    for (const auto *list : panel.findChildren<ui::FactList *>())
        if (list->isVisible())
            for (const auto &fact : list->facts())
                facts << fact.text;
    return facts;
}

}

class TestInspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_workspace.replaceDocument(text); }
    void aStageIsShownWithItsUsersAndPaths();
    void aNameIsAskedForOnlyWhenItCanBe();
    void aVariableSaysWhereItsValueComesFrom();
    void argsAreListedWithTheirOverrides();
    void aWrongTagIsToldAndKept();
    void theInstructionAtTheCursorStandsAboveItsStage();

private:
    workspace::Workspace m_workspace;
};

void TestInspector::aStageIsShownWithItsUsersAndPaths()
{
    ui::InspectorPanel panel;
    panel.show();
    panel.showSnapshot(m_workspace.snapshot());
    panel.inspectNode(graph::NodeKey{graph::NodeKind::Stage, u"builder"_s});
    const QStringList facts = factsShown(panel);
    QVERIFY2(facts.contains(u"RUN go build -o /out/hello"_s), qPrintable(facts.join(u'\n')));
    QVERIFY(facts.contains(u"6  COPY --from=builder /out/hello /hello"_s));
    QVERIFY(facts.contains(u"/out/hello"_s));
}

void TestInspector::aNameIsAskedForOnlyWhenItCanBe()
{
    ui::InspectorPanel panel;
    panel.show();
    panel.showSnapshot(m_workspace.snapshot());
    panel.inspectNode(graph::NodeKey{graph::NodeKind::Stage, u"builder"_s});
    QSignalSpy renamed(&panel, &ui::InspectorPanel::renameRequested);
    auto *name = named<QLineEdit>(panel, u"Name of the stage"_s);
    QVERIFY(name != nullptr);
    name->selectAll();
    QTest::keyClicks(name, u"final"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(renamed.count(), 0);
    QVERIFY(!name->accessibleDescription().isEmpty());
    name->selectAll();
    QTest::keyClicks(name, u"compile"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(renamed.count(), 1);
    QCOMPARE(renamed.front().at(1).toString(), u"compile"_s);
}

void TestInspector::aVariableSaysWhereItsValueComesFrom()
{
    ui::InspectorPanel panel;
    panel.show();
    panel.showSnapshot(m_workspace.snapshot());
    panel.inspectRow(2);
    const QStringList facts = factsShown(panel);
    QVERIFY2(facts.contains(u"GO = 1.24  (ARG before FROM, line 1)"_s), qPrintable(facts.join(u'\n')));
    QVERIFY2(facts.contains(u"golang:1.24 AS builder"_s), qPrintable(facts.join(u'\n')));
}

void TestInspector::argsAreListedWithTheirOverrides()
{
    ui::BuildArgsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setArgs(dockerfile::declaredArgs(m_workspace.snapshot().tree),
                  {{u"GO"_s, u"1.25"_s}, {u"OLD"_s, u"x"_s}});
    const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(0, ui::BuildArgsModel::Name), u"GO"_s);
    QCOMPARE(cell(0, ui::BuildArgsModel::Default), u"1.24"_s);
    QCOMPARE(cell(0, ui::BuildArgsModel::Override), u"1.25"_s);
    QCOMPARE(cell(1, ui::BuildArgsModel::Default), u"none"_s);
    QCOMPARE(cell(2, ui::BuildArgsModel::Default), u"not declared"_s);
    QSignalSpy wished(&model, &ui::BuildArgsModel::overrideRequested);
    model.setData(model.index(1, ui::BuildArgsModel::Override), u"1.0"_s, Qt::EditRole);
    QCOMPARE(wished.count(), 1);
}

void TestInspector::aWrongTagIsToldAndKept()
{
    ui::BuildOptionsPanel panel;
    panel.show();
    panel.showSnapshot(m_workspace.snapshot());
    QSignalSpy changed(&panel, &ui::BuildOptionsPanel::settingsChanged);
    auto *tag = named<QLineEdit>(panel, u"Tag"_s);
    QTest::keyClicks(tag, u"Hello"_s);
    QVERIFY(!tag->accessibleDescription().isEmpty());
    QCOMPARE(changed.last().at(0).value<workspace::BuildSettings>().tag, u"Hello"_s);
    tag->clear();
    QTest::keyClicks(tag, u"hello:1"_s);
    QVERIFY(tag->accessibleDescription().isEmpty());
}

void TestInspector::theInstructionAtTheCursorStandsAboveItsStage()
{
    ui::InspectorPanel panel;
    panel.resize(320, 600);
    panel.show();
    panel.showSnapshot(m_workspace.snapshot());
    panel.inspectNode(graph::NodeKey{graph::NodeKind::Stage, u"builder"_s});
    const auto isAbove = [&] {
        const QWidget *page = panel.instructionPage();
        return page->mapTo(&panel, QPoint()).y() < panel.stagePage()->mapTo(&panel, QPoint()).y();
    };
    panel.inspectRow(4);
    QTRY_VERIFY(isAbove());
    panel.inspectRow(2); // the FROM, whose fields the stage's page has
    QTRY_VERIFY(!isAbove());
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
