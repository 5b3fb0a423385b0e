// SPDX-License-Identifier: Apache-2.0
#include "commands/commandstack.h"

#include "commands/editcommand.h"
#include "commands/settingscommand.h"

namespace ui {

CommandStack::CommandStack(workspace::Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    connect(&m_workspace, &workspace::Workspace::documentReplaced, this, [this] {
        m_stack.clear();
        m_stack.setClean();
    });
}

bool CommandStack::push(const base::Result<base::TextEdit> &edit, const QString &label)
{
    if (!edit) {
        Q_EMIT refused(edit.error());
        return false;
    }
    if (edit->isEmpty())
        return false;
    m_stack.push(new EditCommand(m_workspace, *edit, EditCommand::Source::Verb, label));
    return true;
}

void CommandStack::pushTyped(const base::TextEdit &edit)
{
    if (!edit.isEmpty())
        m_stack.push(new EditCommand(m_workspace, edit, EditCommand::Source::Typing, tr("typing")));
}

void CommandStack::pushSettings(const workspace::BuildSettings &settings, const QString &label,
                                const QString &field)
{
    if (settings != m_workspace.snapshot().settings)
        m_stack.push(new SettingsCommand(m_workspace, settings, label, field));
}

}
