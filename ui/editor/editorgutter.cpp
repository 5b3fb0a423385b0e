// SPDX-License-Identifier: Apache-2.0
#include "editor/editorgutter.h"

#include "editor/dockerfileeditor.h"
#include "editor/severitylook.h"
#include "theme/icons.h"
#include "theme/metrics.h"

#include <QPainter>
#include <QTextBlock>

namespace ui {

namespace {

constexpr int markWidth = iconsize::small + space::xs;

}

EditorGutter::EditorGutter(DockerfileEditor &editor)
    : EditorMargin(editor)
{
    setCursor(Qt::PointingHandCursor);
}

int EditorGutter::widthNeeded() const
{
    // Room for three digits at least, so that the text does not jump at row 10 and row 100.
    const int digits = std::max(3, int(QString::number(m_editor.blockCount()).size()));
    return space::xs + markWidth + m_editor.fontMetrics().horizontalAdvance(u'9') * digits + space::s;
}

void EditorGutter::paintEvent(QPaintEvent *event)
{
    const ThemeColors &colors = colorsFor(this);
    QPainter painter(this);
    painter.fillRect(event->rect(), colors.panel);
    painter.setFont(m_editor.font());

    const auto severities = m_editor.severitiesByRow();
    const int current = m_editor.cursorRow();
    const int lineHeight = m_editor.fontMetrics().height();
    for (auto block = m_editor.firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = m_editor.blockBoundingGeometry(block).translated(m_editor.contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        if (!block.isVisible() || place.bottom() < event->rect().top())
            continue;
        const int row = block.blockNumber() + 1;
        painter.setPen(row == current ? colors.text : colors.textQuiet);
        painter.drawText(QRectF(0, place.top(), width() - space::s, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(row));
        if (const auto severity = severities.find(row); severity != severities.end()) {
            const qreal side = std::min<qreal>(iconsize::small, lineHeight);
            paintIcon(&painter, QRectF(space::xs, place.top() + (lineHeight - side) / 2, side, side),
                      severityIcon(*severity), severityColor(colors, *severity));
        }
    }
}

}
