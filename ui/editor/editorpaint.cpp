// SPDX-License-Identifier: Apache-2.0
// The second half of DockerfileEditor: what it paints under and over its text.
#include "editor/dockerfileeditor.h"

#include "editor/editorfolds.h"
#include "theme/metrics.h"
#include "theme/themecolors.h"

#include <QLocale>
#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int bandWidth = 3;
constexpr qreal hitMargin = 1;

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t';
}

}

void DockerfileEditor::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport()); // ends before the text begins
        paintGrounds(painter);
        paintHits(painter);
        paintBand(painter);
    }
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    if (m_showsWhitespace)
        paintWhitespace(painter);
    paintFoldPills(painter);
}

std::vector<QTextBlock> DockerfileEditor::shownBlocks() const
{
    std::vector<QTextBlock> blocks;
    for (auto block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        if (!block.isVisible())
            continue;
        if (blockBoundingGeometry(block).translated(contentOffset()).top() > viewport()->height())
            break;
        blocks.push_back(block);
    }
    return blocks;
}

// Characters of a row, by positions of the document, cut to the row.
QRectF DockerfileEditor::placeInRow(const QTextBlock &block, qsizetype start, qsizetype end) const
{
    const QTextLine line = block.layout()->lineCount() > 0 ? block.layout()->lineAt(0) : QTextLine();
    if (!line.isValid())
        return {};
    const QRectF row = blockBoundingGeometry(block).translated(contentOffset());
    const auto column = [&](qsizetype position) {
        return int(std::clamp<qsizetype>(position - block.position(), 0, block.length() - 1));
    };
    const qreal left = line.cursorToX(column(start));
    const qreal right = line.cursorToX(column(end));
    return {row.left() + left, row.top(), right - left, row.height()};
}

void DockerfileEditor::paintGrounds(QPainter &painter)
{
    const ThemeColors &colors = colorsFor(this);
    const auto fillRow = [&](const QRectF &row, const QColor &color) {
        painter.fillRect(QRectF(0, row.top(), viewport()->width(), row.height()), color);
    };
    if (hasFocus() || !textCursor().hasSelection())
        fillRow(rowRect(cursorRow()), blend(colors.panel, colors.hover, 0.7));
    for (const auto &[cursor, mark] : m_marks) {
        if (!mark.isBroken)
            continue;
        auto block = document()->findBlock(cursor.selectionStart());
        const int last = document()->findBlock(cursor.selectionEnd()).blockNumber();
        const qreal bottom = viewport()->height();
        for (; block.isValid() && block.blockNumber() <= last; block = block.next()) {
            const QRectF row = rowRect(block.blockNumber() + 1);
            if (row.top() > bottom)
                break;
            if (row.bottom() >= 0)
                fillRow(row, blend(colors.panel, colors.dangerSoft, 0.6));
        }
    }
}

void DockerfileEditor::paintBand(QPainter &painter)
{
    if (m_band.isNull())
        return;
    const QRectF first = rowRect(document()->findBlock(m_band.selectionStart()).blockNumber() + 1);
    const QRectF last = rowRect(document()->findBlock(m_band.selectionEnd()).blockNumber() + 1);
    painter.fillRect(QRectF(0, first.top(), bandWidth, last.bottom() - first.top()), colorsFor(this).accent);
}

void DockerfileEditor::paintHits(QPainter &painter)
{
    if (m_hits.empty() && m_searchedPart.isNull())
        return;
    const ThemeColors &colors = colorsFor(this);
    const QTextCursor cursor = textCursor();
    for (const auto &block : shownBlocks()) {
        const qsizetype end = block.position() + block.length() - 1;
        if (!m_searchedPart.isNull() && m_searchedPart.selectionStart() <= end &&
            m_searchedPart.selectionEnd() >= block.position())
            painter.fillRect(
                placeInRow(block, m_searchedPart.selectionStart(), m_searchedPart.selectionEnd()),
                blend(colors.panel, colors.accentSoft, 0.5));
        auto hit = std::ranges::lower_bound(m_hits, block.position(), {}, &base::TextRange::end);
        for (; hit != m_hits.end() && hit->start <= end; ++hit) {
            if (hit->end() == block.position() && !hit->isEmpty())
                continue;
            const bool isCurrent =
                hit->start == cursor.selectionStart() && hit->end() == cursor.selectionEnd();
            const QRectF place = placeInRow(block, hit->start, hit->end())
                                     .adjusted(hit->isEmpty() ? -hitMargin : 0, hitMargin,
                                               hit->isEmpty() ? hitMargin : 0, -hitMargin);
            painter.fillRect(place, colors.warningSoft);
            painter.setPen(isCurrent ? colors.accent : colors.warning);
            painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5));
        }
    }
}

// Dots and arrows where blanks and tabs are; those at a row's end stand out.
void DockerfileEditor::paintWhitespace(QPainter &painter)
{
    const ThemeColors &colors = colorsFor(this);
    painter.setFont(font());
    const qreal right = viewport()->width();
    for (const auto &block : shownBlocks()) {
        const QString text = block.text();
        qsizetype content = text.size();
        while (content > 0 && isSpace(text[content - 1]))
            --content;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (!isSpace(text[i]))
                continue;
            const QRectF place = placeInRow(block, block.position() + i, block.position() + i + 1);
            if (place.left() > right)
                break;
            painter.setPen(i < content ? colors.textDisabled : colors.warning);
            if (text[i] == u'\t')
                painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, u"→"_s);
            else
                painter.drawText(place, Qt::AlignCenter, u"·"_s);
        }
    }
}

// How many rows are hidden, behind the text that they are hidden under; null where none are.
QRectF DockerfileEditor::foldPill(const QTextBlock &block) const
{
    const int hidden = m_folds->hiddenRows(block.blockNumber());
    if (hidden == 0)
        return {};
    const qsizetype end = block.position() + block.length() - 1;
    const QRectF atEnd = placeInRow(block, end, end);
    const qreal width = QFontMetricsF(smallFont(font())).horizontalAdvance(foldText(hidden)) + 2 * space::xs;
    return {atEnd.right() + space::s, atEnd.top() + 1, width, atEnd.height() - 2};
}

QString DockerfileEditor::foldText(int rows)
{
    return u"⋯ "_s + (rows == 1 ? tr("1 row") : tr("%1 rows").arg(QLocale().toString(rows)));
}

void DockerfileEditor::paintFoldPills(QPainter &painter)
{
    const ThemeColors &colors = colorsFor(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont(font()));
    for (const auto &block : shownBlocks()) {
        const QRectF pill = foldPill(block);
        if (pill.isNull())
            continue;
        painter.setPen(colors.line);
        painter.setBrush(colors.hover);
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), radius::control, radius::control);
        painter.setPen(colors.textQuiet);
        painter.drawText(pill, Qt::AlignCenter, foldText(m_folds->hiddenRows(block.blockNumber())));
    }
}

}
