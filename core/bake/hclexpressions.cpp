// SPDX-License-Identifier: Apache-2.0
#include "bake/hclparser.h"
#include "bake/words.h"

#include <QLocale>

namespace bake {

using namespace Qt::StringLiterals;
using Kind = Expression::Kind;

namespace {

ExpressionPointer node(Expression expression)
{
    return std::make_shared<Expression>(std::move(expression));
}

// From the loosest to the tightest; longer ones first, since "<=" begins with "<".
const std::vector<QStringList> &operators()
{
    static const std::vector<QStringList> levels{
        {u"||"_s},          {u"&&"_s},
        {u"=="_s, u"!="_s}, {u"<="_s, u">="_s, u"<"_s, u">"_s},
        {u"+"_s, u"-"_s},   {u"*"_s, u"/"_s, u"%"_s},
    };
    return levels;
}

}

ExpressionPointer HclParser::conditional()
{
    auto condition = binary(0);
    const int line = m_line;
    if (!take(u"?"))
        return condition;
    const bool wasInside = std::exchange(m_isInside, true); // a line may end after ? and :
    auto then = expression();
    if (!take(u":"))
        fail(Words::tr("\"?\" has no \":\""));
    skipBlanks();
    m_isInside = wasInside;
    auto otherwise = expression();
    return node({.kind = Kind::Conditional, .line = line, .operands = {condition, then, otherwise}});
}

ExpressionPointer HclParser::binary(int level)
{
    if (level == int(operators().size()))
        return unary();
    auto left = binary(level + 1);
    for (;;) {
        const int line = m_line;
        const auto &names = operators()[std::size_t(level)];
        const auto name = std::ranges::find_if(names, [this](const QString &word) { return take(word); });
        if (m_error || name == names.end())
            return left;
        auto right = binary(level + 1);
        left = node({.kind = Kind::Binary, .line = line, .name = *name, .operands = {left, right}});
    }
}

ExpressionPointer HclParser::unary()
{
    skipBlanks();
    for (const auto &name : {u"-"_s, u"!"_s}) {
        const int line = m_line;
        if (!startsWith(u"!=") && take(name)) {
            if (++m_depth > 200)
                fail(Words::tr("expressions are nested too deeply"));
            auto operand = unary();
            --m_depth;
            return node({.kind = Kind::Unary, .line = line, .name = name, .operands = {operand}});
        }
    }
    return postfix();
}

ExpressionPointer HclParser::postfix()
{
    auto object = primary();
    while (!m_error) {
        skipBlanks();
        const int line = m_line;
        if (startsWith(u"...")) // of a call's last argument
            return object;
        if (take(u"[")) {
            object = indexed(std::move(object), line);
        } else if (take(u".")) {
            if (take(u"*"))
                return splat(std::move(object), line);
            QString name = identifier();
            while (name.isEmpty() && peek().isDigit()) { // list.0
                name += peek();
                advance();
            }
            if (name.isEmpty())
                fail(Words::tr("a name is missing after the dot"));
            object = node({.kind = Kind::Member, .line = line, .name = name, .operands = {object}});
        } else {
            return object;
        }
    }
    return object;
}

ExpressionPointer HclParser::indexed(ExpressionPointer object, int line)
{
    const bool wasInside = std::exchange(m_isInside, true);
    const bool isSplat = take(u"*");
    auto index = isSplat ? nullptr : expression();
    const bool isClosed = take(u"]");
    m_isInside = wasInside;
    if (!isClosed)
        fail(Words::tr("\"[\" is not closed"));
    if (isSplat)
        return splat(std::move(object), line);
    return node({.kind = Kind::Index, .line = line, .operands = {object, index}});
}

// list[*].a.b: what follows is taken of each element, which stands under a name that no file can use.
ExpressionPointer HclParser::splat(ExpressionPointer list, int line)
{
    const QString element = u"*"_s;
    auto each = node({.kind = Kind::Variable, .line = line, .name = element});
    while (!m_error && take(u"."))
        each = node({.kind = Kind::Member, .line = line, .name = identifier(), .operands = {each}});
    return node({.kind = Kind::Splat, .line = line, .name = element, .operands = {list, each}});
}

ExpressionPointer HclParser::primary()
{
    skipBlanks();
    const QChar next = peek();
    if (next == u'"')
        return quoted();
    if (startsWith(u"<<"))
        return heredoc();
    if (next.isDigit())
        return number();
    if (next.isLetter() || next == u'_')
        return named();
    if (take(u"[")) {
        const bool wasInside = std::exchange(m_isInside, true);
        auto list = tuple();
        m_isInside = wasInside;
        return list;
    }
    if (take(u"{"))
        return object();
    if (take(u"(")) {
        const bool wasInside = std::exchange(m_isInside, true);
        auto inner = expression();
        const bool isClosed = take(u")");
        m_isInside = wasInside;
        if (!isClosed)
            fail(Words::tr("\"(\" is not closed"));
        return inner;
    }
    fail(atEnd() || next == u'\n' ? Words::tr("a value is missing")
                                  : Words::tr("\"%1\" begins no value").arg(next));
    return literal({}, m_line);
}

ExpressionPointer HclParser::number()
{
    const qsizetype start = m_at;
    while (peek().isDigit() || (peek() == u'.' && peek(1).isDigit()))
        advance();
    if (peek().toLower() == u'e' && (peek(1).isDigit() || (peek(2).isDigit() && u"+-"_s.contains(peek(1))))) {
        advance(2);
        while (peek().isDigit())
            advance();
    }
    bool isNumber = false;
    const double value = QLocale::c().toDouble(m_text.sliced(start, m_at - start), &isNumber);
    if (!isNumber)
        fail(Words::tr("\"%1\" is no number").arg(m_text.sliced(start, m_at - start)));
    return literal(Value::ofNumber(value), m_line);
}

ExpressionPointer HclParser::named()
{
    const int line = m_line;
    const QString name = identifier();
    if (peek() == u'(') {
        advance();
        return call(name, line);
    }
    if (name == "true"_L1 || name == "false"_L1)
        return literal(Value::ofBool(name == "true"_L1), line);
    if (name == "null"_L1)
        return literal({}, line);
    return node({.kind = Kind::Variable, .line = line, .name = name});
}

ExpressionPointer HclParser::call(const QString &name, int line)
{
    Expression call{.kind = Kind::Call, .line = line, .name = name};
    const bool wasInside = std::exchange(m_isInside, true);
    while (!m_error && !take(u")")) {
        call.operands.push_back(expression());
        call.isSpread = take(u"...");
        const bool hasMore = !call.isSpread && take(u",");
        if (!hasMore && !take(u")"))
            fail(Words::tr("the call of \"%1\" is not closed").arg(name), Words::tr("End it with )."));
        if (!hasMore)
            break;
    }
    m_isInside = wasInside;
    return node(std::move(call));
}

ExpressionPointer HclParser::tuple()
{
    const int line = m_line;
    skipBlanks();
    if (startsWith(u"for ") || startsWith(u"for\n"))
        return forExpression(u']', line);
    Expression list{.kind = Kind::Tuple, .line = line};
    while (!m_error && !take(u"]")) {
        list.operands.push_back(expression());
        const bool hasMore = take(u",");
        if (hasMore)
            continue;
        if (!take(u"]"))
            fail(Words::tr("a list is not closed, or a comma is missing"), Words::tr("End it with ]."));
        break;
    }
    return node(std::move(list));
}

// Items are parted by commas or line ends; keys are names, strings, or expressions in parentheses.
ExpressionPointer HclParser::object()
{
    const int line = m_line;
    const bool wasInside = std::exchange(m_isInside, true);
    skipBlanks();
    if (startsWith(u"for ") || startsWith(u"for\n")) {
        auto result = forExpression(u'}', line);
        m_isInside = wasInside;
        return result;
    }
    Expression map{.kind = Kind::Object, .line = line};
    while (!m_error) {
        skipBlanksAndLines();
        if (take(u"}"))
            break;
        if (atEnd()) {
            fail(Words::tr("a map is not closed"), Words::tr("End it with }."));
            break;
        }
        map.operands.push_back(objectKey());
        if (!take(u"=") && !take(u":"))
            fail(Words::tr("a key is followed by neither = nor :"));
        skipBlanks();
        m_isInside = false;
        map.operands.push_back(expression());
        const bool hasComma = take(u",");
        if (!m_error && !hasComma && peek() != u'\n' && peek() != u'}')
            fail(Words::tr("\"%1\" stands where a comma or a new line should").arg(peek()));
        m_isInside = true;
    }
    m_isInside = wasInside;
    return node(std::move(map));
}

ExpressionPointer HclParser::objectKey()
{
    const int line = m_line;
    if (!peek().isLetter() && peek() != u'_')
        return primary();
    return literal(Value::ofString(identifier()), line);
}

// [for v in list : expression if condition], {for k, v in map : key => value}
ExpressionPointer HclParser::forExpression(QChar end, int line)
{
    advance(3);
    Expression loop{.kind = Kind::For, .line = line, .name = identifier()};
    if (take(u",")) {
        loop.keyName = loop.name;
        loop.name = identifier();
    }
    if (loop.name.isEmpty() || identifier() != "in"_L1)
        fail(Words::tr("\"for\" is not followed by a name and \"in\""));
    auto collection = expression();
    if (!take(u":"))
        fail(Words::tr("\":\" is missing in \"for\""));
    auto first = expression();
    auto value = first;
    ExpressionPointer key;
    if (end == u'}') {
        if (!take(u"=>"))
            fail(Words::tr("\"=>\" is missing in \"for\""));
        key = first;
        value = expression();
        loop.isSpread = take(u"...");
    }
    skipBlanks();
    ExpressionPointer condition;
    if (startsWith(u"if") && take(u"if"))
        condition = expression();
    if (!take(QString(end)))
        fail(Words::tr("\"for\" is not closed"));
    loop.operands = {collection, value, key, condition};
    return node(std::move(loop));
}

}
