// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editorparts.h"
#include "language/rowedits.h"

#include <QObject>

namespace ui {

/// Verbs on whole rows, those of the selection or the cursor's: comment, move, duplicate, indent. And how far
/// a new row is indented.
class EditorRows : public QObject
{
    Q_OBJECT

public:
    explicit EditorRows(const EditorParts &parts, QObject *parent = nullptr);

    void toggleComment();
    void moveUp();
    void moveDown();
    void duplicate();
    void indent();
    void outdent();
    /// Of the whole file.
    void setLineEnds(language::LineEnd lineEnd);

Q_SIGNALS:
    void editRequested(const base::TextEdit &edit, const QString &label);

protected:
    /// Tab, Shift+Tab and Enter.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] language::Rows selectedRows() const;
    void apply(const language::RowEdit &rowEdit, const QString &label);
    void select(language::Rows rows, bool whole, int column);
    void startRow();

    EditorParts m_parts;
};

}
