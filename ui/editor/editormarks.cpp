// SPDX-License-Identifier: Apache-2.0
// The third part of DockerfileEditor: places of the text that stand out, and what is told about them.
#include "editor/dockerfileeditor.h"

#include "editor/editorgutter.h"
#include "editor/editornotes.h"
#include "editor/severitylook.h"
#include "theme/metrics.h"

#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString paragraph(const DockerfileEditor::Mark &mark)
{
    QString text = u"<p><b>"_s + mark.message.toHtmlEscaped() + u"</b>"_s;
    if (!mark.hint.isEmpty())
        text += u"<br>"_s + mark.hint.toHtmlEscaped();
    return text + u"</p>"_s;
}

}

void DockerfileEditor::setMarks(const std::vector<Mark> &marks)
{
    m_marks.clear();
    for (const auto &mark : marks)
        m_marks.push_back({cursorOver(mark.range), mark});
    showMarks();
    m_gutter->update();
}

void DockerfileEditor::showMarks()
{
    const ThemeColors &colors = colorsFor(this);
    QList<QTextEdit::ExtraSelection> selections;
    for (const auto &[cursor, mark] : m_marks) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = cursor;
        if (!cursor.hasSelection()) // an empty place still needs something to underline
            selection.cursor.select(QTextCursor::WordUnderCursor);
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(severityColor(colors, mark.severity));
        selections.push_back(selection);
    }
    for (const auto &place : m_occurrences) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = place;
        selection.format.setBackground(colors.accentSoft);
        selections.push_back(selection);
    }
    if (!m_link.isNull()) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = m_link;
        selection.format.setForeground(colors.accent);
        selection.format.setFontUnderline(true);
        selections.push_back(selection);
    }
    setExtraSelections(selections);
    viewport()->update();
}

QTextCursor DockerfileEditor::cursorOver(base::TextRange range) const
{
    const int end = document()->characterCount() - 1;
    QTextCursor cursor(document());
    cursor.setPosition(std::clamp(int(range.start), 0, end));
    cursor.setPosition(std::clamp(int(range.end()), 0, end), QTextCursor::KeepAnchor);
    return cursor;
}

void DockerfileEditor::setOccurrences(const std::vector<base::TextRange> &places)
{
    if (places.empty() && m_occurrences.empty())
        return;
    m_occurrences.clear();
    for (const auto &place : places)
        m_occurrences.push_back(cursorOver(place));
    showMarks();
}

void DockerfileEditor::setLink(base::TextRange place)
{
    const QTextCursor link = place.isEmpty() ? QTextCursor() : cursorOver(place);
    viewport()->setCursor(place.isEmpty() ? Qt::IBeamCursor : Qt::PointingHandCursor);
    if (link.isNull() == m_link.isNull() &&
        (link.isNull() || link.selectionStart() == m_link.selectionStart()))
        return;
    m_link = link;
    showMarks();
}

void DockerfileEditor::setHits(std::vector<base::TextRange> hits)
{
    if (m_hits == hits)
        return;
    m_hits = std::move(hits);
    viewport()->update();
}

void DockerfileEditor::setSearchedPart(const QTextCursor &part)
{
    m_searchedPart = part;
    viewport()->update();
}

QHash<int, lint::Severity> DockerfileEditor::severitiesByRow() const
{
    QHash<int, lint::Severity> worst;
    for (const auto &[cursor, mark] : m_marks) {
        const int row = document()->findBlock(cursor.selectionStart()).blockNumber() + 1;
        const auto known = worst.constFind(row);
        if (known == worst.constEnd() || mark.severity < *known)
            worst.insert(row, mark.severity);
    }
    return worst;
}

bool DockerfileEditor::hasFix(int row) const
{
    return std::ranges::any_of(m_marks, [&](const PlacedMark &placed) {
        return placed.mark.hasFix &&
               document()->findBlock(placed.cursor.selectionStart()).blockNumber() + 1 == row;
    });
}

QString DockerfileEditor::tooltipOfRow(int row) const
{
    QString text;
    for (const auto &[cursor, mark] : m_marks)
        if (document()->findBlock(cursor.selectionStart()).blockNumber() + 1 == row)
            text += paragraph(mark);
    return text + m_notes->tooltipOfRow(row);
}

QString DockerfileEditor::tooltipAt(QPoint position) const
{
    const QTextCursor under = cursorForPosition(position);
    QString text;
    for (const auto &[cursor, mark] : m_marks)
        if (cursor.selectionStart() <= under.position() && under.position() <= cursor.selectionEnd())
            text += paragraph(mark);
    const bool pastTheText = position.x() > cursorRect(under).right() + space::l;
    return text.isEmpty() && pastTheText ? tooltipOfRow(under.blockNumber() + 1) : text;
}

}
