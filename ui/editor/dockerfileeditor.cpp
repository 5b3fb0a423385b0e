// SPDX-License-Identifier: Apache-2.0
#include "editor/dockerfileeditor.h"

#include "editor/codehighlighter.h"
#include "editor/editorfolds.h"
#include "editor/editorgutter.h"
#include "editor/editornotes.h"
#include "editor/severitylook.h"
#include "theme/icons.h"
#include "theme/metrics.h"

#include <QHelpEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int smallestPointSize = 6;
constexpr int largestPointSize = 40;

QString paragraph(const DockerfileEditor::Mark &mark)
{
    QString text = u"<p><b>"_s + mark.message.toHtmlEscaped() + u"</b>"_s;
    if (!mark.hint.isEmpty())
        text += u"<br>"_s + mark.hint.toHtmlEscaped();
    return text + u"</p>"_s;
}

bool isZoomReset(const QKeyEvent &key)
{
    return key.key() == Qt::Key_0 && (key.modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier;
}

}

DockerfileEditor::DockerfileEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(std::make_unique<CodeHighlighter>(*document()))
    , m_folds(new EditorFolds(*this))
    , m_gutter(new EditorGutter(*this))
    , m_notes(new EditorNotes(*this))
{
    setAccessibleName(tr("Dockerfile"));
    setUndoRedoEnabled(false); // the document's history is the command stack
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setCursorWidth(2);
    setFont(codeFont(font()));
    m_ownPointSize = QFontInfo(font()).pointSizeF();
    applyTheme();

    connect(this, &QPlainTextEdit::blockCountChanged, this, &DockerfileEditor::layOutColumns);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
        m_notes->update();
    });
    connect(document(), &QTextDocument::contentsChange, this, [this] { ++m_changes; });
    connect(m_folds, &EditorFolds::changed, m_gutter, qOverload<>(&QWidget::update));
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (const int row = cursorRow(); row != m_cursorRow) {
            m_cursorRow = row;
            viewport()->update();
            m_gutter->update();
            Q_EMIT cursorRowChanged(row);
        }
    });
    layOutColumns();
}

DockerfileEditor::~DockerfileEditor() = default;

void DockerfileEditor::applyTheme()
{
    m_highlighter->setDark(colorsFor(this).isDark);
    showMarks();
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

void DockerfileEditor::setWhitespaceShown(bool shown)
{
    m_showsWhitespace = shown;
    viewport()->update();
}

void DockerfileEditor::setRowNotes(const QHash<int, RowNote> &notes)
{
    m_notes->setNotes(notes);
    layOutColumns();
}

QHash<int, RowNote> DockerfileEditor::rowNotes() const
{
    return m_notes->notes();
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

void DockerfileEditor::setBand(int firstRow, int lastRow)
{
    const QTextBlock first = document()->findBlockByNumber(firstRow - 1);
    const QTextBlock last = document()->findBlockByNumber(lastRow - 1);
    m_band = {};
    if (firstRow > 0 && first.isValid() && last.isValid()) {
        m_band = QTextCursor(first);
        m_band.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
    }
    viewport()->update();
}

QRectF DockerfileEditor::rowRect(int row) const
{
    const QTextBlock block = document()->findBlockByNumber(row - 1);
    return block.isValid() ? blockBoundingGeometry(block).translated(contentOffset()) : QRectF();
}

bool DockerfileEditor::isRowShown(int row) const
{
    const QTextBlock block = document()->findBlockByNumber(row - 1);
    return block.isValid() && block.isVisible();
}

bool DockerfileEditor::hasFix(int row) const
{
    return std::ranges::any_of(m_marks, [&](const PlacedMark &placed) {
        return placed.mark.hasFix &&
               document()->findBlock(placed.cursor.selectionStart()).blockNumber() + 1 == row;
    });
}

int DockerfileEditor::cursorRow() const
{
    return textCursor().blockNumber() + 1;
}

void DockerfileEditor::goToRow(int row, int column)
{
    const QTextBlock block = document()->findBlockByNumber(row - 1);
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column - 1, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
}

void DockerfileEditor::selectDisplay(base::TextRange range)
{
    setTextCursor(cursorOver(range));
    centerCursor();
}

void DockerfileEditor::layOutColumns()
{
    const int left = m_gutter->widthNeeded();
    const int right = m_notes->widthNeeded();
    setViewportMargins(left, 0, right, 0);
    m_gutter->setGeometry(contentsRect().left(), viewport()->y(), left, viewport()->height());
    m_notes->setGeometry(viewport()->geometry().right() + 1, viewport()->y(), right, viewport()->height());
    m_notes->setVisible(right > 0);
    m_gutter->update();
}

void DockerfileEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutColumns();
}

void DockerfileEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    else if (event->type() == QEvent::FontChange && m_gutter != nullptr)
        layOutColumns();
}

void DockerfileEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo)) {
        Q_EMIT undoRequested();
    } else if (event->matches(QKeySequence::Redo)) {
        Q_EMIT redoRequested();
    } else if (event->matches(QKeySequence::ZoomIn)) {
        zoomBy(1);
    } else if (event->matches(QKeySequence::ZoomOut)) {
        zoomBy(-1);
    } else if (isZoomReset(*event)) {
        resetZoom();
    } else if (event->matches(QKeySequence::InsertLineSeparator)) {
        // Shift+Enter would put U+2028 into the file, which no builder takes for a line end.
        QKeyEvent enter(event->type(), Qt::Key_Return, Qt::NoModifier, u"\r"_s);
        QPlainTextEdit::keyPressEvent(&enter);
    } else {
        const int before = m_changes;
        QPlainTextEdit::keyPressEvent(event);
        if (m_changes != before)
            Q_EMIT typed(event->text());
    }
}

void DockerfileEditor::mousePressEvent(QMouseEvent *event)
{
    const QTextBlock block = cursorForPosition(event->position().toPoint()).block();
    if (event->button() == Qt::LeftButton && foldPill(block).contains(event->position()))
        m_folds->setFolded(block.blockNumber(), false);
    else
        QPlainTextEdit::mousePressEvent(event);
}

void DockerfileEditor::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomBy(event->angleDelta().y() > 0 ? 1 : -1);
        event->accept();
    } else {
        QPlainTextEdit::wheelEvent(event);
    }
}

void DockerfileEditor::zoomBy(int steps)
{
    QFont zoomed = font();
    zoomed.setPointSizeF(
        std::clamp<qreal>(QFontInfo(zoomed).pointSizeF() + steps, smallestPointSize, largestPointSize));
    setFont(zoomed);
}

void DockerfileEditor::resetZoom()
{
    QFont own = font();
    own.setPointSizeF(m_ownPointSize);
    setFont(own);
}

void DockerfileEditor::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, const QString &iconName, QKeySequence::StandardKey key,
                         auto slot, bool enabled = true) {
        QAction *action = menu->addAction(icon(iconName), text, this, slot);
        action->setShortcut(key);
        action->setEnabled(enabled);
    };
    const bool hasSelection = textCursor().hasSelection();
    add(tr("Undo"), u"undo"_s, QKeySequence::Undo, &DockerfileEditor::undoRequested);
    add(tr("Redo"), u"redo"_s, QKeySequence::Redo, &DockerfileEditor::redoRequested);
    menu->addSeparator();
    add(tr("Cut"), {}, QKeySequence::Cut, &QPlainTextEdit::cut, hasSelection);
    add(tr("Copy"), u"copy"_s, QKeySequence::Copy, &QPlainTextEdit::copy, hasSelection);
    add(tr("Paste"), {}, QKeySequence::Paste, &QPlainTextEdit::paste, canPaste());
    menu->addSeparator();
    add(tr("Select all"), {}, QKeySequence::SelectAll, &QPlainTextEdit::selectAll);
    Q_EMIT contextMenuShown(menu, viewport()->mapFromGlobal(event->globalPos()));
    menu->popup(event->globalPos());
}

// Dropped files belong to the window, which opens them.
bool DockerfileEditor::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() && !source->hasUrls();
}

void DockerfileEditor::insertFromMimeData(const QMimeData *source)
{
    if (m_source == nullptr) {
        QPlainTextEdit::insertFromMimeData(source);
        return;
    }
    const QTextCursor cursor = textCursor();
    const int start = cursor.selectionStart();
    m_source->replaceText({start, cursor.selectionEnd() - start}, source->text());
    ensureCursorVisible();
}

QMimeData *DockerfileEditor::createMimeDataFromSelection() const
{
    if (m_source == nullptr)
        return QPlainTextEdit::createMimeDataFromSelection();
    const QTextCursor cursor = textCursor();
    const int start = cursor.selectionStart();
    auto *copied = new QMimeData;
    copied->setText(m_source->textOf({start, cursor.selectionEnd() - start}));
    return copied;
}

bool DockerfileEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && takesKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QPlainTextEdit::event(event);
}

// Undo is offered to the stack wherever the main window has no such action; zooming is this editor's own
// while it is typed in.
bool DockerfileEditor::takesKey(const QKeyEvent &key) const
{
    return key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo) ||
           key.matches(QKeySequence::ZoomIn) || key.matches(QKeySequence::ZoomOut) || isZoomReset(key);
}

bool DockerfileEditor::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tooltipAt(help->pos()), viewport());
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
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
