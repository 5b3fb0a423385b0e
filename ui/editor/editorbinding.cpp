// SPDX-License-Identifier: Apache-2.0
#include "editor/editorbinding.h"

#include "editor/codehighlighter.h"
#include "workspace/workspace.h"

#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Without the characters that both texts share at their ends.
base::Replacement trimmed(base::Replacement change, const QString &before)
{
    qsizetype prefix = 0;
    const qsizetype shorter = std::min(before.size(), change.text.size());
    while (prefix < shorter && before[prefix] == change.text[prefix])
        ++prefix;
    qsizetype suffix = 0;
    while (suffix < shorter - prefix &&
           before[before.size() - 1 - suffix] == change.text[change.text.size() - 1 - suffix])
        ++suffix;
    return {{change.range.start + prefix, change.range.length - prefix - suffix},
            change.text.sliced(prefix, change.text.size() - prefix - suffix)};
}

/// The builder stops at such a place.
bool isBroken(const lint::Finding &finding)
{
    return finding.severity == lint::Severity::Error &&
           (finding.rule == "syntax"_L1 || finding.rule == "unknown-instruction"_L1);
}

}

EditorBinding::EditorBinding(DockerfileEditor &editor, workspace::Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_workspace(workspace)
{
    m_editor.setTextSource(this);
    // The widget may not be changed while it reports, so the report is kept until it has finished.
    connect(m_editor.document(), &QTextDocument::contentsChange, this, [this](int position, int, int added) {
        const int start = m_report ? std::min(m_report->position, position) : position;
        const int end =
            m_report ? std::max(m_report->position + m_report->added, position + added) : position + added;
        m_report = Report{start, end - start};
    });
    connect(m_editor.document(), &QTextDocument::contentsChanged, this, &EditorBinding::takeFromWidget);
    connect(&m_workspace, &workspace::Workspace::documentChanged, this,
            [this](const workspace::Snapshot &snapshot, const base::TextEdit &edit) {
                showEdit(edit);
                m_editor.highlighter().showEdit(snapshot.tree, m_map, edit);
                Q_EMIT shown(snapshot);
            });
    connect(&m_workspace, &workspace::Workspace::documentReplaced, this, &EditorBinding::showDocument);
    connect(&m_workspace, &workspace::Workspace::findingsChanged, this, &EditorBinding::showFindings);
    showDocument();
    showFindings();
}

EditorBinding::~EditorBinding()
{
    m_editor.setTextSource(nullptr);
}

void EditorBinding::takeFromWidget()
{
    if (!m_report)
        return;
    const Report report = *std::exchange(m_report, {});
    const qsizetype lengthBefore = m_map.displayLength();
    const qsizetype lengthNow = widgetLength();

    // Qt reports too much now and then (the end of the last block, text whose format changed), but what lies
    // outside the report is unchanged, and the lengths are known: the real change lies between.
    qsizetype start = std::min<qsizetype>(report.position, std::min(lengthBefore, lengthNow));
    qsizetype endNow = std::min<qsizetype>(report.position + report.added, lengthNow);
    qsizetype endBefore = endNow - (lengthNow - lengthBefore);
    if (endBefore < start) {
        endNow += start - endBefore;
        endBefore = start;
    }
    const base::Replacement shown{{start, endBefore - start}, widgetText({start, endNow - start})};
    const base::Replacement change = trimmed(shown, m_map.display(shown.range));
    if (change.range.isEmpty() && change.text.isEmpty())
        return;

    const base::Replacement textChange = m_map.textChange(change);
    const base::Replacement meant = m_map.apply(textChange);

    // The widget may show the same text otherwise than we do: a typed control character, or CR and LF that
    // met when what stood between them was deleted and are one line end now.
    const qsizetype from = std::min(change.range.start, meant.range.start);
    const qsizetype to = std::max(change.range.end(), meant.range.end());
    const base::TextRange inWidget{from, to - from + change.text.size() - change.range.length};
    const QString wanted = m_map.display({from, to - from + meant.text.size() - meant.range.length});
    const QString present = widgetText(inWidget);
    if (wanted != present)
        replaceInWidget(trimmed({inWidget, wanted}, present));

    Q_EMIT editRequested(base::TextEdit(textChange.range, textChange.text));
}

void EditorBinding::showDocument()
{
    m_map = DisplayMap(m_workspace.snapshot().text);
    m_editor.setPlainText(m_map.display({0, m_map.displayLength()}));
    m_editor.highlighter().showAll(m_workspace.snapshot().tree, m_map);
    showFindings();
    Q_EMIT shown(m_workspace.snapshot());
}

void EditorBinding::showEdit(const base::TextEdit &edit)
{
    const QString &text = m_workspace.snapshot().text;
    if (m_map.text() == text)
        return;

    QTextCursor place(m_editor.document());
    place.beginEditBlock(); // one repaint, and one report of what changed
    qsizetype last = -1;
    const auto show = [&](const base::Replacement &replacement) {
        replaceInWidget(m_map.apply(replacement));
        last = std::max(last, replacement.range.start + replacement.text.size());
    };
    // From the last to the first, so that the places of those before stay what they are.
    for (auto it = edit.replacements().rbegin(); it != edit.replacements().rend(); ++it)
        show(*it);
    if (m_map.text() != text) {
        const auto rest = base::TextEdit::between(m_map.text(), text);
        for (const auto &replacement : rest.replacements())
            show(replacement);
    }
    place.endEditBlock();

    // Whoever undoes in the editor wants to see what came back; a change made in the graph leaves the cursor
    // alone.
    if (m_editor.hasFocus() && !edit.isEmpty()) {
        const auto &first = edit.replacements().front();
        QTextCursor cursor = m_editor.textCursor();
        cursor.setPosition(int(m_map.toDisplay(first.range.start + first.text.size())));
        m_editor.setTextCursor(cursor);
    }
}

void EditorBinding::showFindings()
{
    std::vector<DockerfileEditor::Mark> marks;
    for (const auto &finding : m_workspace.findings())
        marks.push_back({.range = m_map.toDisplay(finding.range),
                         .severity = finding.severity,
                         .message = finding.message,
                         .hint = finding.hint,
                         .isBroken = isBroken(finding),
                         .hasFix = finding.fix.has_value()});
    m_editor.setMarks(marks);
}

void EditorBinding::replaceInWidget(const base::Replacement &change)
{
    QTextCursor cursor(m_editor.document());
    cursor.setPosition(int(change.range.start));
    cursor.setPosition(int(change.range.end()), QTextCursor::KeepAnchor);
    cursor.insertText(change.text);
}

QString EditorBinding::widgetText(base::TextRange display) const
{
    QTextCursor cursor(m_editor.document());
    cursor.setPosition(int(display.start));
    cursor.setPosition(int(display.end()), QTextCursor::KeepAnchor);
    // Raw: unlike toPlainText() it keeps NBSP, and U+2029 stands between blocks only.
    return cursor.selectedText().replace(QChar::ParagraphSeparator, u'\n');
}

qsizetype EditorBinding::widgetLength() const
{
    return m_editor.document()->characterCount() - 1;
}

void EditorBinding::selectRange(base::TextRange range)
{
    m_editor.selectDisplay(m_map.toDisplay(range));
}

qsizetype EditorBinding::cursorOffset() const
{
    return m_map.toText(m_editor.textCursor().position());
}

QString EditorBinding::textOf(base::TextRange display) const
{
    const base::TextRange range = m_map.toText(display);
    return m_map.text().mid(range.start, range.length);
}

void EditorBinding::replaceText(base::TextRange display, const QString &text)
{
    QString lines = text;
    lines.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    const base::Replacement change = m_map.textChange({display, lines});
    Q_EMIT editRequested(base::TextEdit(change.range, change.text));
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(int(m_map.toDisplay(change.range.start + change.text.size())));
    m_editor.setTextCursor(cursor);
}

}
