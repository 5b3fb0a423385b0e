// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/commandstack.h"
#include "editor/dockerfileeditor.h"
#include "editor/editorbinding.h"
#include "workspace/workspace.h"

/// An editor, a document and its history, joined as the window joins them.
struct Desk
{
    explicit Desk(const QString &text)
    {
        QObject::connect(&binding, &ui::EditorBinding::editRequested, &stack, &ui::CommandStack::pushTyped);
        QObject::connect(&editor, &ui::DockerfileEditor::undoRequested, &stack, &ui::CommandStack::undo);
        QObject::connect(&editor, &ui::DockerfileEditor::redoRequested, &stack, &ui::CommandStack::redo);
        workspace.replaceDocument(text);
        editor.resize(600, 400);
        editor.show();
        editor.activateWindow();
        editor.setFocus();
    }
    void put(qsizetype textOffset) { binding.selectRange({textOffset, 0}); }
    [[nodiscard]] QString text() const { return workspace.snapshot().text; }
    [[nodiscard]] QString shown() const
    {
        QTextCursor all(editor.document());
        all.select(QTextCursor::Document);
        return all.selectedText().replace(QChar::ParagraphSeparator, u'\n');
    }

    workspace::Workspace workspace;
    ui::CommandStack stack{workspace};
    ui::DockerfileEditor editor;
    ui::EditorBinding binding{editor, workspace};
};
