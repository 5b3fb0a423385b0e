// SPDX-License-Identifier: Apache-2.0
#include "language/reading.h"

using namespace base;
using namespace dockerfile;

namespace language {

namespace {

// Blanks of rows that the builder drops: before a comment, and of empty rows among continued ones.
bool isDropped(const Tokens &tokens, qsizetype at)
{
    if (tokens[at].kind != TokenKind::Whitespace || at + 1 == tokens.size())
        return false;
    const TokenKind next = tokens[at + 1].kind;
    const bool startsRow = at > 0 && (tokens[at - 1].kind == TokenKind::Newline ||
                                      tokens[at - 1].kind == TokenKind::Continuation);
    return next == TokenKind::Comment || (next == TokenKind::Newline && startsRow);
}

bool isContent(TokenKind kind)
{
    switch (kind) {
    case TokenKind::Whitespace:
    case TokenKind::Keyword:
    case TokenKind::Flag:
    case TokenKind::Word:
        return true;
    case TokenKind::Bom:
    case TokenKind::Newline:
    case TokenKind::Comment:
    case TokenKind::Directive:
    case TokenKind::Continuation:
    case TokenKind::HeredocBody:
    case TokenKind::HeredocEnd:
        return false;
    }
    return false;
}

}

Reading::Reading(const Tree &tree, int index, qsizetype end)
    : m_lineStart(tree.lineRange(index).start)
{
    const Line &line = tree.line(index);
    qsizetype at = 0;
    for (qsizetype i = 0; i < line.tokens.size() && m_lineStart + at < end; ++i) {
        const Token token = line.tokens[i];
        if (token.kind == TokenKind::HeredocBody || token.kind == TokenKind::HeredocEnd)
            break;
        const qsizetype length = std::min<qsizetype>(token.length, end - m_lineStart - at);
        if (isContent(token.kind) && !isDropped(line.tokens, i)) {
            const bool goesOn =
                !m_pieces.empty() && m_pieces.back().start + m_pieces.back().length == m_lineStart + at;
            if (goesOn)
                m_pieces.back().length += length;
            else
                m_pieces.push_back({m_lineStart + at, m_text.size(), length});
            m_text += QStringView(line.text).sliced(at, length);
        }
        at += token.length;
    }
    readInstruction(m_text, tree.escape(), m_parts);
}

TextRange Reading::range(Span span) const
{
    const auto place = [this](qsizetype joined) {
        for (const Piece &piece : m_pieces)
            if (joined < piece.joined + piece.length)
                return piece.start + joined - piece.joined;
        return m_pieces.empty() ? m_lineStart : m_pieces.back().start + m_pieces.back().length;
    };
    if (span.length == 0) // behind the character before it, not at the start of the next row
        return {span.start > 0 ? place(span.start - 1) + 1 : place(0), 0};
    const qsizetype start = place(span.start);
    return {start, place(span.end() - 1) + 1 - start};
}

qsizetype Reading::placeOf(qsizetype offset) const
{
    for (const Piece &piece : m_pieces)
        if (offset <= piece.start + piece.length)
            return piece.joined + std::max<qsizetype>(offset - piece.start, 0);
    return m_text.size();
}

}
