// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editorparts.h"

#include <QObject>

class QMenu;

namespace ui {

/// What can be mended at once where the cursor is, as a menu.
class EditorFixes : public QObject
{
    Q_OBJECT

public:
    explicit EditorFixes(const EditorParts &parts, QObject *parent = nullptr);

    /// Opens the menu at the cursor.
    void showFixes();
    /// Puts the fixes for the cursor's row into a menu; returns how many.
    int addFixes(QMenu &menu);

Q_SIGNALS:
    void editRequested(const base::TextEdit &edit, const QString &label);
    void refused(const QString &reason);

private:
    EditorParts m_parts;
};

}
