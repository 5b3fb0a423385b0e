// SPDX-License-Identifier: Apache-2.0
#include "language/rowedits.h"

#include "dockerfile/edits.h"
#include "dockerfile/rows.h"

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

// One row of the document.
struct RowText
{
    qsizetype start = 0;
    QString content;
    QString lineEnd;

    [[nodiscard]] qsizetype contentEnd() const { return start + content.size(); }
    [[nodiscard]] qsizetype end() const { return contentEnd() + lineEnd.size(); }
    [[nodiscard]] qsizetype indent() const
    {
        qsizetype at = 0;
        while (at < content.size() && (content[at] == u' ' || content[at] == u'\t'))
            ++at;
        return at;
    }
    [[nodiscard]] bool isBlank() const { return indent() == content.size(); }
};

int rowCount(const Tree &tree)
{
    return tree.lineCount() == 0 ? 0 : tree.lastRow(tree.lineCount() - 1);
}

RowText rowText(const Tree &tree, int row)
{
    const int index = tree.lineAtRow(row);
    const QString &text = tree.line(index).text;
    const qsizetype lineStart = tree.lineRange(index).start;
    const Row found = rowAt(text, tree.rowStart(row) - lineStart);
    // A byte order mark stays the first character of the file.
    const bool hasBom = lineStart + found.start == 0 && text.startsWith(QChar::ByteOrderMark);
    const qsizetype start = found.start + (hasBom ? 1 : 0);
    const qsizetype contentEnd = std::max(start, found.contentEnd);
    return {lineStart + start, text.sliced(start, contentEnd - start),
            text.sliced(contentEnd, found.end - contentEnd)};
}

// The rows that there are; none when all of them are past the end.
std::vector<RowText> rowTexts(const Tree &tree, Rows rows)
{
    std::vector<RowText> texts;
    const int last = std::min(rows.last, rowCount(tree));
    for (int row = std::max(rows.first, 1); row <= last; ++row)
        texts.push_back(rowText(tree, row));
    return texts;
}

// New contents for consecutive rows whose line ends stay where they are.
TextEdit replaceContents(const std::vector<RowText> &rows, const QStringList &contents)
{
    QString before;
    QString after;
    for (size_t i = 0; i < rows.size(); ++i) {
        before += rows[i].content + rows[i].lineEnd;
        after += contents[qsizetype(i)] + rows[i].lineEnd;
    }
    const TextEdit within = TextEdit::between(before, after);
    TextEdit edit;
    for (const Replacement &change : within.replacements())
        edit.replace({rows.front().start + change.range.start, change.range.length}, change.text);
    return edit;
}

}

RowEdit toggleComment(const Tree &tree, Rows rows)
{
    RowEdit result{{}, rows};
    std::vector<RowText> texts = rowTexts(tree, rows);
    std::erase_if(texts, &RowText::isBlank);
    const bool areComments =
        std::ranges::all_of(texts, [](const RowText &row) { return row.content[row.indent()] == u'#'; });
    qsizetype indent = texts.empty() ? 0 : texts.front().indent();
    for (const RowText &row : texts)
        indent = std::min(indent, row.indent());
    for (const RowText &row : texts) {
        const qsizetype hash = row.indent();
        if (!areComments)
            result.edit.insert(row.start + indent, u"# "_s);
        else
            result.edit.remove({row.start + hash, row.content.sliced(hash).startsWith("# "_L1) ? 2 : 1});
    }
    return result;
}

RowEdit moveRows(const Tree &tree, Rows rows, Direction direction)
{
    RowEdit result{{}, rows};
    const int step = direction == Direction::Up ? -1 : 1;
    const bool isUp = direction == Direction::Up;
    if (rows.first < 1 || rows.last > rowCount(tree) || rows.last < rows.first ||
        (isUp ? rows.first == 1 : rows.last == rowCount(tree)))
        return result;
    const auto texts =
        rowTexts(tree, isUp ? Rows{rows.first - 1, rows.last} : Rows{rows.first, rows.last + 1});
    QStringList contents;
    for (const RowText &row : texts)
        contents.append(row.content);
    if (isUp)
        contents.append(contents.takeFirst());
    else
        contents.prepend(contents.takeLast());
    result.edit = replaceContents(texts, contents);
    result.rows = {rows.first + step, rows.last + step};
    return result;
}

RowEdit duplicateRows(const Tree &tree, Rows rows)
{
    RowEdit result{{}, rows};
    const auto texts = rowTexts(tree, rows);
    if (texts.empty())
        return result;
    QString copy;
    for (const RowText &row : texts)
        copy += row.content + row.lineEnd;
    const RowText &last = texts.back();
    if (last.lineEnd.isEmpty()) {
        const int above = rows.last - 1;
        const QString lineEnd = above >= 1 ? rowText(tree, above).lineEnd : QString();
        copy.prepend(lineEnd.isEmpty() ? u"\n"_s : lineEnd);
    }
    result.edit.insert(last.end(), copy);
    const int count = int(texts.size());
    result.rows = {rows.first + count, rows.first + 2 * count - 1};
    return result;
}

RowEdit indentRows(const Tree &tree, Rows rows)
{
    RowEdit result{{}, rows};
    const QString indent = styleOf(tree).continuationIndent;
    for (const RowText &row : rowTexts(tree, rows))
        if (!row.isBlank())
            result.edit.insert(row.start, indent);
    return result;
}

RowEdit outdentRows(const Tree &tree, Rows rows)
{
    RowEdit result{{}, rows};
    const QString indent = styleOf(tree).continuationIndent;
    for (const RowText &row : rowTexts(tree, rows)) {
        qsizetype length = row.content.startsWith(u'\t') ? 1 : 0;
        while (length < std::min(indent.size(), row.indent()) && row.content[length] == u' ')
            ++length;
        if (length > 0)
            result.edit.remove({row.start, length});
    }
    return result;
}

base::TextEdit withLineEnds(const QString &text, LineEnd lineEnd)
{
    base::TextEdit edit;
    for (qsizetype at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', at + 1)) {
        const bool isCrLf = at > 0 && text[at - 1] == u'\r';
        if (isCrLf && lineEnd == LineEnd::Lf)
            edit.remove({at - 1, 1});
        else if (!isCrLf && lineEnd == LineEnd::CrLf)
            edit.insert(at, u"\r"_s);
    }
    // Many small ones cost more than one that is all of the text.
    constexpr size_t many = 1'000;
    if (edit.replacements().size() < many)
        return edit;
    QString whole = text;
    edit.applyTo(whole);
    return {{0, text.size()}, whole};
}

QString indentAfter(const Tree &tree, qsizetype offset)
{
    const int index = tree.lineAt(offset);
    if (index < 0)
        return {};
    const int row = tree.rowAt(offset);
    if (row > rowCount(tree))
        return {};
    const RowText text = rowText(tree, row);
    const qsizetype within = std::clamp<qsizetype>(offset - text.start, 0, text.content.size());
    const QString indent = text.content.first(std::min(text.indent(), within));
    const bool startsHere = row == tree.firstRow(index) && tree.line(index).kind == LineKind::Instruction;
    const bool goesOn = continuationAt(text.content, 0, within, tree.escape()) >= 0;
    return startsHere && goesOn ? QString(indent + styleOf(tree).continuationIndent) : indent;
}

}
