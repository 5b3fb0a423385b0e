// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/problems.h"

#include "dockerfile/treedata.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("dockerfile", text);
}

// How many letters must be put in, taken out, changed or swapped with the next to make one word of the other.
int distance(QStringView a, QStringView b)
{
    std::vector<std::vector<int>> cost(static_cast<size_t>(a.size()) + 1);
    for (qsizetype i = 0; i <= a.size(); ++i) {
        for (qsizetype j = 0; j <= b.size(); ++j) {
            const auto at = [&cost](qsizetype x, qsizetype y) {
                return cost[static_cast<size_t>(x)][static_cast<size_t>(y)];
            };
            int least = static_cast<int>(i + j);
            if (i > 0 && j > 0)
                least = std::min({at(i - 1, j) + 1, cost[static_cast<size_t>(i)].back() + 1,
                                  at(i - 1, j - 1) + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                least = std::min(least, at(i - 2, j - 2) + 1);
            cost[static_cast<size_t>(i)].push_back(least);
        }
    }
    return cost.back().back();
}

QString nearestKeyword(const QString &word)
{
    constexpr int farthest = 3;
    QString nearest;
    int best = std::min<int>(farthest, static_cast<int>(word.size()) / 2 + 1);
    for (int i = 1; i <= static_cast<int>(Keyword::Workdir); ++i) {
        const QString candidate = keywordText(static_cast<Keyword>(i));
        const int changes = word.size() > 20 ? farthest : distance(word.toUpper(), candidate);
        if (changes < best) {
            best = changes;
            nearest = candidate;
        }
    }
    return nearest;
}

// Gathers what is wrong with one instruction, in the order in which the builder would find it.
class LineCheck
{
public:
    enum class As { Builder, Parser }; ///< the parser does not care which instructions there are

    LineCheck(const Tree &tree, int index, As as, std::vector<Problem> &problems)
        : m_lexer(tree.line(index).text)
        , m_as(as)
        , m_problems(problems)
        , m_range(tree.lineRange(index))
        , m_line(m_lexer.lex(0, stateOf(tree.line(index), tree.escape())))
    {}

    void run()
    {
        if (m_line.longRow)
            error(wholeLine(),
                  tr("A row is longer than %1 bytes, the most the builder reads.").arg(longestRowBytes),
                  tr("Continue it in the next row with the escape character."));
        if (m_line.kind != LineKind::Instruction)
            return;
        for (const InstructionParts &parts : m_line.parts)
            checkInstruction(parts);
        checkHeredocs();
        if (m_line.emptyContinuation)
            warn(wholeLine(), tr("A continued instruction has an empty row in it."),
                 tr("Remove the row; the builder will refuse it one day."));
    }

private:
    void checkInstruction(const InstructionParts &parts)
    {
        const QString word = parts.keywordSpan.in(m_line.joined).toString();
        if (parts.keyword == Keyword::Unknown) {
            if (m_as == As::Builder)
                reportUnknown(word, parts.keywordSpan);
        } else if (parts.keyword == Keyword::Env || parts.keyword == Keyword::Label) {
            checkPairs(parts);
        } else if (parts.json == JsonList::Form::NotStrings) {
            error(parts.jsonSpan,
                  tr("When using JSON array syntax, arrays must be comprised of strings only."),
                  tr("Put each item in double quotes, or write the command without brackets."));
        }
    }

    void reportUnknown(const QString &word, Span span)
    {
        const QString nearest = nearestKeyword(word);
        error(span,
              word.isEmpty() ? tr("There is no instruction here.")
                             : tr("\"%1\" is no instruction.").arg(word),
              nearest.isEmpty() ? QString() : tr("Did you mean %1?").arg(nearest));
    }

    void checkPairs(const InstructionParts &parts)
    {
        const QString name = keywordText(parts.keyword);
        if (parts.oldForm) {
            if (parts.words.size() < 2)
                error(parts.words.front(), tr("%1 must have two arguments, a name and a value.").arg(name),
                      tr("Write %1 name=value.").arg(name));
            return;
        }
        for (const Span word : parts.words) {
            const QStringView text = word.in(m_line.joined);
            if (text.contains(u'='))
                continue;
            error(word,
                  tr("Syntax error - can't find = in \"%1\". Must be of the form: name=value.").arg(text),
                  tr("Put quotes around a value with blanks in it."));
            return;
        }
    }

    void checkHeredocs()
    {
        if (m_line.malformedHeredoc)
            error(m_line.parts.front().arguments,
                  tr("A heredoc's name cannot be read: its quotes do not match."),
                  tr("Write <<EOF or <<\"EOF\"."));
        for (const HeredocBody &heredoc : m_line.heredocs) {
            if (heredoc.terminated)
                continue;
            error(heredoc.word.span, tr("Unterminated heredoc: no row says \"%1\".").arg(heredoc.word.name),
                  tr("End it with a row that holds nothing but %1.").arg(heredoc.word.name));
            return;
        }
        if (m_line.unterminated && m_line.heredocs.empty())
            warn(wholeLine(), tr("The file ends in the middle of a continued instruction."),
                 tr("Remove the last escape character, or finish the instruction."));
    }

    [[nodiscard]] Span wholeLine() const { return {0, m_line.joined.size()}; }
    void error(Span joined, const QString &message, const QString &hint)
    {
        add(Problem::Severity::Error, joined, message, hint);
    }
    void warn(Span joined, const QString &message, const QString &hint)
    {
        add(Problem::Severity::Warning, joined, message, hint);
    }
    void add(Problem::Severity severity, Span joined, const QString &message, const QString &hint)
    {
        base::TextRange range = m_range;
        if (m_line.kind == LineKind::Instruction) {
            const Span span = inText(m_line, joined);
            range = {m_range.start + span.start, span.length};
        }
        m_problems.push_back({severity, range, message, hint});
    }

    LineLexer m_lexer;
    const As m_as;
    std::vector<Problem> &m_problems;
    base::TextRange m_range;
    const LexedLine &m_line;
};

}

std::vector<Problem> headerProblems(const Tree &tree)
{
    std::vector<Problem> problems;
    const auto &directives = TreeBuilder::data(tree).header.directives;
    QStringList seen;
    for (size_t i = 0; i < directives.size(); ++i) {
        const auto &[name, value] = directives[i];
        const base::TextRange range = tree.lineRange(static_cast<int>(i));
        if (seen.contains(name))
            problems.push_back({.range = range,
                                .message = tr("Only one %1 parser directive can be used.").arg(name),
                                .hint = tr("Remove this one.")});
        else if (name == u"escape" && value != u"\\" && value != u"`")
            problems.push_back(
                {.range = range,
                 .message = tr("Invalid escape token \"%1\": it does not match ` or \\.").arg(value),
                 .hint = tr("Write \"# escape=`\", or remove the directive.")});
        seen.append(name);
    }
    return problems;
}

void addLineProblems(const Tree &tree, int line, std::vector<Problem> &problems)
{
    LineCheck(tree, line, LineCheck::As::Builder, problems).run();
}

Problem noInstructions(const Tree &tree)
{
    return {.range = {tree.length(), 0},
            .message = tr("File with no instructions."),
            .hint = tr("Start with a FROM line.")};
}

// Where the first row starts that is too long for the builder's reader, or -1.
static qsizetype firstLongRow(const Tree &tree)
{
    for (int i = 0; i < tree.lineCount(); ++i) {
        const QString &text = tree.line(i).text;
        for (qsizetype at = 0; tree.line(i).isSuspect && at < text.size();) {
            const Row row = rowAt(text, at);
            if (isLongRow(text, row))
                return tree.lineRange(i).start + at;
            at = row.end;
        }
    }
    return -1;
}

// The builder counts the rows that it has read, and those of directives and of rows too long not yet.
static int rowBefore(int row)
{
    return std::max(1, row - 1);
}

static std::optional<Refusal> refusalOfShortRows(const Tree &tree)
{
    for (const Problem &problem : headerProblems(tree))
        return Refusal{rowBefore(tree.rowAt(problem.range.start)), problem.message, problem.hint};
    std::vector<Problem> problems;
    bool hasInstructions = false;
    for (int i = 0; i < tree.lineCount(); ++i) {
        hasInstructions = hasInstructions || tree.line(i).kind == LineKind::Instruction;
        if (tree.line(i).isSuspect)
            LineCheck(tree, i, LineCheck::As::Parser, problems).run();
        for (const Problem &problem : std::exchange(problems, {}))
            if (problem.severity == Problem::Severity::Error)
                return Refusal{tree.firstRow(i), problem.message, problem.hint};
    }
    if (hasInstructions)
        return std::nullopt;
    const int lastRow = tree.lineCount() == 0 ? 1 : tree.lastRow(tree.lineCount() - 1);
    return Refusal{lastRow, noInstructions(tree).message, noInstructions(tree).hint};
}

std::optional<Refusal> refusal(const Tree &tree)
{
    const qsizetype longRow = firstLongRow(tree);
    if (longRow < 0)
        return refusalOfShortRows(tree);
    // For the builder the file ends there, and it judges first what it has read.
    const int row = tree.rowAt(longRow);
    if (auto earlier = refusalOfShortRows(parse(tree.text().first(longRow)))) {
        earlier->hint =
            tr("Nothing is read from row %1 on: it is longer than %2 bytes.").arg(row).arg(longestRowBytes);
        return earlier;
    }
    return Refusal{rowBefore(row),
                   tr("A row is longer than %1 bytes, the most the builder reads.").arg(longestRowBytes),
                   tr("Continue it in the next row with the escape character.")};
}

}
