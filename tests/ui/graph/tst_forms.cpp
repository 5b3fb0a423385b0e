// SPDX-License-Identifier: Apache-2.0
#include "commands/designverbs.h"
#include "inspector/forms/formfield.h"
#include "inspector/forms/instructionform.h"
#include "inspector/forms/mountsfield.h"
#include "inspector/inspectorpanel.h"
#include "inspector/instructionbar.h"
#include "inspector/instructionpage.h"
#include "inspector/stagepage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

const QString text = u"# the tools\r\nfrom golang AS builder\r\nworkdir /src\r\ncopy go.mod ./\r\n"
                     "run go build \\\r\n    # quick\r\n    -o /out/hello && strip /out/hello\r\n"
                     "env A=1 B=\"two words\"\r\nexpose 80\r\n\r\nfrom scratch AS final\r\n"
                     "copy --from=builder /out/hello /hello\r\nentrypoint [\"/hello\"]\r\n"_s;

QAction *actionCalled(const QMenu *menu, const QString &words)
{
    const auto actions = menu->actions();
    const auto found = std::ranges::find_if(
        actions, [&](const QAction *action) { return action->text().startsWith(words); });
    return found == actions.end() ? nullptr : *found;
}

}

// The inspector's forms and buttons, joined with the verbs as in the program.
class TestForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_workspace = std::make_unique<workspace::Workspace>();
        m_stack = std::make_unique<CommandStack>(*m_workspace);
        m_window = std::make_unique<QWidget>();
        m_verbs = std::make_unique<DesignVerbs>(*m_workspace, *m_stack, m_window.get());
        m_panel = std::make_unique<InspectorPanel>();
        m_panel->setVerbs(m_verbs.get());
        connect(m_workspace.get(), &workspace::Workspace::snapshotChanged, m_panel.get(),
                &InspectorPanel::showSnapshot);
        m_workspace->replaceDocument(text);
        m_panel->resize(320, 700);
        m_panel->show();
    }

    void aFieldChangesOnlyWhatItIsAbout()
    {
        m_panel->inspectRow(4);
        type(u"Destination"_s, u"/src/"_s);
        QCOMPARE(now(), QString(text).replace("go.mod ./"_L1, "go.mod /src/"_L1));
        type(u"Owner"_s, u"65532:65532"_s);
        QVERIFY(now().contains(u"copy --chown=65532:65532 go.mod /src/\r\n"_s));
        check(u"Layer of its own (--link)"_s);
        QVERIFY(now().contains(u"--link"_s));
        m_stack->undo();
        m_stack->undo();
        m_stack->undo();
        QCOMPARE(now(), text);
    }

    void whatCannotBeIsSaidWhileOneTypesAndNotWritten()
    {
        m_panel->inspectRow(4);
        auto *edit = form().field(u"Mode"_s)->findChild<QLineEdit *>();
        QTest::keyClicks(edit, u"99"_s);
        QVERIFY2(form().reason().startsWith(u"Mode: "_s), qPrintable(form().reason()));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(now(), text);
        edit->clear();
        QTest::keyClicks(edit, u"0755"_s);
        QVERIFY(form().reason().isEmpty());
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(now().contains(u"copy --chmod=0755 go.mod ./"_s));
        m_panel->inspectRow(9);
        auto *ports = form().field(u"Ports"_s)->findChild<QPlainTextEdit *>();
        ports->setFocus();
        ports->setPlainText(u"80\n70000"_s);
        Q_EMIT form().field(u"Ports"_s)->typed();
        QVERIFY2(form().reason().contains(u"70000"_s), qPrintable(form().reason()));
    }

    void whatIsHalfTypedStaysWhenTheDocumentChangesElsewhere()
    {
        m_panel->inspectRow(4);
        auto *edit = form().field(u"Destination"_s)->findChild<QLineEdit *>();
        edit->clear();
        QTest::keyClicks(edit, u"/half"_s);
        m_workspace->apply({{text.size(), 0}, u"# more\r\n"_s});
        QCOMPARE(edit->text(), u"/half"_s);
    }

    void pairsAreChangedAddedAndRemoved()
    {
        m_panel->inspectRow(8);
        auto *table = form().findChild<QTableWidget *>();
        QCOMPARE(table->rowCount(), 3); // the last one is for a new pair
        table->item(1, 1)->setText(u"three words now"_s);
        QVERIFY2(now().contains(u"env A=1 B=\"three words now\"\r\n"_s), qPrintable(now()));
        table = form().findChild<QTableWidget *>();
        table->item(2, 0)->setText(u"C"_s);
        table->item(2, 1)->setText(u"3"_s);
        QVERIFY2(now().contains(u"C=3"_s), qPrintable(now()));
        table->setCurrentCell(0, 0);
        form().findChild<QToolButton *>()->click();
        QVERIFY2(now().contains(u"env B=\"three words now\" C=3\r\n"_s), qPrintable(now()));
    }

    void aMountIsAddedAndItsFieldsWritten()
    {
        m_panel->inspectRow(5);
        auto *mounts = form().findChild<MountsField *>();
        const auto *menu = mounts->findChild<QMenu *>();
        actionCalled(menu, u"cache"_s)->trigger();
        QVERIFY2(now().contains(u"run --mount=type=cache,target=/root/.cache/go-build go build \\\r\n"_s),
                 qPrintable(now()));
        mounts = form().findChild<MountsField *>();
        const auto fields = mounts->findChildren<FormField *>();
        const auto id = std::ranges::find_if(
            fields, [](FormField *field) { return field->buddy()->accessibleName() == u"id"_s; });
        QVERIFY(id != fields.end());
        (*id)->setValue(u"gocache"_s);
        Q_EMIT(*id)->committed();
        QVERIFY2(now().contains(u"id=gocache"_s), qPrintable(now()));
        QVERIFY(now().contains(u"    # quick\r\n"_s));
    }

    void aVerbIsOneStepAndWhatCannotBeDoneSaysWhy()
    {
        m_panel->inspectRow(5);
        InstructionBar *bar = m_panel->instructionPage()->bar();
        Q_EMIT bar->menu()->aboutToShow();
        const QAction *json = actionCalled(bar->menu(), u"Turn into JSON"_s);
        QVERIFY(!json->isEnabled());
        QVERIFY2(json->toolTip().contains(u"only a shell does"_s), qPrintable(json->toolTip()));
        const QString joined = u"FROM golang\nRUN go vet && go build\n"_s;
        m_workspace->replaceDocument(joined);
        m_panel->inspectRow(2);
        Q_EMIT bar->menu()->aboutToShow();
        actionCalled(bar->menu(), u"Split at"_s)->trigger();
        QCOMPARE(now(), u"FROM golang\nRUN go vet\nRUN go build\n"_s);
        QCOMPARE(m_stack->undoStack()->undoText(), u"split RUN"_s);
        m_stack->undo();
        QCOMPARE(now(), joined);
    }

    void eachInstructionVerbGivesTheBytesBack()
    {
        for (const int row : {3, 4, 5, 8, 9, 12, 13}) {
            const int line = m_workspace->snapshot().tree.lineAtRow(row);
            const auto keyword = m_workspace->snapshot().tree.line(line).keyword;
            for (const InstructionVerb verb : DesignVerbs::verbsFor(keyword)) {
                if (!m_verbs->edit(verb, line))
                    continue;
                m_verbs->apply(verb, line);
                QVERIFY2(now() != text, qPrintable(DesignVerbs::title(verb)));
                m_stack->undo();
                QCOMPARE(now(), text);
            }
        }
    }

    void aStageIsDuplicatedAndMovedFromItsMenu()
    {
        m_panel->inspectNode(graph::NodeKey{graph::NodeKind::Stage, u"builder"_s});
        QMenu *menu = m_panel->stagePage()->moreMenu();
        Q_EMIT menu->aboutToShow();
        QVERIFY(!actionCalled(menu, u"Move stage down"_s)->isEnabled());
        QVERIFY(!actionCalled(menu, u"Move stage down"_s)->toolTip().isEmpty());
        actionCalled(menu, u"Duplicate stage"_s)->trigger();
        QCOMPARE(m_workspace->snapshot().graph.stages.size(), std::size_t(3));
        m_stack->undo();
        QCOMPARE(now(), text);
    }

    void anInstructionIsAddedWhereItStandsBest()
    {
        m_panel->inspectNode(graph::NodeKey{graph::NodeKind::Stage, u"final"_s});
        actionCalled(m_panel->stagePage()->addMenu(), u"USER"_s)->trigger();
        QVERIFY2(now().contains(u"user 65532\r\nentrypoint"_s), qPrintable(now()));
    }

    void aStageIsSplitAtALineUnderAName()
    {
        m_verbs->splitStage(m_workspace->snapshot().tree.lineAtRow(5));
        auto *dialog = m_window->findChild<QInputDialog *>();
        QVERIFY(dialog);
        dialog->setTextValue(u"deps"_s);
        dialog->accept();
        QVERIFY2(now().contains(u"from deps as builder\r\n"_s), qPrintable(now()));
        m_stack->undo();
        QCOMPARE(now(), text);
    }

    void edgesAreRetargetedAndRemoved()
    {
        const auto &graph = m_workspace->snapshot().graph;
        const auto copy = std::ranges::find(graph.edges, graph::EdgeKind::CopyFrom, &graph::Edge::kind);
        const graph::Edge edge = *copy;
        m_verbs->retargetEdge(edge, {graph::NodeKind::Image, u"alpine"_s});
        QVERIFY2(now().contains(u"copy --from=alpine /out/hello /hello"_s), qPrintable(now()));
        m_stack->undo();
        m_verbs->removeEdge(edge);
        QVERIFY(!now().contains(u"--from"_s));
        m_stack->undo();
        QCOMPARE(now(), text);
    }

    void aRefusalIsToldAndChangesNothing()
    {
        QSignalSpy refused(m_stack.get(), &CommandStack::refused);
        m_verbs->applyToStage(StageVerb::MoveDown, {graph::NodeKind::Stage, u"builder"_s});
        QCOMPARE(refused.size(), 1);
        QCOMPARE(now(), text);
    }

private:
    [[nodiscard]] QString now() const { return m_workspace->snapshot().text; }
    [[nodiscard]] InstructionForm &form() const { return *m_panel->instructionPage()->form(); }

    void type(const QString &label, const QString &value)
    {
        auto *edit = form().field(label)->findChild<QLineEdit *>();
        edit->selectAll();
        QTest::keyClicks(edit, value);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void check(const QString &label) { form().field(label)->findChild<QCheckBox *>()->click(); }

    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<CommandStack> m_stack;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<DesignVerbs> m_verbs;
    std::unique_ptr<InspectorPanel> m_panel;
};

QTEST_MAIN(TestForms)
#include "tst_forms.moc"
