// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"

#include <QUndoCommand>

#include <chrono>

namespace workspace {
class Workspace;
}

namespace ui {

/// A change of the text and its exact inverse. Typed changes that follow each other closely become one step:
/// a run of letters up to the next word, a run of deletions, never across a pause or a line end.
class EditCommand final : public QUndoCommand
{
public:
    enum class Source : quint8 { Verb, Typing };

    EditCommand(workspace::Workspace &workspace, base::TextEdit edit, Source source, const QString &label);

    void redo() override;
    void undo() override;
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    workspace::Workspace &m_workspace; // outlives the undo stack, which its owner keeps beside it
    base::TextEdit m_edit;
    base::TextEdit m_inverse;
    Source m_source;
    std::chrono::steady_clock::time_point m_lastTyped;
};

}
