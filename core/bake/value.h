// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace bake {

/// A value of HCL's expression language. Maps keep their keys sorted, as HCL does.
class Value
{
public:
    enum class Type : quint8 { Null, Bool, Number, String, List, Map };

    Value() = default;
    static Value ofBool(bool flag);
    static Value ofNumber(double number);
    static Value ofString(QString text);
    static Value ofList(std::vector<Value> items = {});
    static Value ofStrings(const QStringList &texts);
    static Value ofMap();

    [[nodiscard]] Type type() const { return m_type; }
    [[nodiscard]] bool isNull() const { return m_type == Type::Null; }
    [[nodiscard]] bool isList() const { return m_type == Type::List; }
    [[nodiscard]] bool isMap() const { return m_type == Type::Map; }
    [[nodiscard]] bool flag() const { return m_flag; }
    [[nodiscard]] double number() const { return m_number; }
    [[nodiscard]] const QString &string() const { return m_text; }
    [[nodiscard]] const std::vector<Value> &items() const { return m_items; } ///< of a list or a map
    [[nodiscard]] const std::vector<QString> &keys() const { return m_keys; } ///< of a map, as items()

    void append(Value item);                                   ///< lists
    void insert(const QString &key, Value item);               ///< maps; replaces
    [[nodiscard]] const Value *find(const QString &key) const; ///< maps; null when it is not there

    /// The conversions that HCL makes by itself; nothing where it would refuse.
    [[nodiscard]] std::optional<QString> asText() const;
    [[nodiscard]] std::optional<double> asNumber() const;
    [[nodiscard]] std::optional<bool> asBool() const;

    /// For a person: "a string", "a list".
    [[nodiscard]] QString typeInWords() const;

    friend bool operator==(const Value &, const Value &) = default;

private:
    Type m_type = Type::Null;
    bool m_flag = false;
    double m_number = 0;
    QString m_text;
    std::vector<Value> m_items;
    std::vector<QString> m_keys;
};

/// 3 -> "3", 1.5 -> "1.5": never an exponent.
QString numberText(double number);

/// What Go's strconv.ParseBool takes.
std::optional<bool> boolFromText(const QString &text);

}
