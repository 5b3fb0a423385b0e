// SPDX-License-Identifier: Apache-2.0
#include "editor/editorgutter.h"

#include "editor/dockerfileeditor.h"
#include "editor/editorfolds.h"
#include "editor/severitylook.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/stylepaint.h"

#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>

namespace ui {

namespace {

constexpr int markWidth = iconsize::small + space::xs;
constexpr int foldWidth = 14;
constexpr qreal chevronSide = 8;

}

EditorGutter::EditorGutter(DockerfileEditor &editor)
    : EditorMargin(editor)
{
    setObjectName(QStringLiteral("gutter"));
    setCursor(Qt::PointingHandCursor);
}

int EditorGutter::widthNeeded() const
{
    // Room for three digits at least, so that the text does not jump at row 10 and row 100.
    const int digits = std::max(3, int(QString::number(m_editor.blockCount()).size()));
    return space::xs + markWidth + m_editor.fontMetrics().horizontalAdvance(u'9') * digits + foldWidth;
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
        painter.drawText(QRectF(0, place.top(), width() - foldWidth, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(row));
        paintMark(painter, row, QRectF(space::xs, place.top(), iconsize::small, lineHeight), severities);
        if (m_editor.folds().isFoldable(block.blockNumber())) {
            const bool folded = m_editor.folds().isFolded(block.blockNumber());
            stylepaint::chevron(
                &painter,
                QRectF(width() - foldWidth + (foldWidth - chevronSide) / 2,
                       place.top() + (lineHeight - chevronSide) / 2, chevronSide, chevronSide),
                folded ? Qt::RightArrow : Qt::DownArrow, folded ? colors.accent : colors.textQuiet);
        }
    }
}

void EditorGutter::paintMark(QPainter &painter, int row, const QRectF &place,
                             const QHash<int, lint::Severity> &severities) const
{
    const ThemeColors &colors = colorsFor(this);
    const qreal side = std::min(place.width(), place.height());
    const QRectF square(place.left(), place.top() + (place.height() - side) / 2, side, side);
    if (row == m_editor.cursorRow() && m_editor.hasFix(row))
        paintIcon(&painter, square, QStringLiteral("fix"), colors.accent);
    else if (const auto severity = severities.find(row); severity != severities.end())
        paintIcon(&painter, square, severityIcon(*severity), severityColor(colors, *severity));
}

void EditorGutter::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint().y());
    const bool onFold = event->position().x() >= width() - foldWidth;
    const bool onMark = event->position().x() < space::xs + markWidth;
    if (event->button() != Qt::LeftButton || row == 0) {
        EditorMargin::mousePressEvent(event);
    } else if (onFold && m_editor.folds().isFoldable(row - 1)) {
        m_editor.folds().setFolded(row - 1, !m_editor.folds().isFolded(row - 1));
    } else {
        EditorMargin::mousePressEvent(event);
        if (onMark && m_editor.hasFix(row))
            Q_EMIT m_editor.fixesRequested(row);
    }
}

}
