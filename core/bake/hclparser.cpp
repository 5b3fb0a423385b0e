// SPDX-License-Identifier: Apache-2.0
#include "bake/hclparser.h"

#include "bake/words.h"

namespace bake {

using namespace Qt::StringLiterals;

const Attribute *Body::attribute(QStringView name) const
{
    const auto found = std::ranges::find(attributes, name, &Attribute::name);
    return found == attributes.end() ? nullptr : &*found;
}

Body HclParser::body()
{
    Body body;
    bodyUntil({}, body);
    return body;
}

void HclParser::bodyUntil(QChar end, Body &body)
{
    constexpr int deepest = 50;
    if (++m_depth > deepest)
        fail(Words::tr("blocks are nested too deeply"));
    const bool wasInside = std::exchange(m_isInside, false);
    for (;;) {
        skipBlanksAndLines();
        if (m_error || (atEnd() && end.isNull()) || (!end.isNull() && peek() == end))
            break;
        const int line = m_line;
        const QString name = identifier();
        if (name.isEmpty()) {
            fail(atEnd() ? Words::tr("a block is not closed")
                         : Words::tr("\"%1\" begins neither an argument nor a block").arg(peek()),
                 atEnd() ? Words::tr("End it with }.") : QString());
            break;
        }
        if (!startsWith(u"==") && take(u"=")) {
            if (body.attribute(name))
                fail(Words::tr("\"%1\" is set twice").arg(name));
            body.attributes.push_back({.name = name, .expression = expression(), .line = line});
        } else {
            body.blocks.push_back(block(name, line));
        }
        endOfItem();
    }
    m_isInside = wasInside;
    --m_depth;
}

Block HclParser::block(const QString &type, int line)
{
    Block block{.type = type, .file = m_file, .line = line};
    while (!m_error && !take(u"{")) {
        const QString name = label();
        if (name.isEmpty()) {
            fail(Words::tr("\"%1\" is followed by neither = nor {").arg(type));
            return block;
        }
        block.labels.append(name);
    }
    bodyUntil(u'}', block.body);
    if (!m_error)
        advance();
    return block;
}

QString HclParser::label()
{
    skipBlanks();
    if (peek() != u'"')
        return identifier();
    advance();
    const qsizetype start = m_at;
    while (!atEnd() && peek() != u'"' && peek() != u'\n')
        advance();
    const QString name = m_text.sliced(start, m_at - start);
    if (peek() != u'"')
        fail(Words::tr("a name in quotes is not closed"));
    advance();
    return name;
}

ExpressionPointer HclParser::expression()
{
    constexpr int deepest = 200;
    if (++m_depth > deepest)
        fail(Words::tr("expressions are nested too deeply"));
    auto result = m_error ? literal({}, m_line) : conditional();
    --m_depth;
    return result;
}

ExpressionPointer literal(Value value, int line)
{
    return std::make_shared<Expression>(
        Expression{.kind = Expression::Kind::Literal, .line = line, .value = std::move(value)});
}

base::Result<Body> bodyFromHcl(const QString &text, const QString &file)
{
    HclParser parser(text, file);
    Body body = parser.body();
    if (parser.error())
        return std::unexpected(*parser.error());
    return body;
}

}
