// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/treedata.h"

#include <algorithm>

namespace dockerfile {

namespace {

// Reads lines one after the other and keeps what the next one depends on.
class Reading
{
public:
    Reading(QStringView text, LexState state, LineMaker::Amount amount)
        : m_text(text)
        , m_lexer(text)
        , m_lines(amount)
        , m_state(state)
    {
        m_header.escape = state.escape;
    }

    const LexState &state() const { return m_state; }
    const Header &header() const { return m_header; }

    const LexedLine &lex(qsizetype start) { return m_lexer.lex(start, m_state); }

    LinePtr take(const LexedLine &lexed)
    {
        LinePtr line = m_lines.make(m_text, lexed);
        m_state.atStart = false;
        m_state.inDirectives = m_state.inDirectives && line->kind == LineKind::Directive;
        if (m_state.inDirectives) {
            m_header.add(line->text);
            m_state.escape = m_header.escape;
        }
        return line;
    }

private:
    QStringView m_text;
    LineLexer m_lexer;
    LineMaker m_lines;
    LexState m_state;
    Header m_header;
};

// An edit's work: reads again from the line before the one touched until a line starts where one started
// before, in the same state; all lines from there on are kept.
class Rereading
{
public:
    Rereading(const TreeBuilder::Data &old, const base::Replacement &replacement)
        : m_old(old)
        , m_replacement(replacement)
        , m_shift(replacement.text.size() - replacement.range.length)
    {
        const int touched = std::max(0, old.lineAt(replacement.range.start));
        m_first = std::max(0, touched - 1);
        m_window = windowEnd(std::max(0, old.lineAt(replacement.range.end())) + 2);
        if (const int open = openLineThatEnds(); open >= 0)
            m_first = std::min(m_first, open);
        // The directives decide over one another; they are few, and read again together.
        if (m_first <= static_cast<int>(old.header.directives.size()))
            m_first = 0;
    }

    struct Outcome
    {
        int first = 0; ///< lines [first, last) of the old tree give way to `lines`
        int last = 0;
        std::vector<LinePtr> lines;
    };

    Outcome run()
    {
        while (true) {
            const QString text = windowText();
            if (auto outcome = readWindow(text))
                return std::move(*outcome);
            m_window = windowEnd(m_first + 2 * (m_window - m_first) + 8);
        }
    }

private:
    [[nodiscard]] int windowEnd(int line) const { return std::min(line, m_old.end().line); }

    // The new text of the lines [m_first, m_window).
    [[nodiscard]] QString windowText() const
    {
        QString text = m_old.textOfLines(m_first, m_window);
        text.replace(m_replacement.range.start - m_old.lineStart(m_first), m_replacement.range.length,
                     m_replacement.text);
        return text;
    }

    [[nodiscard]] LexState firstState() const
    {
        return {.escape = m_first == 0 ? QChar(u'\\') : m_old.header.escape,
                .atStart = m_first == 0,
                .inDirectives = m_first == 0};
    }

    // Nothing when a line may reach beyond the window.
    std::optional<Outcome> readWindow(const QString &text)
    {
        const qsizetype windowStart = m_old.lineStart(m_first);
        const bool toTheEnd = m_window == m_old.end().line;
        Reading reading(text, firstState(), LineMaker::Amount::Few);
        Outcome outcome{.first = m_first, .last = m_window, .lines = {}};
        for (qsizetype at = 0; at < text.size();) {
            if (const int same = lineInSync(windowStart + at, reading.state()); same >= 0) {
                outcome.last = same;
                return outcome;
            }
            const LexedLine &lexed = reading.lex(at);
            at += lexed.length;
            if (lexed.wantsMore && !toTheEnd)
                return std::nullopt;
            outcome.lines.push_back(reuse(reading.take(lexed), outcome));
        }
        // The line after the window was not looked at: it must not depend on what changed before it.
        if (!toTheEnd &&
            (reading.state().atStart || wasInDirectives(m_window) != reading.state().inDirectives))
            return std::nullopt;
        return outcome;
    }

    // The old line that starts at this place of the new text and will read the same, or -1.
    [[nodiscard]] int lineInSync(qsizetype newOffset, const LexState &state) const
    {
        const qsizetype oldOffset = newOffset - m_shift;
        if (oldOffset < m_replacement.range.end() || state.atStart)
            return -1;
        const int line = m_old.lineAt(oldOffset);
        if (line <= 0 || line >= m_window || m_old.lineStart(line) != oldOffset)
            return -1;
        return wasInDirectives(line) == state.inDirectives ? line : -1;
    }

    [[nodiscard]] bool wasInDirectives(int line) const
    {
        return line <= static_cast<int>(m_old.header.directives.size());
    }

    // Who looks at lines knows by their address that nothing changed.
    [[nodiscard]] LinePtr reuse(LinePtr line, const Outcome &outcome) const
    {
        const int index = outcome.first + static_cast<int>(outcome.lines.size());
        if (index >= m_old.end().line)
            return line;
        const LinePtr &before = m_old.line(index);
        const bool same = before->kind == line->kind && before->text == line->text &&
                          before->tokens == line->tokens && before->unterminated == line->unterminated;
        return same ? before : line;
    }

    // A heredoc without an end, above the edit, may find it in the rows that the edit makes.
    [[nodiscard]] int openLineThatEnds() const
    {
        const size_t lastChunk = m_old.chunks.empty() ? 0 : m_old.chunkOfLine(m_first) + 1;
        QStringList rows;
        for (size_t i = 0; i < lastChunk; ++i) {
            const Chunk &chunk = *m_old.chunks[i];
            for (int j = 0; chunk.unterminated > 0 && j < chunk.size(); ++j) {
                const int line = m_old.places[i].line + j;
                if (line >= m_first || !chunk.lines[static_cast<size_t>(j)]->unterminated)
                    continue;
                if (rows.isEmpty())
                    rows = touchedRows();
                if (endsAnyHeredoc(line, rows))
                    return line;
            }
        }
        return -1;
    }

