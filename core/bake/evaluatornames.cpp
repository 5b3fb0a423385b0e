// SPDX-License-Identifier: Apache-2.0
// Where names get their values: locals, variables of the file and the environment, other blocks.
#include "bake/entries.h"
#include "bake/evaluator.h"
#include "bake/words.h"

namespace bake {

using namespace Qt::StringLiterals;
using Kind = Expression::Kind;

const Block *Evaluator::lastBlock(QStringView type, const QString &name) const
{
    const Block *last = nullptr;
    for (const auto &block : m_body.blocks) {
        if (block.type == type && block.labels.value(0) == name)
            last = &block;
    }
    return last;
}

Value Evaluator::variable(const Expression &expression, const Locals &locals)
{
    const auto local = locals.constFind(expression.name);
    return local != locals.cend() ? *local : defined(expression.name, expression.line);
}

Value Evaluator::defined(const QString &name, int line)
{
    if (const auto known = m_known.constFind(name); known != m_known.cend())
        return *known;
    const auto *attribute = m_body.attribute(name);
    const auto *block = lastBlock(u"variable", name);
    const auto *given = block ? block->body.attribute(u"default") : nullptr;
    if (!attribute && !block) {
        if (m_builtIns.contains(name))
            return Value::ofString(m_builtIns.value(name));
        fail(line, Words::tr("there is no variable \"%1\"").arg(name),
             Words::tr("Add: variable \"%1\" { default = \"\" }").arg(name));
        return {};
    }
    if (m_underWay.contains(name)) {
        fail(line, Words::tr("the variable \"%1\" depends on itself").arg(name));
        return {};
    }
    m_underWay.insert(name);
    const QString fileBefore = m_file;
    if (block && !attribute)
        m_file = block->file;
    const auto *source = attribute ? attribute : given;
    Value result = source ? value(*source->expression, {}) : Value::ofString({});
    const bool isSet = block && m_environment.contains(name);
    if (isSet)
        result = fromEnvironment(*block, source ? result : Value(), m_environment.value(name));
    m_file = fileBefore;
    m_underWay.remove(name);
    m_known.insert(name, result);
    return result;
}

// The environment is text; the type of the default says what it means.
Value Evaluator::fromEnvironment(const Block &variable, const Value &byDefault, const QString &text)
{
    const QString name = variable.labels.value(0);
    const auto *declared = variable.body.attribute(u"type");
    Value::Type type = byDefault.type();
    if (declared) {
        const QString word = declared->expression->kind == Kind::Call ? declared->expression->name
                                                                      : keywordOf(*declared->expression);
        if (word == "list"_L1 || word == "set"_L1 || word == "tuple"_L1)
            return listFromText(variable, text, declared->line);
        type = word == "number"_L1 ? Value::Type::Number
               : word == "bool"_L1 ? Value::Type::Bool
                                   : Value::Type::String;
        if (!QStringList{u"number"_s, u"bool"_s, u"string"_s, u"any"_s}.contains(word))
            fail(declared->line,
                 Words::tr("a variable of type \"%1\" cannot be set by the environment").arg(word));
    }
    switch (type) {
    case Value::Type::Bool:
        if (const auto flag = boolFromText(text))
            return Value::ofBool(*flag);
        fail(variable.line, Words::tr("%1=%2 in the environment is neither true nor false").arg(name, text));
        return {};
    case Value::Type::Number:
        if (const auto number = Value::ofString(text).asNumber())
            return Value::ofNumber(*number);
        fail(variable.line, Words::tr("%1=%2 in the environment is no number").arg(name, text));
        return {};
    case Value::Type::Null:
    case Value::Type::String:
        return Value::ofString(text);
    case Value::Type::List:
    case Value::Type::Map:
        break;
    }
    fail(variable.line,
         Words::tr("%1 is set in the environment, and its default is %2").arg(name, byDefault.typeInWords()),
         Words::tr("Unset it, or say \"type = list(string)\" here."));
    return {};
}

Value Evaluator::listFromText(const Block &variable, const QString &text, int line)
{
    const auto fields = fieldsOfCsv(text);
    if (!fields) {
        fail(line, Words::tr("%1 in the environment is no list with commas").arg(variable.labels.value(0)));
        return {};
    }
    const auto *declared = variable.body.attribute(u"type");
    const auto &operands = declared->expression->operands;
    const bool isOfNumbers = !operands.empty() && keywordOf(*operands.front()) == "number"_L1;
    Value list = Value::ofList();
    for (const auto &field : *fields) {
        const auto number = Value::ofString(field).asNumber();
        if (isOfNumbers && !number)
            fail(line, Words::tr("\"%1\" is no number").arg(field));
        list.append(isOfNumbers ? Value::ofNumber(number.value_or(0)) : Value::ofString(field));
    }
    return list;
}

Value Evaluator::member(const Expression &expression, const Locals &locals)
{
    const Expression &owner = *expression.operands.front();
    // target.app.tags: the attribute of another block, evaluated where it stands.
    if (owner.kind == Kind::Member && owner.operands.front()->kind == Kind::Variable) {
        const QString &type = owner.operands.front()->name;
        if ((type == "target"_L1 || type == "group"_L1) && !locals.contains(type))
            return ofBlock(type, owner.name, expression.name, expression.line);
    }
    const Value object = value(owner, locals);
    if (const auto *found = object.isMap() ? object.find(expression.name) : nullptr)
        return *found;
    bool isNumber = false;
    const auto position = expression.name.toULongLong(&isNumber);
    if (object.isList() && isNumber && position < object.items().size())
        return object.items()[position];
    fail(expression.line, Words::tr("%1 has no \"%2\"").arg(object.typeInWords(), expression.name));
    return {};
}

Value Evaluator::ofBlock(const QString &type, const QString &name, const QString &attribute, int line)
{
    const auto *block = lastBlock(type, name);
    if (!block) {
        fail(line, Words::tr("there is no %1 \"%2\"").arg(type, name));
        return {};
    }
    const QString key = u"%1.%2.%3"_s.arg(type, name, attribute);
    if (m_underWay.contains(key)) {
        fail(line, Words::tr("\"%1\" depends on itself").arg(key));
        return {};
    }
    const auto *source = block->body.attribute(attribute);
    if (!source)
        return {};
    m_underWay.insert(key);
    const QString fileBefore = std::exchange(m_file, block->file);
    Value result = value(*source->expression, {});
    m_file = fileBefore;
    m_underWay.remove(key);
    return result;
}

void Evaluator::checkVariables()
{
    for (const auto &attribute : m_body.attributes)
        defined(attribute.name, attribute.line);
    for (const auto &block : m_body.blocks) {
        if (block.type != "variable"_L1)
            continue;
        m_file = block.file;
        defined(block.labels.value(0), block.line);
        validate(block);
    }
}

void Evaluator::validate(const Block &variable)
{
    for (const auto &block : variable.body.blocks) {
        const auto *condition = block.body.attribute(u"condition");
        const auto *message = block.body.attribute(u"error_message");
        if (block.type != "validation"_L1 || !condition || m_error)
            continue;
        if (!truth(value(*condition->expression, {}), condition->line) && !m_error) {
            const QString words =
                message ? value(*message->expression, {}).asText().value_or(QString()) : QString();
            fail(condition->line,
                 Words::tr("the variable \"%1\" is not valid: %2").arg(variable.labels.value(0), words));
        }
    }
}

}
