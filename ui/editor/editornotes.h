// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editormargin.h"
#include "editor/rownote.h"

#include <QHash>
#include <QTextCursor>

#include <vector>

namespace ui {

/// What the last build knows about the rows, in a column of its own at the right of the editor: text that
/// reaches far never hides a size or a time.
class EditorNotes final : public EditorMargin
{
    Q_OBJECT

public:
    explicit EditorNotes(DockerfileEditor &editor);

    /// By row, from 1. They move with their rows until the next call.
    void setNotes(const QHash<int, RowNote> &notes);
    [[nodiscard]] QHash<int, RowNote> notes() const;
    /// The note of a row in full; empty without one.
    [[nodiscard]] QString tooltipOfRow(int row) const;

    /// As wide as the widest note; 0 without any.
    [[nodiscard]] int widthNeeded() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct PlacedNote
    {
        QTextCursor cursor;
        RowNote note;
    };

    std::vector<PlacedNote> m_notes;
};

}
