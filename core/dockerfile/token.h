// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtTypes>

namespace dockerfile {

/// What a run of characters is. Every character of a file belongs to exactly one token.
enum class TokenKind : quint8 {
    Bom,          ///< U+FEFF at the very start
    Whitespace,   ///< blanks and tabs between words, and what the builder takes for them, lone CRs too
    Newline,      ///< LF or CRLF that ends a row
    Comment,      ///< from # to the end of its line, without the newline; may stand inside a continued line
    Directive,    ///< "# escape=`": a parser directive, # included
    Keyword,      ///< FROM, copy, ...; or the unknown word that stands in its place
    Flag,         ///< --from=builder; also a bare -- that ends the flags
    Word,         ///< one argument, quotes included; a JSON form is one Word
    Continuation, ///< the escape character, blanks after it and the newline that it hides
    HeredocBody,  ///< the lines between << EOF and EOF, newlines included
    HeredocEnd    ///< the terminator word (tabs before it included for <<-)
};

/// Tokens store lengths, never offsets: a line can move without being touched. A file has about as many of
/// them as words, so they are kept small.
struct Token
{
    static constexpr quint32 longest = (1U << 24U) - 1; ///< what is longer is several tokens of one kind

    TokenKind kind;
    quint32 length : 24; ///< UTF-16 code units

    friend bool operator==(Token, Token) = default;
};
static_assert(sizeof(Token) == 4);

}
