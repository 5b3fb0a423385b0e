// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "editor/editoractions.h"
#include "editor/editorparts.h"
#include "language/symbols.h"

#include <QWidget>

namespace ui {

class EditorCompleter;
class EditorDrop;
class EditorFixes;
class EditorHover;
class EditorRows;
class EditorSearch;
class EditorSymbols;
class FindBar;
class GoToLineBar;
class ReferencesPanel;

/// A document's editor with all that helps to write in it, and the bars below it. Whatever changes the
/// document is a wish to the outside.
class EditorPage : public QWidget
{
    Q_OBJECT

public:
    /// `workspace` must outlive it.
    explicit EditorPage(workspace::Workspace &workspace, QWidget *parent = nullptr);
    ~EditorPage() override;

    [[nodiscard]] DockerfileEditor *editor() const { return m_editor; }
    [[nodiscard]] EditorBinding *binding() const { return m_binding; }
    [[nodiscard]] const EditorActions &actions() const { return m_actions; }

    /// What proposals may use beside the text. The build's values are those of the document's settings.
    void setFacts(language::Facts facts);
    /// Files of it can be dropped into the text. Absolute; empty: none.
    void setContextFolder(const QString &folder);
    /// What a proposal asked for and was not known has come.
    void factsArrived();

Q_SIGNALS:
    /// Both are to be applied at once: CommandStack::pushTyped and CommandStack::push.
    void typed(const base::TextEdit &edit);
    void editRequested(const base::TextEdit &edit, const QString &label);
    /// Why nothing came of a wish.
    void refused(const base::Error &error);

private:
    void layOut();
    void joinVerbs();
    void joinBars();
    void joinHelpers();
    void showFolds();
    void takeSettings();
    void showReferences(const QString &name, const std::vector<language::SymbolPlace> &places);
    void closeReferences();
    void fillContextMenu(QMenu *menu);

    workspace::Workspace &m_workspace;
    language::Facts m_facts;
    DockerfileEditor *m_editor;
    EditorBinding *m_binding;
    EditorActions m_actions;
    FindBar *m_findBar;
    GoToLineBar *m_goToBar;
    ReferencesPanel *m_references;
    std::vector<QTextCursor> m_referencePlaces;
    EditorSearch *m_search;
    EditorCompleter *m_completer;
    EditorRows *m_rows;
    EditorHover *m_hover;
    EditorSymbols *m_symbols;
    EditorFixes *m_fixes;
    EditorDrop *m_drop;
};

}
