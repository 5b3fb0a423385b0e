// SPDX-License-Identifier: Apache-2.0
#include "bake/value.h"

#include "bake/words.h"

#include <QLocale>

namespace bake {

using namespace Qt::StringLiterals;

Value Value::ofBool(bool flag)
{
    Value value;
    value.m_type = Type::Bool;
    value.m_flag = flag;
    return value;
}

Value Value::ofNumber(double number)
{
    Value value;
    value.m_type = Type::Number;
    value.m_number = number;
    return value;
}

Value Value::ofString(QString text)
{
    Value value;
    value.m_type = Type::String;
    value.m_text = std::move(text);
    return value;
}

Value Value::ofList(std::vector<Value> items)
{
    Value value;
    value.m_type = Type::List;
    value.m_items = std::move(items);
    return value;
}

Value Value::ofStrings(const QStringList &texts)
{
    Value value = ofList();
    for (const auto &text : texts)
        value.append(ofString(text));
    return value;
}

Value Value::ofMap()
{
    Value value;
    value.m_type = Type::Map;
    return value;
}

void Value::append(Value item)
{
    m_items.push_back(std::move(item));
}

void Value::insert(const QString &key, Value item)
{
    const auto place = std::ranges::lower_bound(m_keys, key);
    const auto index = place - m_keys.begin();
    if (place != m_keys.end() && *place == key) {
        m_items[std::size_t(index)] = std::move(item);
        return;
    }
    m_keys.insert(place, key);
    m_items.insert(m_items.begin() + index, std::move(item));
}

const Value *Value::find(const QString &key) const
{
    const auto place = std::ranges::lower_bound(m_keys, key);
    if (place == m_keys.end() || *place != key)
        return nullptr;
    return &m_items[std::size_t(place - m_keys.begin())];
}

std::optional<QString> Value::asText() const
{
    switch (m_type) {
    case Type::String:
        return m_text;
    case Type::Number:
        return numberText(m_number);
    case Type::Bool:
        return m_flag ? u"true"_s : u"false"_s;
    case Type::Null:
    case Type::List:
    case Type::Map:
        return std::nullopt;
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

std::optional<double> Value::asNumber() const
{
    if (m_type == Type::Number)
        return m_number;
    bool isNumber = false;
    const double number = m_type == Type::String ? QLocale::c().toDouble(m_text, &isNumber) : 0;
    return isNumber ? std::optional(number) : std::nullopt;
}

std::optional<bool> Value::asBool() const
{
    if (m_type == Type::Bool)
        return m_flag;
    if (m_type == Type::String && (m_text == "true"_L1 || m_text == "1"_L1))
        return true;
    if (m_type == Type::String && (m_text == "false"_L1 || m_text == "0"_L1))
        return false;
    return std::nullopt;
}

QString Value::typeInWords() const
{
    switch (m_type) {
    case Type::Null:
        return Words::tr("null");
    case Type::Bool:
        return Words::tr("true or false");
    case Type::Number:
        return Words::tr("a number");
    case Type::String:
        return Words::tr("a string");
    case Type::List:
        return Words::tr("a list");
    case Type::Map:
        return Words::tr("a map");
    }
    Q_UNREACHABLE_RETURN({});
}

QString numberText(double number)
{
    return QString::number(number, 'f', QLocale::FloatingPointShortest);
}

std::optional<bool> boolFromText(const QString &text)
{
    static const QStringList yes{u"1"_s, u"t"_s, u"T"_s, u"true"_s, u"TRUE"_s, u"True"_s};
    static const QStringList no{u"0"_s, u"f"_s, u"F"_s, u"false"_s, u"FALSE"_s, u"False"_s};
    if (yes.contains(text))
        return true;
    if (no.contains(text))
        return false;
    return std::nullopt;
}

}
