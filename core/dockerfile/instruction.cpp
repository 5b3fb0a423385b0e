// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/instruction.h"

#include "dockerfile/linelexer.h"
#include "dockerfile/wordsplit.h"

#include <mutex>

using namespace Qt::StringLiterals;

namespace dockerfile {

struct Instruction::Parts
{
    std::once_flag once;
    Word keyword;
    std::vector<Flag> flags;
    std::vector<Word> words;
    std::vector<Heredoc> heredocs;
    std::vector<Word> jsonWords;
    bool isJson = false;
    QString arguments;
    base::TextRange argumentsRange;
};

namespace {

// Positions of one line's reading, as ranges of the document.
class Places
{
public:
    Places(const LexedLine &line, qsizetype start)
        : m_line(line)
        , m_start(start)
    {}

    [[nodiscard]] base::TextRange range(Span joined) const
    {
        const Span span = inText(m_line, joined);
        return {m_start + span.start, span.length};
    }
    [[nodiscard]] Word word(Span joined) const
    {
        return {range(joined), joined.in(m_line.joined).toString()};
    }
    [[nodiscard]] Flag flag(Span joined) const
    {
        const QStringView raw = joined.in(m_line.joined);
        const QString plain = unquotedFlag(raw).sliced(2);
        Flag flag{.range = range(joined), .name = plain, .value = {}, .valueRange = range({joined.end(), 0})};
        const qsizetype equals = raw.indexOf(u'=');
        const qsizetype nameEnd = plain.indexOf(u'=');
        if (equals < 0 || nameEnd < 0)
            return flag;
        flag.name = plain.first(nameEnd);
        flag.value = plain.sliced(nameEnd + 1);
        const Span value{joined.start + equals + 1, joined.length - equals - 1};
        if (value.length > 0)
            flag.valueRange = range(value);
        return flag;
    }
    [[nodiscard]] Heredoc heredoc(const HeredocBody &body) const
    {
        return {.name = body.word.name,
                .expands = body.word.expands,
                .stripsTabs = body.word.stripsTabs,
                .wordRange = range(body.word.span),
                .bodyRange = {m_start + body.start, body.length},
                .terminated = body.terminated};
    }

private:
    const LexedLine &m_line;
    qsizetype m_start;
};

// Of a plain line, one row of words without flags whose list cannot be JSON, the tokens say it all: variables
// are looked up along all ARG, ENV and FROM lines of a file.
bool isPlain(const Line &line)
{
    switch (line.keyword) {
    case Keyword::Arg:
    case Keyword::Env:
    case Keyword::Expose:
    case Keyword::From:
    case Keyword::Label:
    case Keyword::Stopsignal:
    case Keyword::User:
    case Keyword::Workdir:
        break;
    default:
        return false;
    }
    bool hasWord = false;
    for (const Token token : line.tokens) {
        if (token.kind == TokenKind::Word)
            hasWord = true;
        else if (token.kind != TokenKind::Bom && token.kind != TokenKind::Whitespace &&
                 token.kind != TokenKind::Keyword && token.kind != TokenKind::Newline)
            return false;
    }
    return hasWord;
}

template <class Parts>
void readTokens(const Line &line, qsizetype start, Parts &parts)
{
    qsizetype at = 0;
    for (const Token token : line.tokens) {
        if (token.kind == TokenKind::Keyword || token.kind == TokenKind::Word) {
            Word word{{start + at, token.length}, line.text.sliced(at, token.length)};
            if (token.kind == TokenKind::Keyword)
                parts.keyword = std::move(word);
            else
                parts.words.push_back(std::move(word));
        }
        at += token.length;
    }
    const qsizetype first = parts.words.front().range.start;
    parts.argumentsRange = {first, parts.words.back().range.end() - first};
    parts.arguments = line.text.sliced(first - start, parts.argumentsRange.length);
}

}

Instruction::Instruction(Tree tree, int line)
    : m_tree(std::move(tree))
    , m_line(line)
    , m_parts(std::make_shared<Parts>())
{
    Q_ASSERT(m_tree.line(line).kind == LineKind::Instruction);
}

const Instruction::Parts &Instruction::parts() const
{
    std::call_once(m_parts->once, [this] {
        const Line &line = m_tree.line(m_line);
        if (isPlain(line))
            return readTokens(line, m_tree.lineRange(m_line).start, *m_parts);
        const QChar escape = m_tree.escape();
        LineLexer lexer(line.text);
        const LexedLine &lexed = lexer.lex(0, stateOf(line, escape));
        const Places places(lexed, m_tree.lineRange(m_line).start);
        const InstructionParts &own = lexed.parts.front();

        Parts &parts = *m_parts;
        parts.keyword = places.word(own.keywordSpan);
        for (const Span flag : own.flags)
            parts.flags.push_back(places.flag(flag));
        for (const Span word : own.words)
            parts.words.push_back(places.word(word));
        for (size_t i = 1; i < lexed.parts.size(); ++i) {
            parts.words.push_back(places.word(lexed.parts[i].keywordSpan));
            for (const Span flag : lexed.parts[i].flags)
                parts.words.push_back(places.word(flag));
            for (const Span word : lexed.parts[i].words)
                parts.words.push_back(places.word(word));
        }
        for (const HeredocBody &body : lexed.heredocs)
            parts.heredocs.push_back(places.heredoc(body));
        parts.arguments = own.arguments.in(lexed.joined).toString();
        parts.argumentsRange = places.range(own.arguments);
        if (own.json != JsonList::Form::Strings)
            return;
        parts.isJson = true;
        const JsonList list = readJsonList(own.jsonSpan.in(lexed.joined));
        for (size_t i = 0; i < list.spans.size(); ++i) {
            const Span item{own.jsonSpan.start + list.spans[i].start, list.spans[i].length};
            parts.jsonWords.push_back({places.range(item), list.items[static_cast<qsizetype>(i)]});
        }
    });
    return *m_parts;
}

Keyword Instruction::keyword() const
{
    return m_tree.line(m_line).keyword;
}

Word Instruction::keywordWord() const
{
    return parts().keyword;
}

base::TextRange Instruction::range() const
{
    const base::TextRange line = m_tree.lineRange(m_line);
    const auto &tokens = m_tree.line(m_line).tokens;
    qsizetype start = line.start;
    for (const Token &token : tokens) {
        if (token.kind != TokenKind::Bom && token.kind != TokenKind::Whitespace)
            break;
        start += token.length;
    }
    const bool hasLineEnd = !tokens.empty() && tokens.back().kind == TokenKind::Newline;
    return {start, line.end() - (hasLineEnd ? tokens.back().length : 0) - start};
}

const std::vector<Flag> &Instruction::flags() const
{
    return parts().flags;
}

std::optional<Flag> Instruction::flag(QStringView name) const
{
    const auto &all = flags();
    for (auto it = all.rbegin(); it != all.rend(); ++it)
        if (it->name == name)
            return *it;
    return std::nullopt;
}

const std::vector<Word> &Instruction::words() const
{
    return parts().words;
}

const std::vector<Heredoc> &Instruction::heredocs() const
{
    return parts().heredocs;
}

std::optional<QStringList> Instruction::json() const
{
    if (!parts().isJson)
        return std::nullopt;
    QStringList items;
    for (const Word &word : parts().jsonWords)
        items.append(word.text);
    return items;
}

std::vector<Word> Instruction::jsonWords() const
{
    return parts().jsonWords;
}

QString Instruction::arguments() const
{
    return parts().arguments;
}

base::TextRange Instruction::argumentsRange() const
{
    return parts().argumentsRange;
}

QString Instruction::summary() const
{
    QString text = parts().keyword.text;
    for (const Flag &flag : parts().flags)
        text += u' ' + m_tree.line(m_line).text.sliced(flag.range.start - m_tree.lineRange(m_line).start,
                                                       flag.range.length);
    return QString(text + u' ' + parts().arguments).simplified();
}

std::vector<Instruction> instructions(const Tree &tree)
{
    std::vector<Instruction> result;
    for (int i = 0; i < tree.lineCount(); ++i)
        if (tree.line(i).kind == LineKind::Instruction)
            result.emplace_back(tree, i);
    return result;
}

}
