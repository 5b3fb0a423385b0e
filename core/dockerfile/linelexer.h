// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/heredocwords.h"
#include "dockerfile/jsonlist.h"
#include "dockerfile/line.h"
#include "dockerfile/rows.h"

namespace dockerfile {

/// What a line's reading depends on beside its own text.
struct LexState
{
    QChar escape = u'\\';
    bool atStart = false;      ///< first of the file: a byte order mark may stand here
    bool inDirectives = false; ///< all lines before are parser directives
};

/// The state in which a line of a tree was read: U+FEFF is a mark where it was taken for one, not wherever it
/// stands first (after ONBUILD it is a word).
inline LexState stateOf(const Line &line, QChar escape)
{
    const bool hasMark = !line.tokens.empty() && line.tokens.front().kind == TokenKind::Bom;
    return {.escape = escape, .atStart = hasMark};
}

/// One run of an instruction's characters that the builder joins with the next one.
struct Piece
{
    qsizetype start;  ///< in the text that was lexed
    qsizetype joined; ///< in the joined line
    qsizetype length;
};

/// An instruction after the builder's reading. Spans are positions in the joined line.
struct InstructionParts
{
    Keyword keyword = Keyword::Unknown;
    Span keywordSpan;
    std::vector<Span> flags;
    Span separator; ///< a bare "--" that ends the flags; empty without
    Span arguments; ///< after the flags, trimmed
    std::vector<Span> words;
    JsonList::Form json = JsonList::Form::None;
    Span jsonSpan;        ///< the list, if json is not None
    bool oldForm = false; ///< ENV key value
};

struct HeredocBody
{
    HeredocWord word;
    qsizetype start = 0; ///< in the text that was lexed
    qsizetype length = 0;
    bool terminated = false;
};

/// Everything about one logical line. Reused from line to line, so that lexing allocates little.
struct LexedLine
{
    qsizetype start = 0;
    qsizetype length = 0;
    LineKind kind = LineKind::Blank;
    int rows = 0;
    bool unterminated = false;
    bool emptyContinuation = false; ///< a blank row inside a continued instruction
    bool malformedHeredoc = false;
    bool longRow = false;   ///< a row that the builder's reader refuses for its length
    bool wantsMore = false; ///< what follows the end of the text could belong to this line
    Tokens tokens;

    // Of an instruction:
    std::vector<Piece> pieces;
    QString joinedStorage;
    QStringView joined;
    std::vector<InstructionParts> parts; ///< the instruction; for ONBUILD also the one after it, and so on
    std::vector<HeredocBody> heredocs;
};

/// Reads the logical lines of a text one after the other.
class LineLexer
{
public:
    explicit LineLexer(QStringView text)
        : m_text(text)
        , m_ends(text)
    {}

    /// The line that starts at `start`, which must lie within the text.
    const LexedLine &lex(qsizetype start, const LexState &state);

private:
    struct Run
    {
        qsizetype start;
        qsizetype length;
        TokenKind kind;
        bool isContent;
    };

    void lexInstruction(Row row, qsizetype start, const LexState &state);
    void lexHeredocs(qsizetype &at);
    qsizetype openHeredocEnd(qsizetype at) const;
    void addHeredocBody(qsizetype start, qsizetype end);
    void addRun(qsizetype start, qsizetype end, TokenKind kind);
    void addContent(qsizetype start, qsizetype end);
    void endRow(const Row &row, qsizetype from);
    void joinPieces();
    void noteLength(const Row &row);
    void makeTokens();
    void addContentTokens(const Run &run, qsizetype &joined, size_t &mark);
    void addToken(TokenKind kind, qsizetype length)
    {
        for (; length > Token::longest; length -= Token::longest)
            m_line.tokens.push_back({kind, Token::longest});
        m_line.tokens.push_back({kind, static_cast<quint32>(length) & Token::longest});
    }

    struct Mark
    {
        Span span;
        TokenKind kind;
    };
    void collectMarks();

    QStringView m_text;
    HeredocEnds m_ends;
    LexedLine m_line;
    std::vector<Run> m_runs;
    std::vector<Mark> m_marks;
};

/// Where a part of the joined line stands in the text that was lexed, continuations in its middle included.
/// An empty span gives its place only.
Span inText(const LexedLine &line, Span joined);

/// Cuts a joined line into keyword, flags and words; for ONBUILD the instruction after it too. `parts` is
/// overwritten, its memory kept.
void readInstruction(QStringView joined, QChar escape, std::vector<InstructionParts> &parts);

/// The longest row that the builder reads, in bytes (Go's bufio.MaxScanTokenSize - 1).
constexpr qsizetype longestRowBytes = 65535;

bool isLongRow(QStringView text, const Row &row);

/// "# name=value": the name in lower case and the value, if `comment` (from its #) is a known parser
/// directive.
struct Directive
{
    QString name;
    QString value;
};
std::optional<Directive> readDirective(QStringView comment);

}
