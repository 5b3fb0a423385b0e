// SPDX-License-Identifier: Apache-2.0
#include "commands/settingscommand.h"

#include "commands/commandids.h"

namespace ui {

SettingsCommand::SettingsCommand(workspace::Workspace &workspace, workspace::BuildSettings settings,
                                 const QString &label, const QString &field)
    : QUndoCommand(label)
    , m_workspace(workspace)
    , m_after(std::move(settings))
    , m_field(field)
{}

void SettingsCommand::redo()
{
    m_before = m_workspace.setSettings(m_after);
}

void SettingsCommand::undo()
{
    m_workspace.setSettings(m_before);
}

int SettingsCommand::id() const
{
    return m_field.isEmpty() ? -1 : int(CommandId::Settings);
}

bool SettingsCommand::mergeWith(const QUndoCommand *other)
{
    const auto &next = static_cast<const SettingsCommand &>(*other);
    if (next.m_field != m_field)
        return false;
    m_after = next.m_after;
    setObsolete(m_after == m_before);
    return true;
}

}
