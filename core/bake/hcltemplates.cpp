// SPDX-License-Identifier: Apache-2.0
#include "bake/hclparser.h"
#include "bake/words.h"

#include <QRegularExpression>

namespace bake {

using namespace Qt::StringLiterals;
using Kind = Expression::Kind;

namespace {

ExpressionPointer joined(std::vector<ExpressionPointer> parts, int line)
{
    if (parts.empty())
        return literal(Value::ofString({}), line);
    if (parts.size() == 1 && parts.front()->kind == Kind::Literal)
        return parts.front();
    return std::make_shared<Expression>(
        Expression{.kind = Kind::Template, .line = line, .operands = std::move(parts)});
}

void addText(std::vector<ExpressionPointer> &parts, QString &text, int line)
{
    if (!text.isEmpty())
        parts.push_back(literal(Value::ofString(std::exchange(text, {})), line));
}

// <<- takes away the indent that all lines share.
QString withoutIndent(const QString &text)
{
    QStringList lines = text.split(u'\n');
    qsizetype shared = -1;
    const auto indentOf = [](const QString &line) {
        qsizetype indent = 0;
        while (indent < line.size() && (line.at(indent) == u' ' || line.at(indent) == u'\t'))
            ++indent;
        return indent;
    };
    for (const auto &line : std::as_const(lines)) {
        if (!line.isEmpty())
            shared = shared < 0 ? indentOf(line) : std::min(shared, indentOf(line));
    }
    for (auto &line : lines)
        line = line.mid(std::max<qsizetype>(shared, 0));
    return lines.join(u'\n');
}

}

ExpressionPointer HclParser::quoted()
{
    advance();
    auto result = templateUntil(u'"', true);
    if (!m_error && peek() != u'"')
        fail(Words::tr("a string is not closed"), Words::tr("End it with a quote on the same line."));
    advance();
    return result;
}

ExpressionPointer HclParser::wholeTemplate()
{
    return templateUntil({}, false);
}

ExpressionPointer HclParser::heredoc()
{
    const int line = m_line;
    advance(2);
    const bool isIndented = peek() == u'-';
    advance(qsizetype(isIndented));
    const QString word = identifier();
    if (word.isEmpty() || peek() != u'\n') {
        fail(Words::tr("\"<<\" is not followed by a word and a new line"));
        return literal({}, line);
    }
    advance();
    const QRegularExpression ending(u"^[ \\t]*%1[ \\t]*$"_s.arg(QRegularExpression::escape(word)),
                                    QRegularExpression::MultilineOption);
    const auto end = ending.match(m_text, m_at);
    if (!end.hasMatch()) {
        m_line = line;
        fail(Words::tr("the text that begins with <<%1 is not closed").arg(word),
             Words::tr("End it with a line that says %1.").arg(word));
        return literal({}, line);
    }
    QString text = m_text.sliced(m_at, end.capturedStart() - m_at);
    if (isIndented)
        text = withoutIndent(text);
    HclParser inner(text, m_file, m_line);
    inner.m_depth = m_depth;
    auto result = inner.wholeTemplate();
    if (inner.m_error && !m_error)
        m_error = inner.m_error;
    advance(end.capturedEnd() - m_at);
    return result;
}

ExpressionPointer HclParser::templateUntil(QChar end, bool withEscapes)
{
    const int line = m_line;
    std::vector<ExpressionPointer> parts;
    QString text;
    while (!atEnd() && (end.isNull() || peek() != end)) {
        if (withEscapes && peek() == u'\n') {
            fail(Words::tr("a string is not closed"), Words::tr("End it with a quote on the same line."));
        } else if (startsWith(u"$${") || startsWith(u"%%{")) {
            text += m_text.mid(m_at + 1, 2);
            advance(3);
        } else if (startsWith(u"${")) {
            addText(parts, text, line);
            if (!interpolation(parts))
                break;
        } else if (startsWith(u"%{")) {
            fail(Words::tr("directives in templates (%{if}, %{for}) are not read"),
                 Words::tr("Write a conditional, ${condition ? a : b}, or a for expression."));
        } else if (withEscapes && peek() == u'\\') {
            text += escapeSequence();
        } else {
            text += peek();
            advance();
        }
    }
    addText(parts, text, line);
    return joined(std::move(parts), line);
}

bool HclParser::interpolation(std::vector<ExpressionPointer> &parts)
{
    advance(2);
    const bool wasInside = std::exchange(m_isInside, true);
    advance(qsizetype(peek() == u'~'));
    parts.push_back(expression());
    const bool isClosed = take(u"}");
    m_isInside = wasInside;
    if (!isClosed)
        fail(Words::tr("\"${\" is not closed"), Words::tr("Write $${ where you mean these characters."));
    return isClosed;
}

QString HclParser::escapeSequence()
{
    static const QString from = u"nrt\"\\"_s;
    static const QString to = u"\n\r\t\"\\"_s;
    const QChar letter = peek(1);
    if (const qsizetype known = from.indexOf(letter); known >= 0 && !letter.isNull()) {
        advance(2);
        return QString(to.at(known));
    }
    const qsizetype digits = letter == u'u' ? 4 : letter == u'U' ? 8 : 0;
    bool isHex = false;
    const auto code = m_text.mid(m_at + 2, digits).toUInt(&isHex, 16);
    if (digits == 0 || !isHex || m_at + 2 + digits > m_text.size()) {
        fail(Words::tr("\"\\%1\" means nothing in a string").arg(letter),
             Words::tr("Write \\\\ for a backslash."));
        return {};
    }
    advance(2 + digits);
    const char32_t character = code;
    return QString::fromUcs4(&character, 1);
}

}
