// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/treedump.h"

#include "dockerfile/goquote.h"
#include "dockerfile/problems.h"
#include "dockerfile/textfile.h"
#include "dockerfile/treedata.h"
#include "dockerfile/wordsplit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

// One instruction as the builder's parser would print its node.
class NodeDump
{
public:
    explicit NodeDump(const LexedLine &line)
        : m_line(line)
    {}

    [[nodiscard]] QByteArray dump(size_t index) const
    {
        const InstructionParts &parts = m_line.parts[index];
        QByteArray out = goLower(text(parts.keywordSpan));
        if (!parts.flags.empty())
            out += " [" + flags(parts).join(' ') + ']';
        out += arguments(index);
        return out.trimmed();
    }

private:
    [[nodiscard]] QStringView text(Span span) const { return span.in(m_line.joined); }

    // The builder reads flags byte by byte and takes each byte for a character of its own.
    [[nodiscard]] QByteArrayList flags(const InstructionParts &parts) const
    {
        QByteArrayList list;
        for (const Span flag : parts.flags)
            list.append(goQuoted(QString::fromLatin1(bytesFromText(unquotedFlag(text(flag))))));
        return list;
    }

    [[nodiscard]] QByteArray arguments(size_t index) const
    {
        const InstructionParts &parts = m_line.parts[index];
        switch (parts.keyword) {
        case Keyword::Unknown:
            return " \"\"";
        case Keyword::Onbuild:
            return index + 1 < m_line.parts.size() ? " (" + dump(index + 1) + ')' : QByteArray();
        case Keyword::Env:
        case Keyword::Label:
            return pairs(parts);
        case Keyword::Arg:
            return words(parts, [](QStringView word) { return goQuoted(withoutRawBytes(word)); });
        case Keyword::Add:
        case Keyword::Copy:
        case Keyword::Volume:
            return parts.json == JsonList::Form::Strings ? json(parts) : words(parts, goQuoted);
        case Keyword::Expose:
        case Keyword::From:
            return words(parts, goQuoted);
        case Keyword::Healthcheck:
            return healthcheck(parts);
        case Keyword::Cmd:
        case Keyword::Entrypoint:
        case Keyword::Run:
        case Keyword::Shell:
            return parts.json == JsonList::Form::Strings ? json(parts) : rest(parts.arguments);
        case Keyword::Maintainer:
        case Keyword::Stopsignal:
        case Keyword::User:
        case Keyword::Workdir:
            return rest(parts.arguments);
        }
        return {};
    }

    [[nodiscard]] QByteArray rest(Span span) const
    {
        return span.length == 0 ? QByteArray() : ' ' + goQuoted(text(span));
    }

    template <class Quote>
    [[nodiscard]] QByteArray words(const InstructionParts &parts, Quote quote) const
    {
        QByteArray out;
        for (const Span word : parts.words)
            out += ' ' + quote(text(word));
        return out;
    }

    [[nodiscard]] QByteArray json(const InstructionParts &parts) const
    {
        QByteArray out;
        for (const QString &item : readJsonList(text(parts.jsonSpan)).items)
            out += ' ' + goQuoted(item);
        return out;
    }

    [[nodiscard]] QByteArray pairs(const InstructionParts &parts) const
    {
        if (parts.oldForm)
            return words(parts, goQuoted) + " \"\"";
        return words(parts, [](QStringView word) {
            const QString pair = withoutRawBytes(word);
            const qsizetype equals = pair.indexOf(u'=');
            return goQuoted(pair.first(equals)) + ' ' + goQuoted(pair.sliced(equals + 1)) + " \"=\"";
        });
    }

    [[nodiscard]] QByteArray healthcheck(const InstructionParts &parts) const
    {
        if (parts.words.empty())
            return {};
        const Span type = parts.words.front();
        const QByteArray out = ' ' + goQuoted(text(type));
        if (parts.json == JsonList::Form::Strings)
            return out + json(parts);
        const Span all = parts.arguments;
        const qsizetype command = skipSpace(m_line.joined, type.end(), all.end());
        return out + rest({command, all.end() - command});
    }

