// SPDX-License-Identifier: Apache-2.0
#include "editor/editornotes.h"

#include "editor/dockerfileeditor.h"
#include "theme/metrics.h"
#include "theme/themecolors.h"

#include <QPainter>
#include <QTextBlock>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QColor noteColor(const ThemeColors &colors, RowNote::Kind kind)
{
    switch (kind) {
    case RowNote::Kind::Quiet:
    case RowNote::Kind::Done:
        return colors.textQuiet;
    case RowNote::Kind::Running:
        return colors.accent;
    case RowNote::Kind::Warning:
        return colors.warning;
    case RowNote::Kind::Failed:
        return colors.danger;
    }
    Q_UNREACHABLE_RETURN(colors.textQuiet);
}

}

EditorNotes::EditorNotes(DockerfileEditor &editor)
    : EditorMargin(editor)
{
    setAccessibleName(tr("Sizes and times of the last build"));
    hide();
}

void EditorNotes::setNotes(const QHash<int, RowNote> &notes)
{
    m_notes.clear();
    for (const auto &[row, note] : notes.asKeyValueRange())
        if (const QTextBlock block = m_editor.document()->findBlockByNumber(row - 1); block.isValid())
            m_notes.push_back({QTextCursor(block), note});
    update();
}

QHash<int, RowNote> EditorNotes::notes() const
{
    QHash<int, RowNote> notes;
    for (const auto &[cursor, note] : m_notes)
        notes.insert(cursor.blockNumber() + 1, note);
    return notes;
}

QString EditorNotes::tooltipOfRow(int row) const
{
    QString text;
    for (const auto &[cursor, note] : m_notes)
        if (cursor.blockNumber() + 1 == row)
            text +=
                u"<p>"_s + (note.tooltip.isEmpty() ? note.text : note.tooltip).toHtmlEscaped() + u"</p>"_s;
    return text;
}

int EditorNotes::widthNeeded() const
{
    const QFontMetricsF metrics(smallFont(m_editor.font()));
    qreal widest = 0;
    for (const auto &placed : m_notes)
        widest = std::max(widest, metrics.horizontalAdvance(placed.note.text));
    return widest > 0 ? int(std::ceil(widest)) + space::m + space::s : 0;
}

void EditorNotes::paintEvent(QPaintEvent *event)
{
    const ThemeColors &colors = colorsFor(this);
    QPainter painter(this);
    painter.fillRect(event->rect(), colors.panel);
    painter.fillRect(QRect(0, event->rect().top(), 1, event->rect().height()), colors.line);
    painter.setFont(smallFont(m_editor.font()));
    const int lineHeight = m_editor.fontMetrics().height();
    for (const auto &[cursor, note] : m_notes) {
        if (!cursor.block().isVisible())
            continue;
        const QRectF place = m_editor.rowRect(cursor.blockNumber() + 1);
        if (place.bottom() < event->rect().top() || place.top() > event->rect().bottom())
            continue;
        painter.setPen(noteColor(colors, note.kind));
        painter.drawText(QRectF(0, place.top(), width() - space::s, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, note.text);
    }
}

}
