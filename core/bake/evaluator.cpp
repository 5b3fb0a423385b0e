// SPDX-License-Identifier: Apache-2.0
#include "bake/evaluator.h"

#include "bake/functions.h"
#include "bake/words.h"

#include <QScopeGuard>

#include <cmath>

namespace bake {

using namespace Qt::StringLiterals;
using Kind = Expression::Kind;

Evaluator::Evaluator(Body body, QProcessEnvironment environment, QHash<QString, QString> builtIns)
    : m_body(std::move(body))
    , m_environment(std::move(environment))
    , m_builtIns(std::move(builtIns))
{}

void Evaluator::fail(int line, const QString &message, const QString &hint)
{
    if (m_error)
        return;
    m_error = base::Error{.kind = base::Error::Kind::Malformed,
                          .message = message,
                          .where = line > 0 ? u"%1:%2"_s.arg(m_file).arg(line) : m_file,
                          .hint = hint};
}

Value Evaluator::value(const Expression &expression, const Locals &locals)
{
    constexpr int deepest = 1000;
    if (m_error)
        return {};
    const auto shallower = qScopeGuard([this] { --m_depth; });
    if (++m_depth > deepest) {
        fail(expression.line, Words::tr("this refers to itself without end"));
        return {};
    }
    switch (expression.kind) {
    case Kind::Literal:
        return expression.value;
    case Kind::Template:
        return templateText(expression, locals);
    case Kind::Variable:
        return variable(expression, locals);
    case Kind::Member:
        return member(expression, locals);
    case Kind::Index:
        return index(expression, locals);
    case Kind::Splat:
        return splat(expression, locals);
    case Kind::Call:
        return call(expression, locals);
    case Kind::Unary:
        return unary(expression, locals);
    case Kind::Binary:
        return binary(expression, locals);
    case Kind::Conditional:
        return conditional(expression, locals);
    case Kind::Tuple:
        return tuple(expression, locals);
    case Kind::Object:
        return object(expression, locals);
    case Kind::For:
        return loop(expression, locals);
    }
    Q_UNREACHABLE_RETURN({});
}

// "${list}" alone keeps its type; with anything beside it, it is text.
Value Evaluator::templateText(const Expression &expression, const Locals &locals)
{
    if (expression.operands.size() == 1)
        return value(*expression.operands.front(), locals);
    QString text;
    for (const auto &part : expression.operands) {
        const Value piece = value(*part, locals);
        const auto asText = piece.asText();
        if (!asText) {
            fail(part->line, Words::tr("%1 cannot be put into a string").arg(piece.typeInWords()));
            return {};
        }
        text += *asText;
    }
    return Value::ofString(text);
}

Value Evaluator::index(const Expression &expression, const Locals &locals)
{
    const Value object = value(*expression.operands.at(0), locals);
    const Value key = value(*expression.operands.at(1), locals);
    if (object.isList()) {
        const auto number = key.asNumber();
        if (number && *number >= 0 && *number < double(object.items().size()))
            return object.items()[std::size_t(*number)];
    } else if (const auto name = key.asText(); object.isMap() && name) {
        if (const auto *found = object.find(*name))
            return *found;
    }
    fail(expression.line,
         object.isList() || object.isMap()
             ? Words::tr("there is no element %1").arg(key.asText().value_or(key.typeInWords()))
             : Words::tr("%1 has no elements").arg(object.typeInWords()));
    return {};
}

Value Evaluator::splat(const Expression &expression, const Locals &locals)
{
    const Value list = value(*expression.operands.at(0), locals);
    Value result = Value::ofList();
    Locals inner = locals;
    for (const auto &item : list.isList() ? list.items() : std::vector{list}) {
        inner.insert(expression.name, item);
        result.append(value(*expression.operands.at(1), inner));
    }
    return result;
}

Value Evaluator::unary(const Expression &expression, const Locals &locals)
{
    const Value operand = value(*expression.operands.front(), locals);
    if (expression.name == "!"_L1)
        return Value::ofBool(!truth(operand, expression.line));
    if (const auto number = operand.asNumber())
        return Value::ofNumber(-*number);
    fail(expression.line, Words::tr("%1 has no negative").arg(operand.typeInWords()));
    return {};
}

bool Evaluator::truth(const Value &value, int line)
{
    const auto flag = value.asBool();
    if (!flag)
        fail(line, Words::tr("%1 stands where true or false should").arg(value.typeInWords()));
    return flag.value_or(false);
}

Value Evaluator::binary(const Expression &expression, const Locals &locals)
{
    const Value left = value(*expression.operands.at(0), locals);
    const Value right = value(*expression.operands.at(1), locals);
    const QString &name = expression.name;
    if (m_error)
        return {};
    if (name == "=="_L1 || name == "!="_L1)
        return Value::ofBool((left == right) == (name == "=="_L1));
    if (name == "&&"_L1 || name == "||"_L1) {
        const bool first = truth(left, expression.line);
        const bool second = truth(right, expression.line);
        return Value::ofBool(name == "&&"_L1 ? first && second : first || second);
    }
    return arithmetic(expression, left, right);
}

Value Evaluator::arithmetic(const Expression &expression, const Value &left, const Value &right)
{
    const auto a = left.asNumber();
    const auto b = right.asNumber();
    if (!a || !b) {
        fail(
            expression.line,
            Words::tr("\"%1\" takes numbers, not %2").arg(expression.name, (a ? right : left).typeInWords()));
        return {};
    }
    switch (expression.name.at(0).unicode()) {
    case u'+':
        return Value::ofNumber(*a + *b);
    case u'-':
        return Value::ofNumber(*a - *b);
    case u'*':
        return Value::ofNumber(*a * *b);
    case u'<':
        return Value::ofBool(expression.name.size() == 2 ? *a <= *b : *a < *b);
    case u'>':
        return Value::ofBool(expression.name.size() == 2 ? *a >= *b : *a > *b);
    default:
        if (*b == 0) {
            fail(expression.line, Words::tr("this divides by zero"));
            return {};
        }
        return Value::ofNumber(expression.name == "/"_L1 ? *a / *b : std::fmod(*a, *b));
    }
}

Value Evaluator::conditional(const Expression &expression, const Locals &locals)
{
    const bool isTrue = truth(value(*expression.operands.at(0), locals), expression.line);
    return value(*expression.operands.at(isTrue ? 1 : 2), locals);
}

Value Evaluator::tuple(const Expression &expression, const Locals &locals)
{
    Value list = Value::ofList();
    for (const auto &item : expression.operands)
        list.append(value(*item, locals));
    return list;
}

Value Evaluator::object(const Expression &expression, const Locals &locals)
{
    Value map = Value::ofMap();
    for (std::size_t i = 0; i + 1 < expression.operands.size(); i += 2) {
        const Value key = value(*expression.operands[i], locals);
        const auto name = key.asText();
        if (!name) {
            fail(expression.operands[i]->line, Words::tr("%1 cannot be a key").arg(key.typeInWords()));
            return {};
        }
        map.insert(*name, value(*expression.operands[i + 1], locals));
    }
    return map;
}

Value Evaluator::loop(const Expression &expression, const Locals &locals)
{
    const Value collection = value(*expression.operands.at(0), locals);
    const auto &key = expression.operands.at(2);
    const auto &condition = expression.operands.at(3);
    if (!m_error && !collection.isList() && !collection.isMap())
        fail(expression.line,
             Words::tr("\"for\" goes over a list or a map, not %1").arg(collection.typeInWords()));
    Value result = key ? Value::ofMap() : Value::ofList();
    Locals inner = locals;
    for (std::size_t i = 0; i < collection.items().size() && !m_error; ++i) {
        inner.insert(expression.name, collection.items()[i]);
        if (!expression.keyName.isEmpty())
            inner.insert(expression.keyName, collection.isMap() ? Value::ofString(collection.keys()[i])
                                                                : Value::ofNumber(double(i)));
        if (condition && !truth(value(*condition, inner), condition->line))
            continue;
        const Value item = value(*expression.operands.at(1), inner);
        if (!key) {
            result.append(item);
            continue;
        }
        const QString name = value(*key, inner).asText().value_or(QString());
        if (!expression.isSpread && result.find(name))
            fail(key->line, Words::tr("the key \"%1\" comes twice").arg(name));
        Value group = Value::ofList();
        if (const auto *before = expression.isSpread ? result.find(name) : nullptr)
            group = *before;
        group.append(item);
        result.insert(name, expression.isSpread ? group : item);
    }
    return result;
}

Value Evaluator::call(const Expression &expression, const Locals &locals)
{
    if (expression.name == "try"_L1 || expression.name == "can"_L1)
        return tried(expression, locals);
    std::vector<Value> arguments;
    for (const auto &operand : expression.operands) {
        const bool isType = expression.name == "convert"_L1 && arguments.size() == 1;
        arguments.push_back(isType ? Value::ofString(keywordOf(*operand)) : value(*operand, locals));
    }
    if (m_error)
        return {};
    if (expression.isSpread) {
        const Value last = arguments.back();
        arguments.pop_back();
        arguments.insert(arguments.end(), last.items().begin(), last.items().end());
    }
    if (const auto *function = lastBlock(u"function", expression.name))
        return ownFunction(*function, arguments, expression.line);
    const auto result = callFunction(expression.name, arguments);
    if (!result) {
        fail(expression.line, Words::tr("there is no function \"%1\"").arg(expression.name),
             Words::tr("Known are %1.").arg(functionNames().join(u", "_s)));
        return {};
    }
    if (!*result) {
        fail(expression.line, u"%1(): %2"_s.arg(expression.name, result->error()));
        return {};
    }
    return **result;
}

// The only functions whose arguments may be wrong.
Value Evaluator::tried(const Expression &expression, const Locals &locals)
{
    for (const auto &operand : expression.operands) {
        const Value result = value(*operand, locals);
        const bool failed = m_error.has_value();
        m_error.reset();
        if (expression.name == "can"_L1)
            return Value::ofBool(!failed);
        if (!failed)
            return result;
    }
    fail(expression.line, Words::tr("no argument of \"%1\" has a value").arg(expression.name));
    return {};
}

Value Evaluator::ownFunction(const Block &function, const std::vector<Value> &arguments, int line)
{
    const auto *parameters = function.body.attribute(u"params");
    const auto *rest = function.body.attribute(u"variadic_params");
    const auto *result = function.body.attribute(u"result");
    if (!parameters || !result) {
        fail(function.line,
             Words::tr("the function \"%1\" has no params, or no result").arg(function.labels.value(0)));
        return {};
    }
    Locals locals;
    std::size_t used = 0;
    for (const auto &parameter : parameters->expression->operands) {
        if (used < arguments.size())
            locals.insert(keywordOf(*parameter), arguments[used]);
        ++used;
    }
    if (used > arguments.size() || (!rest && used < arguments.size())) {
        fail(line, Words::tr("the function \"%1\" takes %2 arguments, not %3")
                       .arg(function.labels.value(0))
                       .arg(used)
                       .arg(arguments.size()));
        return {};
    }
    if (rest) {
        Value others = Value::ofList({arguments.begin() + std::ptrdiff_t(used), arguments.end()});
        locals.insert(keywordOf(*rest->expression), std::move(others));
    }
    return value(*result->expression, locals);
}

QString keywordOf(const Expression &expression)
{
    if (expression.kind == Kind::Variable)
        return expression.name;
    return expression.kind == Kind::Literal ? expression.value.asText().value_or(QString()) : QString();
}

}
