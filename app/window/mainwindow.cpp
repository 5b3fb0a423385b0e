// SPDX-License-Identifier: Apache-2.0
#include "window/mainwindow.h"

#include "build/buildpanel.h"
#include "build/problemspanel.h"
#include "commands/commandstack.h"
#include "commands/designcontroller.h"
#include "commands/designverbs.h"
#include "editor/dockerfileeditor.h"
#include "editor/editorpage.h"
#include "graph/graphview.h"
#include "inspector/buildoptionspanel.h"
#include "inspector/inspectorpanel.h"
#include "layers/sizespanel.h"
#include "queue/variantspanel.h"
#include "start/welcomepage.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "widgets/noticebar.h"
#include "widgets/progressline.h"
#include "window/settings.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace app {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(WindowParts parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_actions(this, parts.stack.undoStack())
    , m_document(parts.workspace, parts.stack, parts.settings, this)
    , m_build(parts.workspace, parts.hub, parts.store)
    , m_variants(parts.workspace, parts.hub, parts.store)
{
    setObjectName(u"MainWindow"_s);
    setWindowFlags(Qt::Widget); // a part of the window, even though it has menus and docks
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    makeCentre();
    makeDocks();
    makeMenus();
    makeToolBar();
    makeStatusBar();
    m_design = std::make_unique<ui::DesignController>(m_parts.workspace, m_parts.stack, this);
    m_verbs = std::make_unique<ui::DesignVerbs>(m_parts.workspace, m_parts.stack, this);
    m_inspector->setVerbs(m_verbs.get());
    m_graph->setVerbs(m_verbs.get());
    joinDocument();
    joinActions();
    joinDesign();
    joinSelection();
    joinBuild();
    joinVariants();
    joinEngine();
    joinEditor();

    m_defaultState = saveState();
    m_stateOfDocks = m_defaultState;
    if (const auto state = m_parts.settings.windowState(); !state.isEmpty())
        m_stateOfDocks = state;
    showDesign(false);
    showEngineState();
}

MainWindow::~MainWindow()
{
    m_build.disconnect(this);
}

void MainWindow::makeCentre()
{
    m_welcome = new ui::WelcomePage;
    m_graph = new ui::GraphView;
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_graph);
    m_notice = new ui::NoticeBar;
    m_progress = new ui::ProgressLine;
    m_notice->setObjectName(u"notice"_s);

    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_progress);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
}

void MainWindow::makeDocks()
{
    m_editorPage = new ui::EditorPage(m_parts.workspace);
    m_editor = m_editorPage->editor();
    m_binding = m_editorPage->binding();
    m_inspector = new ui::InspectorPanel;
    m_options = new ui::BuildOptionsPanel;
    m_buildPanel = new ui::BuildPanel;
    m_sizes = new ui::SizesPanel;
    m_problems = new ui::ProblemsPanel;
    m_variantsPanel = new ui::VariantsPanel;
    m_build.setPanels(m_buildPanel, m_sizes);
    m_variants.setPanel(m_variantsPanel);

    addDock(u"editor"_s, tr("Dockerfile"), m_editorPage, Qt::RightDockWidgetArea);
    addDock(u"inspector"_s, tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    addDock(u"options"_s, tr("Build Options"), m_options, Qt::RightDockWidgetArea);
    addDock(u"build"_s, tr("Build"), m_buildPanel, Qt::BottomDockWidgetArea);
    addDock(u"variants"_s, tr("Variants"), m_variantsPanel, Qt::BottomDockWidgetArea);
    addDock(u"sizes"_s, tr("Sizes"), m_sizes, Qt::BottomDockWidgetArea);
    addDock(u"problems"_s, tr("Problems"), m_problems, Qt::BottomDockWidgetArea);
    arrangeDocks();
}

QDockWidget *MainWindow::addDock(const QString &name, const QString &title, QWidget *content,
                                 Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    addDockWidget(area, dock);
    m_docks.insert(name, dock);
    const auto refresh = [this] {
        QMetaObject::invokeMethod(this, &MainWindow::showDockTitles, Qt::QueuedConnection);
    };
    connect(dock, &QDockWidget::topLevelChanged, this, refresh);
    connect(dock, &QDockWidget::dockLocationChanged, this, refresh);
    connect(dock, &QDockWidget::visibilityChanged, this, refresh);
    return dock;
}

// A tab says what a title bar over the same panel would say again: docks that share a place do without.
void MainWindow::showDockTitles()
{
    for (auto *dock : std::as_const(m_docks)) {
        const auto others = tabifiedDockWidgets(dock);
        const bool tabbed = !dock->isFloating() && std::ranges::any_of(others, [](const QDockWidget *other) {
            return !other->isHidden() && !other->isFloating();
        });
        if (tabbed == (dock->titleBarWidget() != nullptr))
            continue;
        auto *before = dock->titleBarWidget();
        dock->setTitleBarWidget(tabbed ? new QWidget(dock) : nullptr);
        delete before;
    }
}

void MainWindow::arrangeDocks()
{
    // The right column is as tall as the window: the Dockerfile is a page beside the drawing.
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setDockOptions(dockOptions() | QMainWindow::GroupedDragging);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    splitDockWidget(m_docks[u"editor"_s], m_docks[u"inspector"_s], Qt::Vertical);
    tabifyDockWidget(m_docks[u"inspector"_s], m_docks[u"options"_s]);
    tabifyDockWidget(m_docks[u"build"_s], m_docks[u"variants"_s]);
    tabifyDockWidget(m_docks[u"variants"_s], m_docks[u"sizes"_s]);
    tabifyDockWidget(m_docks[u"sizes"_s], m_docks[u"problems"_s]);
    m_docks[u"inspector"_s]->raise();
    m_docks[u"build"_s]->raise();
    resizeDocks({m_docks[u"editor"_s]}, {width() * 36 / 100}, Qt::Horizontal);
    resizeDocks({m_docks[u"editor"_s], m_docks[u"inspector"_s]}, {height() * 54 / 100, height() * 46 / 100},
                Qt::Vertical);
    resizeDocks({m_docks[u"build"_s]}, {height() * 31 / 100}, Qt::Vertical);
}

void MainWindow::makeMenus()
{
    auto *file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions.newDesign, m_actions.open});
    auto *recent = file->addMenu(ui::icon(u"recent"_s), tr("Open &Recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        recent->clear();
        for (const auto &path : m_parts.settings.recentFiles())
            recent->addAction(path, this, [this, path] { Q_EMIT openRequested(path); });
        if (recent->isEmpty())
            recent->addAction(tr("Nothing yet"))->setEnabled(false);
    });
    file->addMenu(ui::icon(u"sample"_s), tr("Open the Sa&mple"))->addActions(m_actions.samples->actions());
    file->addSeparator();
    file->addActions({m_actions.save, m_actions.saveAs, m_actions.close});
    file->addSeparator();
    file->addAction(m_actions.quit);

    auto *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions({m_actions.undo, m_actions.redo});
    edit->addSeparator();
    m_editorPage->actions().addToEditMenu(*edit);
    auto *graph = menuBar()->addMenu(tr("&Graph"));
    graph->addActions({m_actions.addStage});
    graph->addSeparator();
    graph->addActions({m_actions.zoomIn, m_actions.zoomOut, m_actions.fit});
    menuBar()->addMenu(tr("&Build"))->addActions({m_actions.build, m_actions.stopBuild});
    m_engineMenu = menuBar()->addMenu(tr("E&ngine"));

    auto *view = menuBar()->addMenu(tr("&View"));
    view->addActions({m_actions.focusGraph, m_actions.focusEditor});
    view->addSeparator();
    for (const auto &name :
         {u"editor"_s, u"inspector"_s, u"options"_s, u"build"_s, u"variants"_s, u"sizes"_s, u"problems"_s})
        view->addAction(m_docks[name]->toggleViewAction());
    view->addAction(m_actions.resetLayout);
    view->addSeparator();
    m_editorPage->actions().addToViewMenu(*view);
    view->addSeparator();
    view->addMenu(ui::icon(u"theme"_s), tr("&Colours"))->addActions(m_actions.schemes->actions());
    m_windowMenu = menuBar()->addMenu(tr("&Window"));
    menuBar()->addMenu(tr("&Help"))->addAction(m_actions.about);
}

