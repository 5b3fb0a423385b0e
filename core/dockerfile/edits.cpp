// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/edits.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

bool isLowerCase(const Line &line)
{
    qsizetype at = 0;
    for (const Token &token : line.tokens) {
        if (token.kind == TokenKind::Keyword)
            return std::ranges::none_of(QStringView(line.text).sliced(at, token.length),
                                        [](QChar c) { return c.isUpper(); });
        at += token.length;
    }
    return false;
}

// The escape character at the end of the file that would swallow what comes after it, and the blanks around
// it.
std::optional<base::TextRange> openContinuation(const Line &line)
{
    std::optional<base::TextRange> open;
    qsizetype at = 0;
    for (const Token &token : line.tokens) {
        if (token.kind == TokenKind::Continuation)
            open = {at, token.length};
        else if (token.kind != TokenKind::Whitespace && token.kind != TokenKind::Newline &&
                 token.kind != TokenKind::Comment)
            open.reset();
        at += token.length;
    }
    if (!line.unterminated || !open)
        return std::nullopt;
    qsizetype start = open->start;
    qsizetype end = open->end();
    while (end > start && (line.text[end - 1] == u'\n' || line.text[end - 1] == u'\r'))
        --end;
    while (start > 0 && (line.text[start - 1] == u' ' || line.text[start - 1] == u'\t'))
        --start;
    return base::TextRange{start, end - start};
}

// The indent of continued rows: of two equally frequent ones the first in the file.
QString usualIndent(const Tree &tree)
{
    QHash<QString, int> counts;
    QString best;
    for (int i = 0; i < tree.lineCount(); ++i) {
        const Line &line = tree.line(i);
        qsizetype at = 0;
        for (qsizetype j = 0; j < line.tokens.size(); ++j) {
            const bool indents = j > 0 && line.tokens[j - 1].kind == TokenKind::Continuation &&
                                 line.tokens[j].kind == TokenKind::Whitespace;
            if (indents) {
                const QString indent = line.text.sliced(at, line.tokens[j].length);
                if (++counts[indent] > counts.value(best))
                    best = indent;
            }
            at += line.tokens[j].length;
        }
    }
    return best;
}

int usualBlankLines(const Tree &tree, int fallback)
{
    QHash<int, int> counts;
    int best = fallback;
    bool isFirst = true;
    for (int i = 0; i < tree.lineCount(); ++i) {
        if (tree.line(i).keyword != Keyword::From || std::exchange(isFirst, false))
            continue;
        int at = i - 1;
        while (at >= 0 && tree.line(at).kind == LineKind::Comment)
            --at;
        int blanks = 0;
        while (at >= 0 && tree.line(at).kind == LineKind::Blank) {
            --at;
            ++blanks;
        }
        const bool followsInstruction = at >= 0 && tree.line(at).kind == LineKind::Instruction;
        if (followsInstruction && ++counts[blanks] > counts.value(best))
            best = blanks;
    }
    return best;
}

}

Style styleOf(const Tree &tree)
{
    Style style;
    style.escape = tree.escape();
    int crlf = 0;
    int lf = 0;
    int lower = 0;
    int upper = 0;
    for (int i = 0; i < tree.lineCount(); ++i) {
        const Line &line = tree.line(i);
        if (line.text.endsWith(u'\n')) // the last line may have none
            ++(line.text.endsWith(u"\r\n") ? crlf : lf);
        if (line.kind == LineKind::Instruction && line.keyword != Keyword::Unknown)
            ++(isLowerCase(line) ? lower : upper);
    }
    if (crlf > lf)
        style.lineEnd = u"\r\n"_s;
    style.lowerCaseKeywords = lower > upper;
    if (const QString indent = usualIndent(tree); !indent.isEmpty())
        style.continuationIndent = indent;
    style.blankLinesBetweenStages = usualBlankLines(tree, style.blankLinesBetweenStages);
    return style;
}

QString styledKeyword(const Style &style, Keyword keyword)
{
    const QString text = keywordText(keyword);
    return style.lowerCaseKeywords ? text.toLower() : text;
}

