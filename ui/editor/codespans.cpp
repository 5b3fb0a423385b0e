// SPDX-License-Identifier: Apache-2.0
#include "editor/codespans.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using dockerfile::Keyword;
using dockerfile::Token;
using dockerfile::TokenKind;

/// A run of characters of a logical line.
struct Piece
{
    qsizetype start = 0;
    qsizetype length = 0;
    CodeStyle style = CodeStyle::Keyword;
    int number = -1; ///< of embedded text
};

bool isNameChar(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

/// The end of the variable that starts with the '$' at `at`; `at` when it is none.
qsizetype variableEnd(QStringView text, qsizetype at)
{
    qsizetype end = at + 1;
    if (end < text.size() && text[end] == u'{') {
        const qsizetype closed = text.indexOf(u'}', end);
        return closed < 0 ? at : closed + 1;
    }
    while (end < text.size() && isNameChar(text[end]))
        ++end;
    return end == at + 1 ? at : end;
}

/// The shell's word for a file that is fed to a command, or the name of a file that is written: what
/// a heredoc's body is written in.
QString heredocLanguage(Keyword keyword, QStringView command, QStringView body)
{
    if (body.startsWith(u"#!")) {
        const QStringView row = body.first(std::max<qsizetype>(0, body.indexOf(u'\n')));
        return row.contains(u"python") ? u"script.py"_s
               : row.contains(u"perl") ? u"script.pl"_s
               : row.contains(u"node") ? u"script.js"_s
               : row.contains(u"ruby") ? u"script.rb"_s
                                       : u"bash"_s;
    }
    const auto words = command.split(u' ', Qt::SkipEmptyParts);
    if (keyword != Keyword::Run)
        return words.size() < 2 ? QString() : words.last().toString().section(u'/', -1);
    const auto runs = std::ranges::find_if(words, [](QStringView word) { return !word.contains(u"<<"); });
    const QStringView program = runs == words.end() ? QStringView() : runs->mid(runs->lastIndexOf(u'/') + 1);
    return program.startsWith(u"python")            ? u"script.py"_s
           : program == u"perl"                     ? u"script.pl"_s
           : program == u"node"                     ? u"script.js"_s
           : program == u"cat" || program == u"tee" ? QString()
                                                    : u"bash"_s;
}

/// Reads the tokens of one line in order.
class Reader
{
public:
    explicit Reader(const dockerfile::Line &line)
        : m_line(line)
        , m_text(line.text)
        , m_keyword(line.keyword)
    {}

    void read()
    {
        qsizetype at = 0;
        for (const Token &token : m_line.tokens) {
            take(token.kind, at, token.length);
            at += token.length;
        }
        endShell(at);
    }

    std::vector<Piece> pieces;
    QStringList languages; ///< by a piece's number
    std::vector<qsizetype> continuations;

private:
    [[nodiscard]] bool takesShell() const
    {
        return m_keyword == Keyword::Run || m_keyword == Keyword::Cmd || m_keyword == Keyword::Entrypoint;
    }

    void add(qsizetype start, qsizetype length, CodeStyle style, int number = -1)
    {
        if (length > 0)
            pieces.push_back({start, length, style, number});
    }

    void take(TokenKind kind, qsizetype at, qsizetype length)
    {
        switch (kind) {
        case TokenKind::Bom:
        case TokenKind::Whitespace:
            return;
        case TokenKind::Newline:
            endShell(at);
            return;
        case TokenKind::Comment:
            endShell(at);
            add(at, length, CodeStyle::Comment);
            return;
        case TokenKind::Directive:
            add(at, length, CodeStyle::Directive);
            return;
        case TokenKind::Keyword:
            add(at, length, m_keyword == Keyword::Unknown ? CodeStyle::Broken : CodeStyle::Keyword);
            return;
        case TokenKind::Flag:
            takeFlag(at, length);
            return;
        case TokenKind::Continuation:
            continuations.push_back(at);
            if (m_shell < 0)
                add(at, 1, CodeStyle::Operator);
            return;
        case TokenKind::Word:
            takeWord(at, length);
            return;
        case TokenKind::HeredocBody:
            languages += heredocLanguage(m_keyword, m_command, m_text.sliced(at, length));
            add(at, length, CodeStyle::Embedded, int(languages.size()) - 1);
            return;
        case TokenKind::HeredocEnd:
            add(at, length, CodeStyle::Operator);
            return;
        }
    }

    void takeFlag(qsizetype at, qsizetype length)
    {
        const qsizetype equals = m_text.sliced(at, length).indexOf(u'=');
        add(at, equals < 0 ? length : equals, CodeStyle::Flag);
        if (equals >= 0)
            takeText(at + equals, length - equals);
    }

    void takeWord(qsizetype at, qsizetype length)
    {
        const QStringView word = m_text.sliced(at, length);
        if (m_shell >= 0)
            return;
        if (m_isFirst && (m_keyword == Keyword::Onbuild || m_keyword == Keyword::Healthcheck)) {
            const Keyword inner = dockerfile::keywordFromText(word);
            if (inner != Keyword::Unknown || word.compare(u"NONE", Qt::CaseInsensitive) == 0) {
                add(at, length, CodeStyle::Keyword);
                m_keyword = inner;
                return;
            }
        }
        if (word.startsWith(u"--") && m_line.keyword == Keyword::Onbuild) {
            takeFlag(at, length);
            return;
        }
        const bool isJson = m_isFirst && word.startsWith(u'[') && word.endsWith(u']');
        if (takesShell() && !isJson) {
            // After a comment inside the instruction the same command goes on.
            if (m_shellNumber < 0) {
                languages += u"bash"_s;
                m_shellNumber = int(languages.size()) - 1;
            }
            m_shell = at;
            m_isFirst = false;
            return;
        }
        m_isFirst = false;
        m_command += QString(u' ' + word);
        if (m_keyword == Keyword::From && word.compare(u"AS", Qt::CaseInsensitive) == 0)
            add(at, length, CodeStyle::Keyword);
        else if (word.startsWith(u"<<"))
            add(at, length, CodeStyle::Operator);
        else if (m_keyword == Keyword::Expose)
            add(at, length, CodeStyle::Number);
        else
            takeText(at, length);
    }

    /// Quotes and variables; the rest is plain.
    void takeText(qsizetype at, qsizetype length)
    {
        const QStringView text = m_text.first(at + length);
        qsizetype from = at; // what is not given out yet
        QChar quote;
        const auto give = [&](qsizetype end) {
            if (!quote.isNull())
                add(from, end - from, CodeStyle::String);
            from = end;
        };
        for (qsizetype i = at; i < text.size(); ++i) {
            if (text[i] == u'$' && quote != u'\'') {
                if (const qsizetype end = variableEnd(text, i); end > i) {
                    give(i);
                    add(i, end - i, CodeStyle::Variable);
                    from = end;
                    i = end - 1;
                }
            } else if (quote.isNull() && (text[i] == u'"' || text[i] == u'\'')) {
                give(i);
                quote = text[i];
            } else if (!quote.isNull() && text[i] == quote) {
                give(i + 1);
                quote = {};
            } else if (text[i] == u'\\') {
                ++i;
            }
        }
        give(text.size());
    }

    /// The rest of a row is the shell's, up to here.
    void endShell(qsizetype at)
    {
        if (m_shell < 0)
            return;
        add(m_shell, at - m_shell, CodeStyle::Embedded, m_shellNumber);
        m_command += m_text.sliced(m_shell, at - m_shell).toString();
        m_shell = -1;
    }

    const dockerfile::Line &m_line;
    QStringView m_text;
    Keyword m_keyword;
    QString m_command; ///< what was read of the arguments
    qsizetype m_shell = -1;
    int m_shellNumber = -1;
    bool m_isFirst = true;
};

}

