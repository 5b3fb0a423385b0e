// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/commandstack.h"
#include "merge/threeway.h"

#include <QWidget>

#include <optional>

class QAbstractButton;
class QButtonGroup;
class QLabel;
class QToolButton;

namespace ui {
class DockerfileEditor;
class EditorBinding;
}

namespace app {

/// The text that two texts are merged to: what only one of them changed is taken, each conflict is a choice,
/// and everything can be typed over.
class MergeEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit MergeEditor(const std::vector<merge::Chunk> &chunks, QWidget *parent = nullptr);
    ~MergeEditor() override;

    [[nodiscard]] QString text() const { return m_workspace.snapshot().text; }
    [[nodiscard]] int conflictCount() const { return int(m_conflicts.size()); }
    /// Neither chosen nor edited.
    [[nodiscard]] int unsettledCount() const;

    /// Settles the conflict that is shown: one step of the history, as what is typed.
    void choose(merge::Choice choice);
    void showConflict(int index);
    void undo();
    void redo();

Q_SIGNALS:
    void settledChanged();

private:
    struct State
    {
        base::TextRange range; ///< where its text is now
        std::optional<merge::Choice> choice = {};
        bool isEdited = false; ///< by hand, so it is settled, too

        [[nodiscard]] bool isSettled() const { return choice || isEdited; }
        friend bool operator==(const State &, const State &) = default;
    };
    struct Conflict
    {
        merge::Chunk chunk;
        State state;
    };

    QWidget *makeConflictBar();
    void typed(const base::TextEdit &edit);
    void follow(const base::TextEdit &edit);
    void remember();
    void takeBack();
    void refresh();

    // In the order of their dependence.
    workspace::Workspace m_workspace;
    ui::CommandStack m_stack;
    ui::DockerfileEditor *m_editor;
    ui::EditorBinding *m_binding;
    std::vector<Conflict> m_conflicts;
    std::vector<std::vector<State>> m_states; ///< of all conflicts, at each place of the history
    int m_shown = 0;
    QLabel *m_words = nullptr;
    QButtonGroup *m_choices = nullptr;
    QToolButton *m_before = nullptr;
    QToolButton *m_next = nullptr;
};

}