QString flagValueText(const QString &value)
{
    // parser/line_parsers.go, extractBuilderFlags: quotes group, the backslash escapes.
    static const QRegularExpression blank(uR"(\s)"_s);
    static const QRegularExpression special(uR"((["'\\]))"_s);
    static const QRegularExpression specialInQuotes(uR"((["\\]))"_s);
    QString text = value;
    if (!value.contains(blank))
        return text.replace(special, uR"(\\1)"_s);
    return u'"' + text.replace(specialInQuotes, uR"(\\1)"_s) + u'"';
}

base::TextEdit replaceWord(const Word &word, const QString &text)
{
    return {word.range, text};
}

base::TextEdit setFlag(const Instruction &instruction, const QString &name, const QString &value)
{
    const QString written = flagValueText(value);
    if (const auto flag = instruction.flag(name)) {
        if (flag->value)
            return {flag->valueRange, written};
        return {{flag->range.end(), 0}, u'=' + written};
    }
    // After the flags that are there, or right after the keyword.
    const auto &flags = instruction.flags();
    const base::TextRange before = flags.empty() ? instruction.keywordWord().range : flags.back().range;
    return {{before.end(), 0}, u" --"_s + name + u'=' + written};
}

base::TextEdit removeFlag(const Instruction &instruction, const Flag &flag)
{
    return removeWithBlanks(instruction, flag.range);
}

base::TextEdit removeWithBlanks(const Instruction &instruction, base::TextRange range)
{
    // The blanks before it go with it, the row's continuation stays where it is.
    const base::TextRange line = instruction.tree().lineRange(instruction.line());
    const QString &text = instruction.tree().line(instruction.line()).text;
    qsizetype start = range.start - line.start;
    qsizetype end = range.end() - line.start;
    const auto isBlankAt = [&text](qsizetype at) {
        return at >= 0 && at < text.size() && (text[at] == u' ' || text[at] == u'\t');
    };
    qsizetype indent = start;
    while (isBlankAt(indent - 1))
        --indent;
    const bool startsRow = indent == 0 || text[indent - 1] == u'\n';
    if (!startsRow) {
        start = indent;
    } else {
        // It is the first of its row: the row's indent stays for what follows, or the row goes whole.
        while (isBlankAt(end))
            ++end;
        const Tree &tree = instruction.tree();
        qsizetype after = end;
        if (after < text.size() && text[after] == tree.escape()) {
            ++after;
            while (isBlankAt(after) || (after < text.size() && text[after] == u'\r'))
                ++after;
            if (after < text.size() && text[after] == u'\n') {
                start = indent;
                end = after + 1;
            }
        }
    }
    return {{line.start + start, end - start}, {}};
}

base::TextEdit insertLineAfter(const Tree &tree, int line, const QString &text)
{
    const QString lineEnd = styleOf(tree).lineEnd;
    if (tree.lineCount() == 0)
        return {{0, 0}, text + lineEnd};
    const base::TextRange range = tree.lineRange(line);
    base::TextEdit edit;
    if (const auto open = openContinuation(tree.line(line)))
        edit.remove({range.start + open->start, open->length});
    if (tree.line(line).text.endsWith(u'\n'))
        edit.insert(range.end(), text + lineEnd);
    else
        edit.insert(range.end(), lineEnd + text + lineEnd);
    return edit;
}

base::TextEdit insertLineBefore(const Tree &tree, int line, const QString &text)
{
    if (tree.lineCount() == 0)
        return insertLineAfter(tree, line, text);
    qsizetype at = tree.lineRange(line).start;
    // A byte order mark stays the first character.
    if (at == 0 && tree.line(line).tokens.front().kind == TokenKind::Bom)
        at = 1;
    return {{at, 0}, text + styleOf(tree).lineEnd};
}

base::TextEdit removeLine(const Tree &tree, int line)
{
    base::TextRange range = tree.lineRange(line);
    if (tree.line(line).tokens.front().kind == TokenKind::Bom)
        range = {range.start + 1, range.length - 1};
    return {range, {}};
}

}