std::vector<CodeRow> codeRows(const dockerfile::Line &line)
{
    Reader reader(line);
    reader.read();

    std::vector<CodeRow> rows;
    const QStringView text(line.text);
    const bool hasBom = !line.tokens.empty() && line.tokens.front().kind == TokenKind::Bom;
    auto piece = reader.pieces.cbegin();
    auto continuation = reader.continuations.cbegin();
    int number = -1; // a comment between rows of a piece does not end it
    for (qsizetype start = hasBom ? 1 : 0; start < text.size();) {
        qsizetype end = start;
        while (end < text.size() && text[end] != u'\n' && text[end] != u'\r')
            ++end;
        CodeRow row{.start = start, .length = end - start, .spans = {}, .language = {}};
        while (piece != reader.pieces.cend() && piece->start < end) {
            const qsizetype from = std::max(piece->start, start);
            const qsizetype to = std::min(piece->start + piece->length, end);
            if (to > from)
                row.spans.push_back({int(from - start), int(to - from), piece->style});
            if (piece->number >= 0)
                number = piece->number;
            if (piece->start + piece->length > end)
                break; // it goes on in the next row
            ++piece;
        }
        while (continuation != reader.continuations.cend() && *continuation < end) {
            row.continues = *continuation >= start;
            ++continuation;
        }
        row.piece = number;
        if (number >= 0)
            row.language = reader.languages[number];
        rows.push_back(std::move(row));
        const bool isCrlf = end + 1 < text.size() && text[end] == u'\r' && text[end + 1] == u'\n';
        start = end + (isCrlf ? 2 : 1);
    }
    return rows;
}

}
