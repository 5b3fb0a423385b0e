// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/treedata.h"

#include <algorithm>

namespace dockerfile {

namespace {

// Small enough that the chunks an edit copies cost nothing, large enough that their list stays short.
constexpr size_t usualChunk = 128;
constexpr size_t largestChunk = 192;

bool isSuspect(const LexedLine &lexed)
{
    if (lexed.longRow)
        return true;
    if (lexed.kind != LineKind::Instruction)
        return false;
    if (lexed.unterminated || lexed.emptyContinuation || lexed.malformedHeredoc)
        return true;
    for (const InstructionParts &parts : lexed.parts) {
        const bool pairs = parts.keyword == Keyword::Env || parts.keyword == Keyword::Label;
        if (parts.keyword == Keyword::Unknown || parts.json == JsonList::Form::NotStrings || parts.oldForm)
            return true;
        if (pairs && parts.words.size() > 1)
            return true;
    }
    return false;
}

// Most files are full of these; one object serves them all.
LinePtr sharedBlankLine(const LexedLine &lexed, QStringView text)
{
    if (lexed.kind != LineKind::Blank || lexed.tokens.size() != 1 ||
        lexed.tokens[0].kind != TokenKind::Newline)
        return nullptr;
    const auto make = [](const QString &lineEnd) {
        Line line{.rows = 1, .text = lineEnd, .tokens = {{TokenKind::Newline, quint32(lineEnd.size())}}};
        return std::make_shared<const Line>(std::move(line));
    };
    static const LinePtr lf = make(QStringLiteral("\n"));
    static const LinePtr crlf = make(QStringLiteral("\r\n"));
    return text.size() == 1 ? lf : crlf;
}

}

std::shared_ptr<Line> LineMaker::newLine()
{
    if (m_amount == Amount::Few)
        return std::make_shared<Line>();
    if (m_used == together) {
        m_lines = std::make_shared<Line[]>(together);
        m_used = 0;
    }
    return {m_lines, &m_lines[m_used++]};
}

LinePtr LineMaker::make(QStringView text, const LexedLine &lexed)
{
    const QStringView own = text.sliced(lexed.start, lexed.length);
    if (LinePtr blank = sharedBlankLine(lexed, own))
        return blank;
    std::shared_ptr<Line> line = newLine();
    line->kind = lexed.kind;
    if (lexed.kind == LineKind::Instruction)
        line->keyword = lexed.parts.front().keyword;
    line->rows = lexed.rows;
    line->unterminated = lexed.unterminated;
    line->isSuspect = isSuspect(lexed);
    line->text = own.toString();
    line->tokens = lexed.tokens;
    return line;
}

Chunk::Chunk(std::vector<LinePtr> chunkLines)
    : lines(std::move(chunkLines))
{
    starts.reserve(lines.size() + 1);
    rows.reserve(lines.size() + 1);
    starts.push_back(0);
    rows.push_back(0);
    for (const LinePtr &line : lines) {
        starts.push_back(starts.back() + line->text.size());
        rows.push_back(rows.back() + line->rows);
        instructions += line->kind == LineKind::Instruction;
        suspects += line->isSuspect;
        unterminated += line->unterminated;
    }
}

void appendChunks(std::vector<ChunkPtr> &chunks, std::vector<LinePtr> lines)
{
    if (lines.empty())
        return;
    if (lines.size() <= largestChunk) {
        chunks.push_back(std::make_shared<const Chunk>(std::move(lines)));
        return;
    }
    const size_t count = (lines.size() + usualChunk - 1) / usualChunk;
    for (size_t i = 0; i < count; ++i) {
        const auto from = lines.begin() + static_cast<qsizetype>(lines.size() * i / count);
        const auto to = lines.begin() + static_cast<qsizetype>(lines.size() * (i + 1) / count);
        chunks.push_back(std::make_shared<const Chunk>(
            std::vector<LinePtr>(std::make_move_iterator(from), std::make_move_iterator(to))));
    }
}

Tree::Data::Data(std::vector<ChunkPtr> allChunks)
    : chunks(std::move(allChunks))
{
    places.reserve(chunks.size() + 1);
    places.emplace_back();
    for (const ChunkPtr &chunk : chunks) {
        const Place &before = places.back();
        places.push_back(
            {before.line + chunk->size(), before.rows + chunk->rows.back(), before.offset + chunk->length()});
    }
}

size_t Tree::Data::chunkOfLine(int line) const
{
    const auto after = std::upper_bound(places.begin(), std::prev(places.end()), line,
                                        [](int value, const Place &place) { return value < place.line; });
    return static_cast<size_t>(after - places.begin()) - 1;
}

size_t Tree::Data::chunkAtOffset(qsizetype offset) const
{
    const auto after =
        std::upper_bound(places.begin(), std::prev(places.end()), offset,
                         [](qsizetype value, const Place &place) { return value < place.offset; });
    return static_cast<size_t>(after - places.begin()) - 1;
}

size_t Tree::Data::chunkAtRow(int rowsBefore) const
{
    const auto after = std::upper_bound(places.begin(), std::prev(places.end()), rowsBefore,
                                        [](int value, const Place &place) { return value < place.rows; });
    return static_cast<size_t>(after - places.begin()) - 1;
}

const LinePtr &Tree::Data::line(int index) const
{
    const size_t chunk = chunkOfLine(index);
    return chunks[chunk]->lines[static_cast<size_t>(index - places[chunk].line)];
}

qsizetype Tree::Data::lineStart(int index) const
{
    if (index >= end().line)
        return end().offset;
    const size_t chunk = chunkOfLine(index);
    return places[chunk].offset + chunks[chunk]->starts[static_cast<size_t>(index - places[chunk].line)];
}

int Tree::Data::lineAt(qsizetype offset) const
{
    if (chunks.empty())
        return -1;
    if (offset >= end().offset)
        return end().line - 1;
    const size_t chunk = chunkAtOffset(offset);
    const auto &starts = chunks[chunk]->starts;
    const auto after = std::upper_bound(starts.begin(), starts.end(), offset - places[chunk].offset);
    return places[chunk].line + static_cast<int>(after - starts.begin()) - 1;
}

QString Tree::Data::textOfLines(int from, int to) const
{
    QString text;
    text.reserve(lineStart(to) - lineStart(from));
    while (from < to) {
        const size_t chunk = chunkOfLine(from);
        const int last = std::min(to, places[chunk + 1].line);
        for (; from < last; ++from)
            text += chunks[chunk]->lines[static_cast<size_t>(from - places[chunk].line)]->text;
    }
    return text;
}

}