    [[nodiscard]] QStringList touchedRows() const
    {
        const QString text = windowText();
        const qsizetype start = m_replacement.range.start - m_old.lineStart(m_first);
        const qsizetype end = start + m_replacement.text.size();
        qsizetype at = start > 0 ? text.lastIndexOf(u'\n', start - 1) + 1 : 0;
        QStringList rows;
        while (at < text.size() && at <= end) {
            const Row row = rowAt(text, at);
            rows.append(row.content(text).toString());
            at = row.end;
        }
        return rows;
    }

    [[nodiscard]] bool endsAnyHeredoc(int index, const QStringList &rows) const
    {
        const Line &line = *m_old.line(index);
        LineLexer lexer(line.text);
        for (const HeredocBody &heredoc : lexer.lex(0, {.escape = m_old.header.escape}).heredocs)
            if (!heredoc.terminated)
                for (const QString &row : rows)
                    if (endsHeredoc(row, heredoc.word))
                        return true;
        return false;
    }

    const TreeBuilder::Data &m_old;
    const base::Replacement &m_replacement;
    const qsizetype m_shift;
    int m_first = 0;  ///< the line from which everything is read again
    int m_window = 0; ///< the old lines up to here are looked at so far
};

// A chunk below this size is joined with its neighbour when an edit makes it.
constexpr int smallChunk = 32;

std::vector<ChunkPtr> spliced(const TreeBuilder::Data &old, Rereading::Outcome outcome)
{
    if (old.chunks.empty()) {
        std::vector<ChunkPtr> chunks;
        appendChunks(chunks, std::move(outcome.lines));
        return chunks;
    }
    size_t from = old.chunkOfLine(outcome.first);
    size_t to = outcome.last > outcome.first ? old.chunkOfLine(outcome.last - 1) + 1 : from + 1;
    const auto remaining = [&] {
        return old.places[to].line - old.places[from].line - (outcome.last - outcome.first) +
               static_cast<int>(outcome.lines.size());
    };
    while (remaining() < smallChunk && (from > 0 || to < old.chunks.size()))
        to < old.chunks.size() ? ++to : --from;

    std::vector<LinePtr> lines;
    lines.reserve(static_cast<size_t>(remaining()));
    for (int i = old.places[from].line; i < outcome.first; ++i)
        lines.push_back(old.line(i));
    lines.insert(lines.end(), std::make_move_iterator(outcome.lines.begin()),
                 std::make_move_iterator(outcome.lines.end()));
    for (int i = outcome.last; i < old.places[to].line; ++i)
        lines.push_back(old.line(i));

    const auto begin = old.chunks.begin();
    std::vector<ChunkPtr> chunks(begin, begin + static_cast<qsizetype>(from));
    appendChunks(chunks, std::move(lines));
    chunks.insert(chunks.end(), begin + static_cast<qsizetype>(to), old.chunks.end());
    return chunks;
}

Header headerOf(const std::vector<ChunkPtr> &chunks)
{
    Header header;
    for (const ChunkPtr &chunk : chunks)
        for (const LinePtr &line : chunk->lines) {
            if (line->kind != LineKind::Directive)
                return header;
            header.add(line->text);
        }
    return header;
}

}

void Header::add(QStringView lineText)
{
    if (lineText.startsWith(QChar::ByteOrderMark))
        lineText = lineText.sliced(1);
    const Row row = rowAt(lineText, 0);
    const qsizetype start = skipSpace(lineText, 0, row.contentEnd);
    Directive directive = readDirective(lineText.sliced(start, row.contentEnd - start)).value_or(Directive());
    const bool isRepeated = std::ranges::contains(directives, directive.name, &Directive::name);
    if (directive.name == u"escape" && !isRepeated && (directive.value == u"`" || directive.value == u"\\"))
        escape = directive.value.front();
    directives.push_back(std::move(directive));
}

Tree TreeBuilder::parse(const QString &text, Part part, QChar escape)
{
    const bool isFile = part == Part::File;
    Reading reading(text, {.escape = escape, .atStart = isFile, .inDirectives = isFile},
                    isFile ? LineMaker::Amount::Many : LineMaker::Amount::Few);
    std::vector<LinePtr> lines;
    constexpr qsizetype usualLine = 28; // blank ones counted
    lines.reserve(static_cast<size_t>(text.size() / usualLine + 8));
    for (qsizetype at = 0; at < text.size();) {
        const LexedLine &lexed = reading.lex(at);
        at += lexed.length;
        lines.push_back(reading.take(lexed));
    }
    std::vector<ChunkPtr> chunks;
    appendChunks(chunks, std::move(lines));
    return make(std::move(chunks), reading.header());
}

Tree TreeBuilder::edited(const Tree &tree, const base::Replacement &replacement)
{
    const Data &old = *tree.d;
    std::vector<ChunkPtr> chunks = spliced(old, Rereading(old, replacement).run());
    Header header = headerOf(chunks);
    Tree result = make(std::move(chunks), std::move(header));
    // Another escape character changes the reading of every line.
    if (result.escape() != old.header.escape)
        return parse(result.text());
    return result;
}

Tree TreeBuilder::make(std::vector<ChunkPtr> chunks, Header header)
{
    Tree tree;
    auto data = std::make_shared<Data>(std::move(chunks));
    data->header = std::move(header);
    tree.d = std::move(data);
    return tree;
}

}
