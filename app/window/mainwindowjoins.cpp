// SPDX-License-Identifier: Apache-2.0
// The second half of MainWindow: which wish of which panel goes to which controller.
#include "window/mainwindow.h"

#include "build/buildpanel.h"
#include "build/problemspanel.h"
#include "build/sourcemap.h"
#include "commands/commandstack.h"
#include "commands/designcontroller.h"
#include "editor/dockerfileeditor.h"
#include "editor/editorpage.h"
#include "graph/graphview.h"
#include "inspector/buildoptionspanel.h"
#include "inspector/inspectorpanel.h"
#include "layers/sizespanel.h"
#include "recipes/recipe.h"
#include "start/welcomepage.h"
#include "theme/icons.h"
#include "widgets/noticebar.h"
#include "widgets/progressline.h"
#include "window/contextlisting.h"
#include "window/designnotes.h"
#include "window/enginehub.h"
#include "window/projectfacts.h"
#include "window/settings.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QLabel>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>

#include <ranges>

namespace app {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void MainWindow::joinDocument()
{
    auto &workspace = m_parts.workspace;
    auto &stack = m_parts.stack;
    connect(m_editor, &ui::DockerfileEditor::undoRequested, &stack, &ui::CommandStack::undo);
    connect(m_editor, &ui::DockerfileEditor::redoRequested, &stack, &ui::CommandStack::redo);
    connect(&stack, &ui::CommandStack::refused, this, &MainWindow::showError);
    connect(&workspace, &workspace::Workspace::documentReplaced, m_graph, &ui::GraphView::showDocument);
    connect(&workspace, &workspace::Workspace::documentChanged, m_graph, &ui::GraphView::showSnapshot);
    connect(&workspace, &workspace::Workspace::settingsChanged, m_graph, &ui::GraphView::showSnapshot);
    // The graph follows every key at once; the forms follow when the typing rests for a moment.
    const auto showForms = [this] {
        m_inspector->inspectNode(m_graph->selectedNode()); // which may have another name now
        if (const int row = m_graph->selectedInstructionRow(); row > 0)
            m_inspector->inspectRow(row);
        m_inspector->inspectEdge(m_graph->selectedEdge());
        m_inspector->showSnapshot(m_parts.workspace.snapshot());
        m_options->showSnapshot(m_parts.workspace.snapshot());
    };
    m_formsTimer.setSingleShot(true);
    m_formsTimer.setInterval(60);
    connect(&m_formsTimer, &QTimer::timeout, this, showForms);
    connect(&workspace, &workspace::Workspace::documentChanged, &m_formsTimer, qOverload<>(&QTimer::start));
    connect(&workspace, &workspace::Workspace::documentReplaced, this, showForms);
    connect(&workspace, &workspace::Workspace::settingsChanged, this, showForms);
    connect(&workspace, &workspace::Workspace::findingsChanged, m_problems, &ui::ProblemsPanel::setFindings);
    connect(&workspace, &workspace::Workspace::findingsChanged, this, &MainWindow::showBuildNotes);
    connect(m_problems, &ui::ProblemsPanel::fixRequested, this,
            [this](const base::TextEdit &edit, const QString &label) { m_parts.stack.push(edit, label); });