    const LexedLine &m_line;
};

}

base::Result<QByteArray> dumpSexp(const Tree &tree)
{
    if (const auto refused = refusal(tree))
        return std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                           .message = refused->message,
                                           .where = u"line "_s + QString::number(refused->row),
                                           .hint = refused->hint,
                                           .detail = {}});
    QByteArray out;
    for (int i = 0; i < tree.lineCount(); ++i) {
        if (tree.line(i).kind != LineKind::Instruction)
            continue;
        LineLexer lexer(tree.line(i).text);
        const LexedLine &line = lexer.lex(0, stateOf(tree.line(i), tree.escape()));
        out += '(' + NodeDump(line).dump(0) + ")\n";
    }
    return out;
}

namespace {

QString kindName(LineKind kind)
{
    switch (kind) {
    case LineKind::Blank:
        return u"blank"_s;
    case LineKind::Comment:
        return u"comment"_s;
    case LineKind::Directive:
        return u"directive"_s;
    case LineKind::Instruction:
        return u"instruction"_s;
    }
    return {};
}

QString kindName(TokenKind kind)
{
    switch (kind) {
    case TokenKind::Bom:
        return u"bom"_s;
    case TokenKind::Whitespace:
        return u"whitespace"_s;
    case TokenKind::Newline:
        return u"newline"_s;
    case TokenKind::Comment:
        return u"comment"_s;
    case TokenKind::Directive:
        return u"directive"_s;
    case TokenKind::Keyword:
        return u"keyword"_s;
    case TokenKind::Flag:
        return u"flag"_s;
    case TokenKind::Word:
        return u"word"_s;
    case TokenKind::Continuation:
        return u"continuation"_s;
    case TokenKind::HeredocBody:
        return u"heredoc-body"_s;
    case TokenKind::HeredocEnd:
        return u"heredoc-end"_s;
    }
    return {};
}

QJsonObject lineObject(const Tree &tree, int index)
{
    const Line &line = tree.line(index);
    QJsonArray tokens;
    qsizetype at = 0;
    for (const Token &token : line.tokens) {
        tokens.append(
            QJsonObject{{u"kind"_s, kindName(token.kind)}, {u"text"_s, line.text.sliced(at, token.length)}});
        at += token.length;
    }
    QJsonObject object{{u"kind"_s, kindName(line.kind)},
                       {u"firstRow"_s, tree.firstRow(index)},
                       {u"lastRow"_s, tree.lastRow(index)},
                       {u"tokens"_s, tokens}};
    if (line.kind == LineKind::Instruction)
        object.insert(u"keyword"_s, keywordText(line.keyword));
    if (line.unterminated)
        object.insert(u"unterminated"_s, true);
    return object;
}

QJsonObject problemObject(const Tree &tree, const Problem &problem)
{
    return {{u"severity"_s, problem.severity == Problem::Severity::Error ? u"error"_s : u"warning"_s},
            {u"row"_s, tree.rowAt(problem.range.start)},
            {u"start"_s, problem.range.start},
            {u"length"_s, problem.range.length},
            {u"message"_s, problem.message},
            {u"hint"_s, problem.hint}};
}

}

QByteArray dumpJson(const Tree &tree)
{
    QJsonObject directives;
    for (const Directive &directive : TreeBuilder::data(tree).header.directives)
        if (!directives.contains(directive.name))
            directives.insert(directive.name, directive.value);
    QJsonArray lines;
    for (int i = 0; i < tree.lineCount(); ++i)
        lines.append(lineObject(tree, i));
    QJsonArray problems;
    for (const Problem &problem : tree.problems())
        problems.append(problemObject(tree, problem));
    QByteArray json = QJsonDocument(QJsonObject{{u"escape"_s, QString(tree.escape())},
                                                {u"directives"_s, directives},
                                                {u"lines"_s, lines},
                                                {u"problems"_s, problems}})
                          .toJson(QJsonDocument::Indented);
    // Many readers, Qt's too, drop a byte order mark at the start of a string.
    return json.replace("\xef\xbb\xbf", "\\ufeff");
}

}
