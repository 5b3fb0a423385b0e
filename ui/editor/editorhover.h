// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editorparts.h"

#include <QObject>

namespace ui {

/// Tells about the thing under the mouse or at the cursor: its findings, what the reference says of it, the
/// value that a build would use.
class EditorHover : public QObject
{
    Q_OBJECT

public:
    explicit EditorHover(const EditorParts &parts, QObject *parent = nullptr);

    /// Of the thing at the cursor.
    void showAtCursor();
    /// As rich text; empty when nothing is known.
    [[nodiscard]] QString textAt(qsizetype offset) const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    EditorParts m_parts;
};

}