void MainWindow::makeToolBar()
{
    auto *bar = addToolBar(tr("Tools"));
    bar->setObjectName(u"tools"_s);
    bar->setMovable(false);
    bar->setIconSize({ui::iconsize::toolbar, ui::iconsize::toolbar});
    bar->addActions({m_actions.newDesign, m_actions.open, m_actions.save});
    bar->addSeparator();
    bar->addActions({m_actions.undo, m_actions.redo});
    bar->addSeparator();
    bar->addActions({m_actions.addStage, m_actions.zoomOut, m_actions.zoomIn, m_actions.fit});
    auto *spring = new QWidget;
    spring->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(spring);
    bar->addActions({m_actions.stopBuild, m_actions.build});
    for (auto *action : {m_actions.build, m_actions.stopBuild}) {
        if (auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(action)))
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
}

void MainWindow::makeStatusBar()
{
    m_position = new QLabel;
    m_engineButton = new QToolButton;
    m_engineButton->setAutoRaise(true);
    m_engineButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_engineButton->setAccessibleName(tr("Engine"));
    statusBar()->addPermanentWidget(m_position);
    statusBar()->addPermanentWidget(m_engineButton);
}

void MainWindow::open(const QString &path)
{
    m_document.open(path);
}

void MainWindow::showError(const base::Error &error)
{
    m_noticeIsOfDisk = false;
    m_notice->showError(error);
}

void MainWindow::rememberDocks()
{
    keepDockLayout();
    m_parts.settings.setWindowState(m_stateOfDocks);
}

QMenuBar *MainWindow::takeMenuBar()
{
    auto *bar = menuBar();
    layout()->setMenuBar(nullptr);
    return bar;
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    if (event->spontaneous())
        return;
    for (auto *dock : std::as_const(m_docks))
        if (dock->isFloating() && !dock->isHidden()) {
            m_hiddenWithUs.append(dock);
            dock->hide();
        }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    for (const auto &dock : std::exchange(m_hiddenWithUs, {}))
        if (dock)
            dock->show();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const auto urls = event->mimeData()->urls();
    if (!urls.isEmpty() && std::ranges::all_of(urls, &QUrl::isLocalFile))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    // Later: a question over the window would keep the other program's drag waiting.
    for (const auto &url : event->mimeData()->urls())
        QMetaObject::invokeMethod(
            this, [this, path = url.toLocalFile()] { Q_EMIT openRequested(path); }, Qt::QueuedConnection);
}

}
