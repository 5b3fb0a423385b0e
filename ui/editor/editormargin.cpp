// SPDX-License-Identifier: Apache-2.0
#include "editor/editormargin.h"

#include "editor/dockerfileeditor.h"

#include <QHelpEvent>
#include <QToolTip>

namespace ui {

EditorMargin::EditorMargin(DockerfileEditor &editor)
    : QWidget(&editor)
    , m_editor(editor)
{}

int EditorMargin::rowAt(int y) const
{
    const int row = m_editor.cursorForPosition({0, y}).blockNumber() + 1;
    return y <= m_editor.rowRect(row).bottom() ? row : 0;
}

void EditorMargin::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint().y());
    if (event->button() != Qt::LeftButton || row == 0)
        return;
    m_editor.goToRow(row);
    m_editor.setFocus(Qt::MouseFocusReason);
    Q_EMIT m_editor.rowActivated(row);
}

bool EditorMargin::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), m_editor.tooltipOfRow(rowAt(help->pos().y())), this);
        return true;
    }
    return QWidget::event(event);
}

}
