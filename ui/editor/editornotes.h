// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/rownote.h"

#include <QHash>
#include <QTextCursor>
#include <QWidget>

#include <vector>

namespace ui {

class DockerfileEditor;

/// What the last build knows about the rows, in a column of its own at the right of the editor: text that
/// reaches far never hides a size or a time.
class EditorNotes final : public QWidget
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
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    struct PlacedNote
    {
        QTextCursor cursor;
        RowNote note;
    };

    [[nodiscard]] int rowAt(int y) const; ///< 0 below the text

    DockerfileEditor &m_editor;
    std::vector<PlacedNote> m_notes;
};

}
