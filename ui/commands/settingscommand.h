// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workspace/workspace.h"

#include <QUndoCommand>

namespace ui {

/// Other build settings: target, tag, platform, build args. Changes of one and the same field that follow
/// each other (typing a tag) become one step.
class SettingsCommand final : public QUndoCommand
{
public:
    /// `field` names what a person is editing; changes with the same one merge. Empty: never.
    SettingsCommand(workspace::Workspace &workspace, workspace::BuildSettings settings, const QString &label,
                    const QString &field = {});

    void redo() override;
    void undo() override;
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    workspace::Workspace &m_workspace; // outlives the undo stack, which its owner keeps beside it
    workspace::BuildSettings m_after;
    workspace::BuildSettings m_before;
    QString m_field;
};

}
