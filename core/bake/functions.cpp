// SPDX-License-Identifier: Apache-2.0
#include "bake/functions.h"

#include "bake/functiontables.h"
#include "bake/words.h"

namespace bake {

using namespace Qt::StringLiterals;

namespace {

const QHash<QString, Function> &allFunctions()
{
    static const QHash<QString, Function> all = [] {
        QHash<QString, Function> table;
        for (const auto &part : {textFunctions(), numberFunctions(), listFunctions(), codingFunctions()})
            table.insert(part);
        return table;
    }();
    return all;
}

}

std::optional<std::expected<Value, QString>> callFunction(const QString &name,
                                                          const std::vector<Value> &arguments)
{
    const auto function = allFunctions().constFind(name);
    if (function == allFunctions().cend())
        return std::nullopt;
    const auto count = int(arguments.size());
    if (count < function->least || (function->most >= 0 && count > function->most))
        return std::unexpected(Words::tr("takes %1 arguments, not %2").arg(function->least).arg(count));
    return function->body(Arguments(arguments));
}

QStringList functionNames()
{
    QStringList names = allFunctions().keys();
    names << u"can"_s << u"try"_s;
    names.sort();
    return names;
}

QString Arguments::text(std::size_t index)
{
    const auto text = index < m_values.size() ? m_values[index].asText() : QString();
    if (!text)
        wrong(index, Words::tr("a string"));
    return text.value_or(QString());
}

double Arguments::number(std::size_t index)
{
    const auto number = index < m_values.size() ? m_values[index].asNumber() : std::nullopt;
    if (!number)
        wrong(index, Words::tr("a number"));
    return number.value_or(0);
}

bool Arguments::flag(std::size_t index)
{
    const auto flag = index < m_values.size() ? m_values[index].asBool() : std::nullopt;
    if (!flag)
        wrong(index, Words::tr("true or false"));
    return flag.value_or(false);
}

const std::vector<Value> &Arguments::list(std::size_t index)
{
    static const std::vector<Value> none;
    if (index >= m_values.size() || !m_values[index].isList()) {
        wrong(index, Words::tr("a list"));
        return none;
    }
    return m_values[index].items();
}

const Value &Arguments::map(std::size_t index)
{
    static const Value none = Value::ofMap();
    if (index >= m_values.size() || !m_values[index].isMap()) {
        wrong(index, Words::tr("a map"));
        return none;
    }
    return m_values[index];
}

QStringList Arguments::texts(std::size_t index)
{
    QStringList texts;
    for (const auto &item : list(index)) {
        if (!item.asText())
            wrong(index, Words::tr("a list of strings"));
        texts.append(item.asText().value_or(QString()));
    }
    return texts;
}

void Arguments::wrong(std::size_t index, const QString &wanted)
{
    if (m_problem.isEmpty())
        m_problem = Words::tr("argument %1 should be %2").arg(index + 1).arg(wanted);
}

}
