// SPDX-License-Identifier: Apache-2.0
#include "editor/editorrows.h"

#include <QKeyEvent>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace ui {

EditorRows::EditorRows(const EditorParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_parts.editor.installEventFilter(this);
}

void EditorRows::toggleComment()
{
    apply(language::toggleComment(m_parts.snapshot().tree, selectedRows()), tr("comment"));
}

void EditorRows::moveUp()
{
    apply(language::moveRows(m_parts.snapshot().tree, selectedRows(), language::Direction::Up),
          tr("move up"));
}

void EditorRows::moveDown()
{
    apply(language::moveRows(m_parts.snapshot().tree, selectedRows(), language::Direction::Down),
          tr("move down"));
}

void EditorRows::duplicate()
{
    apply(language::duplicateRows(m_parts.snapshot().tree, selectedRows()), tr("duplicate"));
}

void EditorRows::indent()
{
    apply(language::indentRows(m_parts.snapshot().tree, selectedRows()), tr("indent"));
}

void EditorRows::outdent()
{
    apply(language::outdentRows(m_parts.snapshot().tree, selectedRows()), tr("unindent"));
}

void EditorRows::setLineEnds(language::LineEnd lineEnd)
{
    const auto edit = language::withLineEnds(m_parts.snapshot().text, lineEnd);
    if (edit.isEmpty())
        return;
    const QTextCursor cursor = m_parts.editor.textCursor();
    Q_EMIT editRequested(edit, lineEnd == language::LineEnd::Lf ? tr("line ends LF") : tr("line ends CR LF"));
    m_parts.editor.setTextCursor(cursor); // nothing of what is shown has changed
}

// The row that a selection only ends at the start of does not belong to it.
language::Rows EditorRows::selectedRows() const
{
    const QTextCursor cursor = m_parts.editor.textCursor();
    const auto &map = m_parts.binding.map();
    const auto &tree = m_parts.snapshot().tree;
    const int first = tree.rowAt(map.toText(qsizetype(cursor.selectionStart())));
    const qsizetype end = map.toText(qsizetype(cursor.selectionEnd()));
    const int last = tree.rowAt(end);
    return {first, last > first && tree.rowStart(last) == end ? last - 1 : last};
}

void EditorRows::apply(const language::RowEdit &rowEdit, const QString &label)
{
    if (rowEdit.edit.isEmpty())
        return;
    const QTextCursor before = m_parts.editor.textCursor();
    const int fromEnd = before.block().length() - 1 - before.positionInBlock();
    Q_EMIT editRequested(rowEdit.edit, label);
    select(rowEdit.rows, before.hasSelection(), fromEnd);
}

// Whole rows again, or the cursor at the same letter as before: as far from the row's end.
void EditorRows::select(language::Rows rows, bool whole, int fromEnd)
{
    const auto &tree = m_parts.snapshot().tree;
    const auto &map = m_parts.binding.map();
    const auto blockOf = [&](int row) {
        return m_parts.editor.document()->findBlock(int(map.toDisplay(tree.rowStart(row))));
    };
    const auto last = blockOf(rows.last);
    const int end = last.position() + last.length() - 1;
    QTextCursor cursor = m_parts.editor.textCursor();
    cursor.setPosition(whole ? blockOf(rows.first).position() : std::max(last.position(), end - fromEnd));
    if (whole)
        cursor.setPosition(end, QTextCursor::KeepAnchor);
    m_parts.editor.setTextCursor(cursor);
    m_parts.editor.ensureCursorVisible();
}

void EditorRows::startRow()
{
    QTextCursor cursor = m_parts.editor.textCursor();
    const qsizetype at = m_parts.binding.map().toText(qsizetype(cursor.selectionStart()));
    cursor.insertText(u'\n' + language::indentAfter(m_parts.snapshot().tree, at));
    m_parts.editor.setTextCursor(cursor);
    m_parts.editor.ensureCursorVisible();
}

bool EditorRows::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const auto modifiers = key->modifiers() & ~Qt::KeypadModifier;
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (key->key() == Qt::Key_Backtab)
        outdent();
    else if (key->key() == Qt::Key_Tab && modifiers == Qt::NoModifier &&
             m_parts.editor.textCursor().hasSelection())
        indent();
    else if (isEnter && (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier))
        startRow();
    else
        return false;
    return true;
}

}
