// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/actions.h"
#include "window/buildcontroller.h"
#include "window/documentcontroller.h"
#include "window/variantscontroller.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace ui {
struct GraphNotes;
class BuildOptionsPanel;
class BuildPanel;
class CommandStack;
class DesignController;
class DesignVerbs;
class DockerfileEditor;
class EditorBinding;
class EditorPage;
class GraphView;
class InspectorPanel;
class NoticeBar;
class ProblemsPanel;
class ProgressLine;
class SizesPanel;
class VariantsPanel;
class WelcomePage;
}

namespace app {

class ContextListing;
class ProjectFacts;
class EngineHub;
class Settings;

/// What the window works on; all of it outlives the window.
struct WindowParts
{
    workspace::Workspace &workspace;
    ui::CommandStack &stack;
    Settings &settings;
    EngineHub &hub;
    history::HistoryStore *store; ///< null: nothing is remembered
};

/// All that shows one document: graph in the middle, the Dockerfile beside it, inspector and build options at
/// the right, build, sizes and problems below. It only joins: every wish of a panel goes to a controller. It
/// lives in a tab of DocumentsWindow, to which it tells what is about other documents.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(WindowParts parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] DocumentController &document() { return m_document; }
    [[nodiscard]] BuildController &build() { return m_build; }
    [[nodiscard]] VariantsController &variants() { return m_variants; }

    /// In place of the document that it shows.
    void open(const QString &path);
    void showError(const base::Error &error);
    /// Both texts, and what to do about them.
    void compareWithDisk(const QString &textOnDisk);
    /// For the next window: how the docks stand.
    void rememberDocks();

    /// The menus go to the window around all documents, which has room for those of the shown one only.
    [[nodiscard]] QMenuBar *takeMenuBar();
    /// About all documents: filled by the window around them.
    [[nodiscard]] QMenu *windowMenu() { return m_windowMenu; }

Q_SIGNALS:
    /// Another document is wanted, where there is room for it.
    void openRequested(const QString &path);
    void newRequested();
    void sampleRequested(const QString &rung);

protected:
    void hideEvent(QHideEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeCentre();
    void makeDocks();
    void makeMenus();
    void makeToolBar();
    void makeStatusBar();
    QDockWidget *addDock(const QString &name, const QString &title, QWidget *content,
                         Qt::DockWidgetArea area);
    void arrangeDocks();
    void showDockTitles();

    void joinDocument();
    void joinActions();
    void joinDesign();
    void joinSelection();
    void joinBuild();
    void joinVariants();
    void joinEngine();
    void joinEditor();

    void showDesign(bool open);
    void keepDockLayout();
    void showTitle();
    void showEngineState();
    void showEngineImages();
    void selectNode(const graph::NodeKey &key);
    void selectEdge(const graph::Edge &edge);
    void followDocument(const workspace::Snapshot &snapshot);
    void showBand(const graph::Stage *stage);
    void goToRow(int row);
    void goToBuiltRow(int builtRow);
    void followCursor(int row);
    [[nodiscard]] ui::GraphNotes designNotes() const;
    void showBuildNotes();
    void showEngineWarnings();
    void showDiskChange(const QString &textOnDisk);
    void fillEngineMenu();
    void startBuild();
    /// No variants: the design's own build.
    void askToAllow(const QStringList &variants, const QStringList &permissions);
    void allowAndBuild();
    [[nodiscard]] QString contextFolder() const;
    void showFacts();
    void showPosition();

    WindowParts m_parts;
    Actions m_actions;
    DocumentController m_document;
    BuildController m_build;
    VariantsController m_variants;
    std::unique_ptr<ui::DesignController> m_design;
    std::unique_ptr<ui::DesignVerbs> m_verbs;

    QMenu *m_windowMenu = nullptr;
    QList<QPointer<QDockWidget>> m_hiddenWithUs; ///< floating docks, which would stay without the document
    QStackedWidget *m_pages = nullptr;
    ui::NoticeBar *m_notice = nullptr;
    ui::ProgressLine *m_progress = nullptr;
    ui::WelcomePage *m_welcome = nullptr;
    ui::GraphView *m_graph = nullptr;
    ui::EditorPage *m_editorPage = nullptr;
    ui::DockerfileEditor *m_editor = nullptr; ///< of the page, as the next
    ui::EditorBinding *m_binding = nullptr;
    ui::InspectorPanel *m_inspector = nullptr;
    ui::BuildOptionsPanel *m_options = nullptr;
    ui::BuildPanel *m_buildPanel = nullptr;
    ui::SizesPanel *m_sizes = nullptr;
    ui::ProblemsPanel *m_problems = nullptr;
    ui::VariantsPanel *m_variantsPanel = nullptr;
    QMenu *m_engineMenu = nullptr; ///< of the menu bar, and of the button in the status bar
    QHash<QString, QDockWidget *> m_docks;
    QByteArray m_defaultState;
    QByteArray m_stateOfDocks; ///< to come back to when a design is opened
    std::vector<engine::BuildWarning> m_warnings;
    QToolButton *m_engineButton = nullptr;
    QLabel *m_position = nullptr;
    ContextListing *m_contextListing = nullptr;
    ProjectFacts *m_projectFacts = nullptr;
    QStringList m_wantedPermissions;   ///< what the notice about a build offers to allow
    bool m_areVariantsWaiting = false; ///< for that; else the design's own build
    QTimer m_formsTimer;               ///< inspector and build options, after a key
    bool m_noticeIsOfDisk = false;
    QString m_diskText; ///< what the notice about a change on disk offers to take
};

}
