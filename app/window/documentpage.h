// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/commandstack.h"
#include "journal/documentjournal.h"
#include "window/mainwindow.h"

namespace app {

/// What belongs to all documents; it outlives them.
struct SharedParts
{
    Settings &settings;
    EngineHub &hub;
    history::HistoryStore *store; ///< null: nothing is remembered
    journal::Journal &journal;
};

/// One tab: a document with its own text, history, build and journal, and the window part that shows it.
class DocumentPage
{
public:
    explicit DocumentPage(const SharedParts &shared);
    Q_DISABLE_COPY_MOVE(DocumentPage)

    [[nodiscard]] MainWindow &window() { return m_window; }
    [[nodiscard]] QMenuBar *menuBar() { return m_menuBar.get(); }
    [[nodiscard]] DocumentController &document() { return m_window.document(); }
    [[nodiscard]] BuildController &build() { return m_window.build(); }
    [[nodiscard]] ui::CommandStack &stack() { return m_stack; }
    [[nodiscard]] workspace::Workspace &workspace() { return m_workspace; }
    [[nodiscard]] journal::DocumentJournal &journal() { return m_journal; }

    /// With the mark of unsaved text.
    [[nodiscard]] QString tabText();

private:
    // In the order of their dependence.
    workspace::Workspace m_workspace;
    ui::CommandStack m_stack;
    MainWindow m_window;
    std::unique_ptr<QMenuBar> m_menuBar;
    journal::DocumentJournal m_journal;
};

}
