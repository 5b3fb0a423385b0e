// SPDX-License-Identifier: Apache-2.0
#include "editor/editorhover.h"

#include "language/hover.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString htmlOf(const QString &markdown)
{
    QTextDocument document;
    document.setMarkdown(markdown);
    return document.toHtml();
}

}

EditorHover::EditorHover(const EditorParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_parts.editor.viewport()->installEventFilter(this);
}

QString EditorHover::textAt(qsizetype offset) const
{
    const auto &snapshot = m_parts.snapshot();
    const auto hover = language::hover(snapshot.tree, snapshot.graph, offset, m_parts.facts);
    if (!hover)
        return {};
    return htmlOf(u"**"_s + hover->title + u"**\n\n"_s + hover->text);
}

void EditorHover::showAtCursor()
{
    auto &editor = m_parts.editor;
    const QRect cursor = editor.cursorRect();
    const qsizetype at = m_parts.cursorOffset();
    QString about = textAt(at);
    if (about.isEmpty() && at > 0) // behind the last letter of a word
        about = textAt(at - 1);
    const QString text = editor.tooltipAt(cursor.center()) + about;
    QToolTip::hideText(); // the same text again would not move
    if (text.isEmpty())
        return;
    QToolTip::showText(editor.viewport()->mapToGlobal(cursor.bottomLeft()), text, editor.viewport());
    QAccessibleAnnouncementEvent said(&editor, QTextDocumentFragment::fromHtml(text).toPlainText());
    QAccessible::updateAccessibility(&said);
}

bool EditorHover::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QObject::eventFilter(watched, event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QRect place = m_parts.editor.cursorRect(m_parts.editor.cursorForPosition(help->pos()));
    // Behind the text of a row there is nothing to tell about but its findings.
    const bool isOverText = std::abs(place.center().x() - help->pos().x()) <= 2 * place.height() &&
                            place.top() <= help->pos().y() && help->pos().y() <= place.bottom();
    QString text = m_parts.editor.tooltipAt(help->pos());
    if (isOverText)
        text += textAt(m_parts.offsetAt(help->pos()));
    QToolTip::showText(help->globalPos(), text, m_parts.editor.viewport());
    return true;
}

}
