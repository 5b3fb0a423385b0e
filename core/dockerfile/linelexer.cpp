// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/linelexer.h"

#include "dockerfile/textfile.h"

namespace dockerfile {

// No character takes more than three bytes a code unit, so most rows need not be measured.
static bool mayHoldLongRow(qsizetype units)
{
    return units * 3 > longestRowBytes;
}

bool isLongRow(QStringView text, const Row &row)
{
    const qsizetype units = (row.hasNewline() ? row.end - 1 : row.end) - row.start;
    return mayHoldLongRow(units) &&
           bytesFromText(text.sliced(row.start, units).toString()).size() > longestRowBytes;
}

const LexedLine &LineLexer::lex(qsizetype start, const LexState &state)
{
    m_line.start = start;
    m_line.kind = LineKind::Blank;
    m_line.rows = 0;
    m_line.unterminated = m_line.emptyContinuation = m_line.malformedHeredoc = false;
    m_line.longRow = m_line.wantsMore = false;
    m_line.tokens.clear();
    m_line.heredocs.clear();
    m_runs.clear();

    const Row row = rowAt(m_text, start);
    noteLength(row);
    qsizetype at = start;
    if (state.atStart && m_text[at] == QChar::ByteOrderMark)
        addRun(at, at + 1, TokenKind::Bom), ++at;
    const qsizetype content = skipSpace(m_text, at, row.contentEnd);
    addRun(at, content, TokenKind::Whitespace);
    if (content < row.contentEnd && m_text[content] != u'#') {
        lexInstruction(row, content, state);
        return m_line;
    }
    if (content < row.contentEnd) {
        const QStringView comment = m_text.sliced(content, row.contentEnd - content);
        const bool isDirective = state.inDirectives && readDirective(comment);
        m_line.kind = isDirective ? LineKind::Directive : LineKind::Comment;
        addRun(content, row.contentEnd, isDirective ? TokenKind::Directive : TokenKind::Comment);
    }
    endRow(row, row.contentEnd);
    m_line.wantsMore = !row.hasNewline();
    m_line.length = row.end - start;
    makeTokens();
    return m_line;
}

void LineLexer::lexInstruction(Row row, qsizetype start, const LexState &state)
{
    m_line.kind = LineKind::Instruction;
    m_line.pieces.clear();
    while (true) {
        const qsizetype escape = continuationAt(m_text, start, row.contentEnd, state.escape);
        if (escape < 0) {
            addContent(start, row.contentEnd);
            endRow(row, row.contentEnd);
            m_line.wantsMore = !row.hasNewline();
            break;
        }
        addContent(start, escape);
        addRun(escape, row.end, TokenKind::Continuation);
        m_line.rows += row.hasNewline();
        // Comments and blank rows between continued rows are not part of what the builder reads.
        bool found = false;
        while (!found && row.end < m_text.size()) {
            row = rowAt(m_text, row.end);
            noteLength(row);
            start = row.start;
            const qsizetype content = skipSpace(m_text, start, row.contentEnd);
            found = content < row.contentEnd && m_text[content] != u'#';
            if (found)
                break;
            addRun(start, content, TokenKind::Whitespace);
            if (content < row.contentEnd)
                addRun(content, row.contentEnd, TokenKind::Comment);
            else
                m_line.emptyContinuation = true;
            endRow(row, row.contentEnd);
        }
        if (!found) {
            m_line.unterminated = m_line.wantsMore = true;
            break;
        }
    }
    joinPieces();
    readInstruction(m_line.joined, state.escape, m_line.parts);
    qsizetype end = row.end;
    lexHeredocs(end);
    m_line.length = end - m_line.start;
    makeTokens();
}

void LineLexer::lexHeredocs(qsizetype &at)
{
    // Only these take heredocs, directly or after one ONBUILD, and never in a JSON form.
    const size_t depth = m_line.parts.front().keyword == Keyword::Onbuild && m_line.parts.size() > 1 ? 1 : 0;
    const InstructionParts &parts = m_line.parts[depth];
    const bool mayHave =
        parts.keyword == Keyword::Add || parts.keyword == Keyword::Copy || parts.keyword == Keyword::Run;
    if (!mayHave || parts.json != JsonList::Form::None || !mayHoldHeredoc(m_line.joined))
        return;
    HeredocWords found = heredocWords(m_line.joined);
    m_line.malformedHeredoc = found.malformed;
    for (HeredocWord &word : found.words) {
        const qsizetype end = m_line.unterminated ? -1 : m_ends.find(word, at);
        if (end < 0) {
            m_line.wantsMore = true;
            // Half typed: what looks like the next instruction is left in peace, so that the file keeps its
            // shape.
            const qsizetype open = m_line.unterminated ? at : openHeredocEnd(at);
            m_line.unterminated = true;
            addHeredocBody(at, open);
            m_line.heredocs.push_back({std::move(word), at, open - at, false});
            at = open;
            continue;
        }
        addHeredocBody(at, end);
        m_line.heredocs.push_back({std::move(word), at, end - at, true});
        const Row row = rowAt(m_text, end);
        addRun(end, row.contentEnd, TokenKind::HeredocEnd);
        endRow(row, row.contentEnd);
        m_line.wantsMore = !row.hasNewline();
        at = row.end;
    }
}

void LineLexer::addHeredocBody(qsizetype start, qsizetype end)
{
    addRun(start, end, TokenKind::HeredocBody);
    m_line.rows += static_cast<int>(m_text.sliced(start, end - start).count(u'\n'));
    if (mayHoldLongRow(end - start))
        for (Row row = rowAt(m_text, start); row.start < end; row = rowAt(m_text, row.end))
            noteLength(row);
}

// Where the body of a heredoc without an end stops: before the next row that starts, without indent, with an
// instruction's keyword in the same case as this one's.
qsizetype LineLexer::openHeredocEnd(qsizetype at) const
{
    const QStringView own = m_line.parts.front().keywordSpan.in(m_line.joined);
    const bool upper = own.front().isUpper();
    while (at < m_text.size()) {
        qsizetype end = at;
        while (end < m_text.size() && m_text[end].isLetter() && m_text[end].isUpper() == upper)
            ++end;
        if (end > at && end < m_text.size() && isBlank(m_text[end]) &&
            keywordFromText(m_text.sliced(at, end - at)) != Keyword::Unknown)
            return at;
        at = rowAt(m_text, at).end;
    }
    return at;
}

void LineLexer::addRun(qsizetype start, qsizetype end, TokenKind kind)
{
    if (end > start)
        m_runs.push_back({start, end - start, kind, false});
}

void LineLexer::addContent(qsizetype start, qsizetype end)
{
    if (end > start) {
        m_runs.push_back({start, end - start, TokenKind::Whitespace, true});
        m_line.pieces.push_back({start, 0, end - start});
    }
}

void LineLexer::endRow(const Row &row, qsizetype from)
{
    addRun(from, row.newline, TokenKind::Whitespace);
    addRun(row.newline, row.end, TokenKind::Newline);
    m_line.rows += row.hasNewline();
}

void LineLexer::noteLength(const Row &row)
{
    m_line.longRow = m_line.longRow || isLongRow(m_text, row);
}

void LineLexer::joinPieces()
{
    if (m_line.pieces.size() == 1) {
        const Piece &piece = m_line.pieces.front();
        m_line.joined = m_text.sliced(piece.start, piece.length);
        return;
    }
    m_line.joinedStorage.clear();
    for (Piece &piece : m_line.pieces) {
        piece.joined = m_line.joinedStorage.size();
        m_line.joinedStorage += m_text.sliced(piece.start, piece.length);
    }
    m_line.joined = m_line.joinedStorage;
}

void LineLexer::collectMarks()
{
    m_marks.clear();
    for (const InstructionParts &parts : m_line.parts) {
        m_marks.push_back({parts.keywordSpan, TokenKind::Keyword});
        for (const Span flag : parts.flags)
            m_marks.push_back({flag, TokenKind::Flag});
        if (parts.separator.length > 0)
            m_marks.push_back({parts.separator, TokenKind::Flag});
        for (const Span word : parts.words)
            m_marks.push_back({word, TokenKind::Word});
    }
}

void LineLexer::makeTokens()
{
    if (m_line.kind == LineKind::Instruction)
        collectMarks();
    qsizetype joined = 0;
    size_t mark = 0;
    for (const Run &run : m_runs) {
        if (run.isContent)
            addContentTokens(run, joined, mark);
        else
            addToken(run.kind, run.length);
    }
}

// Cuts one piece of the joined line at the borders of keyword, flags and words; one that goes on in the next
// piece gives a token in each.
void LineLexer::addContentTokens(const Run &run, qsizetype &joined, size_t &mark)
{
    const qsizetype end = joined + run.length;
    while (joined < end) {
        while (mark < m_marks.size() && m_marks[mark].span.end() <= joined)
            ++mark;
        qsizetype stop = end;
        TokenKind kind = TokenKind::Whitespace;
        if (mark < m_marks.size()) {
            const bool inside = m_marks[mark].span.start <= joined;
            stop = std::min(end, inside ? m_marks[mark].span.end() : m_marks[mark].span.start);
            if (inside)
                kind = m_marks[mark].kind;
        }
        addToken(kind, stop - joined);
        joined = stop;
    }
}

Span inText(const LexedLine &line, Span joined)
{
    const auto place = [&line](qsizetype at) {
        for (const Piece &piece : line.pieces)
            if (at < piece.joined + piece.length)
                return piece.start + at - piece.joined;
        if (line.pieces.empty())
            return line.start;
        return line.pieces.back().start + line.pieces.back().length;
    };
    if (joined.length > 0) {
        const qsizetype start = place(joined.start);
        return {start, place(joined.end() - 1) + 1 - start};
    }
    // After a word, not at the start of the next row.
    return {joined.start > 0 ? place(joined.start - 1) + 1 : place(0), 0};
}

}
