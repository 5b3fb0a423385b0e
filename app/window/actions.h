// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QObject>

class QMenuBar;
class QToolBar;
class QUndoStack;
class QMenu;

namespace app {

/// Every verb of the window, once: its words, icon and shortcut. Menus, toolbar and context share them.
struct Actions
{
    explicit Actions(QObject *parent, QUndoStack *undoStack);

    QAction *newDesign;
    QAction *open;
    QAction *save;
    QAction *saveAs;
    QAction *close;
    QAction *quit;
    QAction *undo;
    QAction *redo;
    QAction *addStage;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *fit;
    QAction *build;
    QAction *stopBuild;
    QAction *engine;
    QAction *buildCache;
    QAction *engineBuilds;
    QAction *focusGraph;
    QAction *focusEditor;
    QAction *resetLayout;
    QAction *about;
    QActionGroup *schemes; ///< data(): int(ui::Scheme)
    QActionGroup *samples; ///< the designs of the sample; data(): id of the rung

    /// Verbs that need an open design.
    [[nodiscard]] QList<QAction *> needingDesign() const;
};

}