    connect(&m_document, &DocumentController::opened, this, [this] { showDesign(true); });
    connect(&m_document, &DocumentController::closed, this, [this] {
        m_build.cancel();
        showDesign(false);
    });
    connect(&m_document, &DocumentController::titleChanged, this, &MainWindow::showTitle);
    connect(&m_document, &DocumentController::failed, this, &MainWindow::showError);
    connect(&m_document, &DocumentController::changedOnDisk, this, &MainWindow::showDiskChange);
    connect(&m_document, &DocumentController::compareRequested, this, &MainWindow::compareWithDisk);
    connect(&m_document, &DocumentController::settledWithDisk, this, [this] {
        if (std::exchange(m_noticeIsOfDisk, false))
            m_notice->dismiss();
    });
    connect(&m_document, &DocumentController::removedFromDisk, this, [this] {
        m_noticeIsOfDisk = true;
        m_notice->showMessage(ui::NoticeBar::Kind::Warning,
                              tr("The file was removed or renamed by another program."),
                              tr("What you see is still here: save it to write it again."));
    });
    connect(m_notice, &ui::NoticeBar::actionTriggered, this, [this](const QString &id) {
        if (id == "take"_L1)
            m_document.takeDiskText(m_diskText);
        else if (id == "keep"_L1)
            m_document.keepMine(m_diskText);
        else if (id == "compare"_L1)
            compareWithDisk(m_diskText);
        else if (id == "engine"_L1)
            m_actions.engine->trigger();
    });
}

void MainWindow::joinActions()
{
    connect(m_actions.newDesign, &QAction::triggered, this, &MainWindow::newRequested);
    connect(m_actions.open, &QAction::triggered, this, [this] {
        for (const auto &path : m_document.askForFiles())
            Q_EMIT openRequested(path);
    });
    connect(m_actions.samples, &QActionGroup::triggered, this,
            [this](const QAction *action) { Q_EMIT sampleRequested(action->data().toString()); });
    connect(m_actions.save, &QAction::triggered, &m_document, &DocumentController::save);
    connect(m_actions.saveAs, &QAction::triggered, &m_document, &DocumentController::saveAs);
    connect(m_actions.close, &QAction::triggered, &m_document, &DocumentController::closeDocument);
    connect(m_actions.quit, &QAction::triggered, this, [this] { window()->close(); });
    connect(m_actions.addStage, &QAction::triggered, this,
            [this] { m_design->addStage(m_graph->selectedNode()); });
    connect(m_actions.zoomIn, &QAction::triggered, m_graph, &ui::GraphView::zoomIn);
    connect(m_actions.zoomOut, &QAction::triggered, m_graph, &ui::GraphView::zoomOut);
    connect(m_actions.fit, &QAction::triggered, m_graph, &ui::GraphView::fit);
    connect(m_actions.build, &QAction::triggered, this, &MainWindow::startBuild);
    connect(m_actions.stopBuild, &QAction::triggered, &m_build, &BuildController::cancel);
    connect(m_actions.focusGraph, &QAction::triggered, m_graph,
            [this] { m_graph->setFocus(Qt::ShortcutFocusReason); });
    connect(m_actions.focusEditor, &QAction::triggered, this, [this] {
        m_docks[u"editor"_s]->show();
        m_docks[u"editor"_s]->raise();
        m_editor->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_actions.resetLayout, &QAction::triggered, this, [this] { restoreState(m_defaultState); });
    connect(m_actions.about, &QAction::triggered, this, [this] {
        QMessageBox::about(
            this, tr("About Stageloom"),
            tr("<h3>Stageloom %1</h3><p>Designs the container image of a Go program as a graph of stages, "
               "and shows what every line, stage and layer costs.</p><p>Apache License 2.0</p>")
                .arg(QStringLiteral(STAGELOOM_VERSION)));
    });
    for (auto *action : m_actions.schemes->actions())
        action->setChecked(action->data().toInt() == int(m_parts.settings.scheme()));
    connect(m_actions.schemes, &QActionGroup::triggered, this, [this](const QAction *action) {
        m_parts.settings.setScheme(ui::Scheme(action->data().toInt()));
    });

    connect(m_welcome, &ui::WelcomePage::newRequested, m_actions.newDesign, &QAction::trigger);
    connect(m_welcome, &ui::WelcomePage::openRequested, m_actions.open, &QAction::trigger);
    connect(m_welcome, &ui::WelcomePage::sampleRequested, this, [this] { Q_EMIT sampleRequested({}); });
    connect(m_welcome, &ui::WelcomePage::engineRequested, m_actions.engine, &QAction::trigger);
    connect(m_welcome, &ui::WelcomePage::recentRequested, this, &MainWindow::openRequested);
    connect(m_welcome, &ui::WelcomePage::recentRemoveRequested, &m_parts.settings,
            &Settings::removeRecentFile);
    const auto showRecent = [this] { m_welcome->setRecentFiles(m_parts.settings.recentFiles()); };
    connect(&m_parts.settings, &Settings::recentFilesChanged, m_welcome, showRecent);
    showRecent();
}

void MainWindow::joinDesign()
{
    auto *design = m_design.get();
    connect(m_graph, &ui::GraphView::connectRequested, design, &ui::DesignController::connectNodes);
    connect(m_graph, &ui::GraphView::addStageRequested, design, &ui::DesignController::addStage);
    connect(m_graph, &ui::GraphView::imageDropped, this,
            [design](const QString &image, const std::optional<graph::NodeKey> &stage) {
                if (stage)
                    design->changeBase(*stage, image);
                else
                    design->addStage(graph::NodeKey{graph::NodeKind::Image, image});
            });
    connect(m_graph, &ui::GraphView::renameRequested, design, &ui::DesignController::rename);
    connect(m_graph, &ui::GraphView::deleteRequested, design, &ui::DesignController::remove);
    connect(m_graph, &ui::GraphView::targetRequested, design, &ui::DesignController::setTarget);
    connect(m_graph, &ui::GraphView::editBaseRequested, this, [this](const graph::NodeKey &key) {
        m_docks[u"inspector"_s]->show();
        m_docks[u"inspector"_s]->raise();
        m_inspector->editBase(key);
    });
    connect(m_graph, &ui::GraphView::editPlatformRequested, this, [this](const graph::NodeKey &key) {
        m_docks[u"inspector"_s]->show();
        m_docks[u"inspector"_s]->raise();
        m_inspector->editPlatform(key);
    });
    connect(m_graph, &ui::GraphView::connectImageRequested, design, &ui::DesignController::connectImage);
    connect(m_inspector, &ui::InspectorPanel::connectRequested, design, &ui::DesignController::connectNodes);
    connect(m_inspector, &ui::InspectorPanel::renameRequested, design, &ui::DesignController::rename);
    connect(m_inspector, &ui::InspectorPanel::changeBaseRequested, design, &ui::DesignController::changeBase);
    connect(m_inspector, &ui::InspectorPanel::targetRequested, design, &ui::DesignController::setTarget);
    connect(m_inspector, &ui::InspectorPanel::deleteRequested, design, &ui::DesignController::remove);
    connect(m_options, &ui::BuildOptionsPanel::settingsChanged, design, &ui::DesignController::setSettings);
    connect(design, &ui::DesignController::stageAdded, m_graph, [this](const graph::NodeKey &key) {
        m_graph->selectNode(key);
        selectNode(key);
        m_graph->renameOnceLaidOut(key);
    });
}

void MainWindow::joinSelection()
{
    connect(m_graph, &ui::GraphView::nodeSelected, this, &MainWindow::selectNode);
    connect(m_graph, &ui::GraphView::instructionSelected, this, [this](int row) {
        m_editor->goToRow(row);
        m_inspector->inspectRow(row);
    });
    connect(m_graph, &ui::GraphView::edgeSelected, this, &MainWindow::selectEdge);
    connect(m_graph, &ui::GraphView::selectionCleared, this, [this] {
        showBand(nullptr);
        m_inspector->inspectNode({});
        m_inspector->inspectEdge({});
        m_inspector->inspectRow(0);
    });
    connect(m_graph, &ui::GraphView::rowActivated, this, &MainWindow::goToRow);
    connect(m_inspector, &ui::InspectorPanel::rowActivated, this, &MainWindow::goToRow);
    connect(m_sizes, &ui::SizesPanel::rowActivated, this, &MainWindow::goToBuiltRow);
    connect(m_buildPanel, &ui::BuildPanel::rowActivated, this, &MainWindow::goToBuiltRow);
    connect(m_buildPanel, &ui::BuildPanel::stepActivated, this,
            [this](const QString &stage, int position, const QString &instruction) {
                const auto &steps = m_build.steps();
                const auto step = std::ranges::find_if(steps, [&](const engine::BuildStep &candidate) {
                    return candidate.stage == stage && candidate.position == position &&
                           candidate.instruction == instruction;
                });
                if (step != steps.end())
                    goToBuiltRow(rowOfStep(m_build.builtSnapshot(), *step));
            });
    connect(m_problems, &ui::ProblemsPanel::activated, this, [this](int row, const base::TextRange &range) {
        goToRow(row);
        if (!range.isEmpty())
            m_binding->selectRange(range);
    });
    connect(m_editor, &ui::DockerfileEditor::cursorRowChanged, this, &MainWindow::followCursor);
    connect(&m_parts.workspace, &workspace::Workspace::snapshotChanged, this, &MainWindow::followDocument);
}

void MainWindow::goToRow(int row)
{
    m_docks[u"editor"_s]->show();
    m_docks[u"editor"_s]->raise();
    m_editor->setFocus(Qt::OtherFocusReason); // first: what is selected in the graph follows the editor then
    m_editor->goToRow(row);
}

void MainWindow::goToBuiltRow(int builtRow)
{
    if (const int row = m_build.rowNow(builtRow); row > 0)
        goToRow(row);
}

void MainWindow::showBand(const graph::Stage *stage)
{
    const auto &tree = m_parts.workspace.snapshot().tree;
    if (stage)
        m_editor->setBand(tree.firstRow(stage->fromLine),
                          tree.lastRow(std::max(stage->fromLine, stage->lastLine)));
    else
        m_editor->setBand(0, 0);
}

// After an edit the chosen stage may have other rows.
void MainWindow::followDocument(const workspace::Snapshot &snapshot)
{
    const auto node = m_graph->selectedNode();
    showBand(node ? snapshot.graph.stage(*node) : nullptr);
}

// A node was chosen in the graph: its lines get a band, and the inspector tells about it.
void MainWindow::selectNode(const graph::NodeKey &key)
{
    const auto &snapshot = m_parts.workspace.snapshot();
    const auto *stage = snapshot.graph.stage(key);
    m_inspector->inspectEdge({});
    m_inspector->inspectNode(key);
    m_inspector->inspectRow(0);
    if (stage)
        m_editor->goToRow(snapshot.tree.firstRow(stage->fromLine));
    showBand(stage);
}

// An edge was chosen: the inspector tells which lines make it.
void MainWindow::selectEdge(const graph::Edge &edge)
{
    const auto &snapshot = m_parts.workspace.snapshot();
    m_inspector->inspectNode({});
    m_inspector->inspectRow(0);
    m_inspector->inspectEdge(edge);
    if (!edge.lines.empty())
        m_editor->goToRow(snapshot.tree.firstRow(edge.lines.front()));
    showBand(snapshot.graph.stage(edge.to));
}

// The cursor went elsewhere: the stage around it is chosen in the graph, and the inspector tells about its
// line.
void MainWindow::followCursor(int row)
{
    const auto &snapshot = m_parts.workspace.snapshot();
    showPosition();
    for (const auto &image : m_sizes->images() | std::views::take(1))
        for (const auto &layer : image.layers)
            if (!layer.fromBase && layer.row > 0 && m_build.rowNow(layer.row) == row)
                m_sizes->showRow(layer.row);
    if (m_graph->hasFocus())
        return; // it moved the cursor
    if (const auto *stage = snapshot.graph.stageAtLine(snapshot.tree.lineAtRow(row))) {
        m_inspector->inspectEdge({});
        m_graph->selectNode(stage->key);
        m_inspector->inspectNode(stage->key);
        showBand(stage);
    }
    if (m_editor->hasFocus())
        m_inspector->inspectRow(row);
}

void MainWindow::joinEditor()
{
    auto &stack = m_parts.stack;
    connect(m_editorPage, &ui::EditorPage::typed, &stack, &ui::CommandStack::pushTyped);
    connect(m_editorPage, &ui::EditorPage::editRequested, &stack,
            [&stack](const base::TextEdit &edit, const QString &label) { stack.push(edit, label); });
    connect(m_editorPage, &ui::EditorPage::refused, this, [this](const base::Error &error) {
        statusBar()->showMessage(error.text(), int(std::chrono::milliseconds(8s).count()));
    });
    connect(m_editor, &ui::DockerfileEditor::cursorPositionChanged, this, &MainWindow::showPosition);
    connect(m_editor, &ui::DockerfileEditor::selectionChanged, this, &MainWindow::showPosition);
    connect(&m_parts.workspace, &workspace::Workspace::snapshotChanged, this, &MainWindow::showPosition);
    m_contextListing = new ContextListing(this);
    m_projectFacts = new ProjectFacts(this);
    connect(m_projectFacts, &ProjectFacts::changed, this, &MainWindow::showFacts);
    connect(m_contextListing, &ContextListing::listed, m_editorPage, &ui::EditorPage::factsArrived);
    connect(&m_parts.hub, &EngineHub::stateChanged, this, &MainWindow::showFacts);
    connect(&m_parts.hub, &EngineHub::imagesChanged, this, &MainWindow::showFacts);
    connect(&m_parts.workspace, &workspace::Workspace::settingsChanged, this, &MainWindow::showFacts);
    showFacts();
}

}
