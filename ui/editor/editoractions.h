// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>

class QMenu;

namespace ui {

/// The verbs of an editor with their keys, for its page and the window's menus. The keys work where the
/// keyboard is: those that change rows or ask about the cursor in the text alone, those that search anywhere
/// in the page.
struct EditorActions
{
    /// Both own what belongs to them.
    EditorActions(QWidget *page, QWidget *editor);

    QAction *find;
    QAction *replace;
    QAction *findNext;
    QAction *findPrevious;
    QAction *goToLine;

    QAction *complete;
    QAction *showHover;
    QAction *fix;
    QAction *goToDefinition;
    QAction *findReferences;
    QAction *rename;

    QAction *toggleComment;
    QAction *moveUp;
    QAction *moveDown;
    QAction *duplicate;
    QAction *indent;
    QAction *outdent;
    QAction *endWithLf; ///< the rows of the file
    QAction *endWithCrLf;

    QAction *toggleFold;
    QAction *foldAll;
    QAction *unfoldAll;
    QAction *showWhitespace; ///< checkable
    QAction *zoomIn;         ///< these three without keys of their own: the editor takes them itself
    QAction *zoomOut;
    QAction *resetZoom;

    [[nodiscard]] QList<QAction *> all() const;
    /// What belongs into a window's Edit menu, and into its View menu; separators included.
    void addToEditMenu(QMenu &menu) const;
    void addToViewMenu(QMenu &menu) const;
};

}
