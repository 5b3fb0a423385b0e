// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/lineverbs.h"
#include "dockerfile/rows.h"
#include "dockerfile/snippet.h"
#include "dockerfile/text.h"

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

// The rows of the logical lines from `first` to `last`, as ranges without their line ends.
std::vector<base::TextRange> rowsOf(const Tree &tree, int first, int last)
{
    std::vector<base::TextRange> rows;
    for (int line = first; line <= last; ++line) {
        const QString &text = tree.line(line).text;
        const qsizetype start = tree.lineRange(line).start;
        const bool hasBom = line == 0 && tree.line(0).tokens.front().kind == TokenKind::Bom;
        for (qsizetype at = hasBom ? 1 : 0; at < text.size();) {
            const Row row = rowAt(text, at);
            rows.push_back({start + at, row.contentEnd - at});
            at = row.end;
        }
    }
    return rows;
}

bool isInTree(const Tree &tree, int first, int last)
{
    return first >= 0 && first <= last && last < tree.lineCount();
}

bool areAll(const Tree &tree, base::TextRange range, bool (*holds)(const Line &))
{
    for (int line = std::max(0, tree.lineAt(range.start)); line < tree.lineCount(); ++line) {
        if (tree.lineRange(line).start >= range.end())
            break;
        if (!holds(tree.line(line)))
            return false;
    }
    return true;
}

// Where the # of a comment's row stands, and how much of the row it takes with the blank after it.
base::TextRange mark(QStringView row)
{
    const qsizetype at = row.indexOf(u'#');
    return {at, at + 1 < row.size() && row[at + 1] == u' ' ? 2 : 1};
}

QString uncommented(const Tree &tree, int first, int last)
{
    QString text;
    for (int line = first; line <= last; ++line) {
        QString row = tree.line(line).text;
        const base::TextRange hash = mark(row);
        text += row.remove(hash.start, hash.length);
    }
    return text;
}

base::TextRange linesRange(const Tree &tree, int first, int last)
{
    const qsizetype start = tree.lineRange(first).start;
    return {start, tree.lineRange(last).end() - start};
}

// Prose begins with such words too, so their case must be the one of instructions.
bool startsAsInstruction(const QString &text, const Style &style)
{
    const QString trimmed = text.trimmed();
    qsizetype end = 0;
    while (end < trimmed.size() && trimmed[end].isLetter())
        ++end;
    const QString word = trimmed.first(end);
    const Keyword keyword = keywordFromText(word);
    return keyword != Keyword::Unknown && end < trimmed.size() && trimmed[end].isSpace() &&
           (word == keywordText(keyword) ||
            (style.lowerCaseKeywords && word == styledKeyword(style, keyword)));
}

}

base::Result<base::TextEdit> commentOut(const Tree &tree, int first, int last)
{
    if (!isInTree(tree, first, last))
        return refused(Text::tr("There are no such lines any more."));
    base::TextEdit edit;
    qsizetype added = 0;
    for (int line = first; line <= last; ++line) {
        if (tree.line(line).kind == LineKind::Blank)
            continue;
        for (const base::TextRange row : rowsOf(tree, line, line)) {
            const QString hash = row.isEmpty() ? u"#"_s : u"# "_s;
            edit.insert(row.start, hash);
            added += hash.size();
        }
    }
    const Tree after = tree.edited(edit);
    base::TextRange range = linesRange(tree, first, last);
    range.length += added;
    const auto isQuiet = [](const Line &line) {
        return line.kind == LineKind::Comment || line.kind == LineKind::Blank;
    };
    if (!areAll(after, range, isQuiet)) {
        return refused(Text::tr("As a comment at the top of the file it would be a parser directive."),
                       Text::tr("Put a blank line or a comment above it first."));
    }
    if (const QString reason = whyHarmful(tree, after); !reason.isEmpty())
        return refused(reason);
    return edit;
}

base::Result<base::TextEdit> commentIn(const Tree &tree, int first, int last)
{
    if (!isInTree(tree, first, last))
        return refused(Text::tr("There are no such lines any more."));
    base::TextEdit edit;
    qsizetype removed = 0;
    for (int line = first; line <= last; ++line) {
        if (tree.line(line).kind == LineKind::Blank)
            continue;
        if (tree.line(line).kind != LineKind::Comment)
            return refused(Text::tr("Line %1 is no comment.").arg(tree.firstRow(line)));
        const base::TextRange hash = mark(tree.line(line).text);
        edit.remove({tree.lineRange(line).start + hash.start, hash.length});
        removed += hash.length;
    }
    const Tree after = tree.edited(edit);
    base::TextRange range = linesRange(tree, first, last);
    range.length -= removed;
    const auto isKnown = [](const Line &line) {
        return (line.kind != LineKind::Instruction || line.keyword != Keyword::Unknown) && !line.unterminated;
    };
    // What comes after must not be swallowed by an open heredoc or a continuation.
    const int next = after.lineAt(range.end());
    const bool endsThere = range.end() == after.length() || after.lineRange(next).start == range.end();
    if (!endsThere || !areAll(after, range, isKnown)) {
        return refused(Text::tr("The comment holds no complete instruction."),
                       Text::tr("Mark all of its rows."));
    }
    if (const QString reason = whyHarmful(tree, after); !reason.isEmpty())
        return refused(reason);
    return edit;
}

std::optional<LineSpan> commentedInstruction(const Tree &tree, int line)
{
    const auto isComment = [&tree](int index) {
        return index >= 0 && index < tree.lineCount() && tree.line(index).kind == LineKind::Comment;
    };
    if (!isComment(line))
        return std::nullopt;
    int last = line;
    while (isComment(last + 1))
        ++last;
    const Style style = styleOf(tree);
    for (int first = line; isComment(first); --first) {
        const QString text = uncommented(tree, first, last);
        if (!startsAsInstruction(text, style))
            continue;
        const Snippet snippet = readSnippet(text, tree.escape());
        const Line &instruction = snippet.tree.line(snippet.firstLine);
        const qsizetype length = instruction.text.trimmed().size();
        const int rows = int(QStringView(instruction.text).first(length).count(u'\n')) + 1;
        if (!instruction.unterminated && first + rows > line)
            return LineSpan{first, first + rows - 1};
    }
    return std::nullopt;
}

base::Result<base::TextEdit> toggleComment(const Tree &tree, int first, int last)
{
    if (!isInTree(tree, first, last))
        return refused(Text::tr("There are no such lines any more."));
    bool hasComments = false;
    for (int line = first; line <= last; ++line) {
        if (tree.line(line).kind == LineKind::Blank)
            continue;
        if (tree.line(line).kind != LineKind::Comment)
            return commentOut(tree, first, last);
        hasComments = true;
    }
    return hasComments ? commentIn(tree, first, last) : base::Result<base::TextEdit>(base::TextEdit());
}

}
