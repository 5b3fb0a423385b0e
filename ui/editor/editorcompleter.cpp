// SPDX-License-Identifier: Apache-2.0
#include "editor/editorcompleter.h"

#include "editor/completionpopup.h"

#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace ui {

EditorCompleter::EditorCompleter(const EditorParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_popup(new CompletionPopup(&parts.editor))
{
    m_popup->hide();
    m_parts.editor.installEventFilter(this);
    m_parts.editor.viewport()->installEventFilter(this);
    connect(&m_parts.editor, &DockerfileEditor::typed, this, &EditorCompleter::followTyping);
    connect(m_popup, &CompletionPopup::accepted, this, &EditorCompleter::accept);
    connect(&m_parts.editor, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        const qsizetype at = m_parts.cursorOffset();
        if (m_popup->isVisible() && at < m_range.start)
            close();
    });
}

void EditorCompleter::complete()
{
    m_wasAsked = true;
    refresh();
}

void EditorCompleter::close()
{
    m_popup->hide();
    m_wasAsked = false;
    m_askedAt = -1;
}

void EditorCompleter::askAgain()
{
    if (m_askedAt >= 0 && m_askedAt == m_parts.cursorOffset() && m_parts.editor.hasFocus())
        refresh();
}

void EditorCompleter::followTyping(const QString &text)
{
    if (m_isAccepting)
        return;
    const bool isOpen = m_popup->isVisible();
    const QChar last = text.isEmpty() ? QChar() : text.back();
    if (startsWord(last) ||
        (last.isPrint() && language::opensByItself(m_parts.snapshot().tree, m_parts.cursorOffset(), last))) {
        refresh();
    } else if (isOpen && (last.isLetterOrNumber() || last == u'\b' || last == u'_' || last == u'.')) {
        refresh();
    } else if (isOpen) {
        close();
    }
}

/// A letter behind a blank: whatever can stand there is proposed.
bool EditorCompleter::startsWord(QChar typed) const
{
    const qsizetype at = m_parts.cursorOffset();
    const QString &text = m_parts.snapshot().text;
    return typed.isLetter() && at > 0 && text[at - 1] == typed && (at == 1 || text[at - 2].isSpace());
}

void EditorCompleter::refresh()
{
    const auto &snapshot = m_parts.snapshot();
    const qsizetype at = m_parts.cursorOffset();
    auto completion = language::complete(snapshot.tree, snapshot.graph, at, m_parts.facts);
    m_range = completion.range;
    const QStringView typed =
        QStringView(snapshot.text).sliced(m_range.start, std::max<qsizetype>(0, at - m_range.start));
    const bool isTypedOut = completion.items.size() == 1 && completion.items.front().insert == typed;
    if (completion.items.empty() || (isTypedOut && !m_wasAsked)) {
        const bool mayCome = completion.items.empty();
        close();
        m_askedAt = mayCome ? at : -1;
        return;
    }
    m_askedAt = at;
    m_popup->showItems(std::move(completion.items), wordPlace());
}

QRect EditorCompleter::wordPlace() const
{
    auto &editor = m_parts.editor;
    QTextCursor start(editor.document());
    start.setPosition(int(m_parts.binding.map().toDisplay(m_range.start)));
    const QRect place = editor.cursorRect(start);
    return {editor.viewport()->mapToGlobal(place.topLeft()), place.size()};
}

void EditorCompleter::accept()
{
    const auto *item = m_popup->current();
    if (item == nullptr)
        return;
    const QString insert = item->insert;
    const bool goesOn = item->goesOn;
    close();
    // As if it were typed: it becomes one step with the letters that led to it, or one of its own.
    const base::TextRange shown = m_parts.binding.map().toDisplay(m_range);
    QTextCursor cursor = m_parts.editor.textCursor();
    cursor.setPosition(int(shown.start));
    cursor.setPosition(int(shown.end()), QTextCursor::KeepAnchor);
    m_isAccepting = true;
    cursor.insertText(insert);
    m_parts.editor.setTextCursor(cursor);
    m_parts.editor.ensureCursorVisible();
    m_isAccepting = false;
    if (goesOn)
        refresh();
}

bool EditorCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_popup->isVisible())
        return QObject::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Tab || key == Qt::Key_Return || key == Qt::Key_Enter)
            event->accept();
        return event->isAccepted() && key == Qt::Key_Escape;
    }
    case QEvent::KeyPress:
        return watched == &m_parts.editor && takeKey(*static_cast<QKeyEvent *>(event));
    case QEvent::FocusOut:
    case QEvent::Wheel:
    case QEvent::MouseButtonPress:
    case QEvent::Hide:
        close();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

bool EditorCompleter::takeKey(const QKeyEvent &event)
{
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return false;
    const bool isEnter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (event.key() == Qt::Key_Escape) {
        close();
    } else if (event.key() == Qt::Key_Tab || (isEnter && (m_wasAsked || !m_range.isEmpty()))) {
        accept();
    } else if (m_popup->moveBy(event)) {
        m_wasAsked = true; // who walks the list means it
    } else {
        if (isEnter || event.key() == Qt::Key_Left || event.key() == Qt::Key_Right ||
            event.key() == Qt::Key_Home || event.key() == Qt::Key_End)
            close();
        return false;
    }
    return true;
}

}
