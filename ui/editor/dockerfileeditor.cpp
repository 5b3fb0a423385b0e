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
    m_highlighter->setColors(colorsFor(this));
    showMarks();
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
    constexpr int columnsOfATab = 4;
    setTabStopDistance(columnsOfATab * QFontMetricsF(font()).horizontalAdvance(u' '));
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

}
