// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "workspace/workspace.h"

#include <QObject>
#include <QUndoStack>

namespace ui {

/// The one undo history of a document, for its text and its build settings: whatever changes them goes
/// through here. Opening another document empties it.
class CommandStack : public QObject
{
    Q_OBJECT

public:
    /// `workspace` must outlive it.
    explicit CommandStack(workspace::Workspace &workspace, QObject *parent = nullptr);

    [[nodiscard]] QUndoStack *undoStack() { return &m_stack; }

    /// Applies the edit of a verb ("Undo rename builder to build"). An error is told by refused() and changes
    /// nothing. True when something changed.
    bool push(const base::Result<base::TextEdit> &edit, const QString &label);
    /// Applies an edit that a person typed; runs of them become one step.
    void pushTyped(const base::TextEdit &edit);
    /// Does nothing when they are equal. See SettingsCommand for `field`.
    void pushSettings(const workspace::BuildSettings &settings, const QString &label,
                      const QString &field = {});

public Q_SLOTS:
    void undo() { m_stack.undo(); }
    void redo() { m_stack.redo(); }

Q_SIGNALS:
    void refused(const base::Error &error);

private:
    workspace::Workspace &m_workspace;
    QUndoStack m_stack;
};

}
