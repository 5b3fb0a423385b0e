// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"
#include "editor/textsearch.h"

#include <QObject>
#include <QTextCursor>

namespace ui {

class DockerfileEditor;
class EditorBinding;
class FindBar;

/// Searches the editor's text as the bar says, marks what it finds, goes through it and replaces it.
class EditorSearch : public QObject
{
    Q_OBJECT

public:
    /// All of them must outlive it.
    EditorSearch(DockerfileEditor &editor, EditorBinding &binding, FindBar &bar, QObject *parent = nullptr);

    /// Takes what is selected for the pattern, or for the part to search in when it is more than a row.
    void open(bool withReplace);
    void close();
    /// Also without the bar: what was searched last.
    void goToNext();
    void goToPrevious();

Q_SIGNALS:
    void editRequested(const base::TextEdit &edit, const QString &label);

private:
    void takeSelection();
    void setInSelection(bool on);
    void searchFromOrigin();
    void search();
    void goTo(qsizetype index);
    void beginHere();
    void replaceOne();
    void replaceAll();
    void showCount();
    [[nodiscard]] qsizetype currentHit() const; ///< -1: the cursor is at none
    [[nodiscard]] QString shownText() const;
    /// The change of the document that replaces this hit.
    [[nodiscard]] base::Replacement replacementOf(base::TextRange hit, const QString &text) const;

    DockerfileEditor &m_editor;
    EditorBinding &m_binding;
    FindBar &m_bar;
    QTextCursor m_part;   ///< to search in; null for everywhere
    QTextCursor m_origin; ///< where the search began
    QRegularExpression m_expression;
    SearchHits m_hits;
};

}
