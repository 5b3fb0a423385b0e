// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/value.h"

#include <QHash>

#include <expected>

namespace bake {

using FunctionResult = std::expected<Value, QString>;

/// The arguments of one call, converted as they are asked for. The first that is not what it should be is the
/// problem that the call ends with.
class Arguments
{
public:
    explicit Arguments(const std::vector<Value> &values)
        : m_values(values)
    {}

    QString text(std::size_t index);
    double number(std::size_t index);
    bool flag(std::size_t index);
    const std::vector<Value> &list(std::size_t index);
    QStringList texts(std::size_t index);
    const Value &map(std::size_t index);
    [[nodiscard]] const std::vector<Value> &all() const { return m_values; }
    [[nodiscard]] const Value &at(std::size_t index) const { return m_values.at(index); }

    /// The value, unless an argument was wrong.
    [[nodiscard]] FunctionResult result(Value value) const
    {
        return m_problem.isEmpty() ? FunctionResult(std::move(value)) : std::unexpected(m_problem);
    }
    [[nodiscard]] FunctionResult result(const QString &text) const { return result(Value::ofString(text)); }
    [[nodiscard]] FunctionResult result(double number) const { return result(Value::ofNumber(number)); }
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    void wrong(std::size_t index, const QString &wanted);

    const std::vector<Value> &m_values;
    QString m_problem;
};

struct Function
{
    int least = 0;
    int most = 0; ///< -1: as many as one likes
    FunctionResult (*body)(Arguments);
};

QHash<QString, Function> textFunctions();
QHash<QString, Function> numberFunctions();
QHash<QString, Function> listFunctions();
QHash<QString, Function> codingFunctions(); ///< hashes, encodings, dates

}
