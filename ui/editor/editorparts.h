// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editorbinding.h"
#include "language/facts.h"
#include "workspace/workspace.h"

namespace ui {

/// What the helpers of an editor work on; all of it outlives them.
struct EditorParts
{
    DockerfileEditor &editor;
    EditorBinding &binding;
    const workspace::Workspace &workspace;
    const language::Facts &facts;

    [[nodiscard]] const workspace::Snapshot &snapshot() const { return workspace.snapshot(); }
    [[nodiscard]] qsizetype cursorOffset() const { return binding.cursorOffset(); }
    /// Of a place of the viewport.
    [[nodiscard]] qsizetype offsetAt(QPoint position) const
    {
        return binding.map().toText(editor.cursorForPosition(position).position());
    }
};

}
