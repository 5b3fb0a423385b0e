// SPDX-License-Identifier: Apache-2.0
#include "bake/functiontables.h"
#include "bake/words.h"

#include <cmath>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

bool contains(const std::vector<Value> &list, const Value &value)
{
    return std::ranges::find(list, value) != list.end();
}

Value distinct(const std::vector<Value> &list)
{
    Value out = Value::ofList();
    for (const auto &item : list) {
        if (!contains(out.items(), item))
            out.append(item);
    }
    return out;
}

// Sets of strings come out sorted, as cty keeps them.
Value sorted(const Value &list)
{
    std::vector<Value> items = list.items();
    std::ranges::stable_sort(items, {}, [](const Value &item) { return item.asText().value_or(QString()); });
    return Value::ofList(std::move(items));
}

void flattenInto(Value &out, const std::vector<Value> &list)
{
    for (const auto &item : list) {
        if (item.isList())
            flattenInto(out, item.items());
        else
            out.append(item);
    }
}

FunctionResult coalesce(Arguments arguments)
{
    const auto found = std::ranges::find_if_not(arguments.all(), &Value::isNull);
    if (found == arguments.all().end())
        return std::unexpected(Words::tr("every argument is null"));
    return *found;
}

FunctionResult coalesceList(Arguments arguments)
{
    const auto found = std::ranges::find_if(arguments.all(),
                                            [](const Value &v) { return v.isList() && !v.items().empty(); });
    if (found == arguments.all().end())
        return std::unexpected(Words::tr("every argument is empty"));
    return *found;
}

FunctionResult chunks(Arguments arguments)
{
    const auto size = std::size_t(std::max(arguments.number(1), 1.0));
    Value out = Value::ofList();
    const auto &items = arguments.list(0);
    for (std::size_t at = 0; at < items.size(); at += size) {
        const auto end = std::min(at + size, items.size());
        out.append(Value::ofList({items.begin() + std::ptrdiff_t(at), items.begin() + std::ptrdiff_t(end)}));
    }
    return arguments.result(std::move(out));
}

FunctionResult element(Arguments arguments)
{
    const auto &items = arguments.list(0);
    const double at = arguments.number(1);
    if (items.empty() || at < 0)
        return std::unexpected(Words::tr("there is no such element"));
    return arguments.result(items[std::size_t(std::fmod(at, double(items.size())))]);
}

FunctionResult indexed(Arguments arguments)
{
    const Value &object = arguments.at(0);
    if (object.isMap()) {
        const auto *found = object.find(arguments.text(1));
        return found ? FunctionResult(*found) : std::unexpected(Words::tr("there is no such key"));
    }
    const auto &items = arguments.list(0);
    const double at = arguments.number(1);
    if (at < 0 || at >= double(items.size()))
        return std::unexpected(Words::tr("there is no such element"));
    return arguments.result(items[std::size_t(at)]);
}

FunctionResult hasIndex(Arguments arguments)
{
    const Value &object = arguments.at(0);
    if (object.isMap())
        return arguments.result(Value::ofBool(object.find(arguments.text(1)) != nullptr));
    const double at = arguments.number(1);
    return arguments.result(Value::ofBool(at >= 0 && at < double(arguments.list(0).size())));
}

FunctionResult indexOf(Arguments arguments)
{
    const auto &items = arguments.list(0);
    const auto found = std::ranges::find(items, arguments.at(1));
    if (found == items.end())
        return std::unexpected(Words::tr("the list does not hold it"));
    return arguments.result(double(found - items.begin()));
}

FunctionResult lookup(Arguments arguments)
{
    const auto *found = arguments.map(0).find(arguments.text(1));
    if (!found && arguments.all().size() < 3)
        return std::unexpected(Words::tr("there is no key \"%1\"").arg(arguments.text(1)));
    return arguments.result(found ? *found : arguments.at(2));
}

FunctionResult merged(Arguments arguments)
{
    Value out = Value::ofMap();
    for (std::size_t i = 0; i < arguments.all().size(); ++i) {
        if (arguments.at(i).isNull())
            continue;
        const Value &map = arguments.map(i);
        for (std::size_t k = 0; k < map.keys().size(); ++k)
            out.insert(map.keys()[k], map.items()[k]);
    }
    return arguments.result(std::move(out));
}

FunctionResult slice(Arguments arguments)
{
    const auto &items = arguments.list(0);
    const double start = arguments.number(1);
    const double end = arguments.number(2);
    if (start < 0 || end > double(items.size()) || start > end)
        return std::unexpected(Words::tr("the list has no such part"));
    return arguments.result(
        Value::ofList({items.begin() + std::ptrdiff_t(start), items.begin() + std::ptrdiff_t(end)}));
}

enum class SetOperation { Union, Intersection, Difference, SymmetricDifference };

FunctionResult setOf(Arguments arguments, SetOperation operation)
{
    Value left = distinct(arguments.list(0));
    for (std::size_t i = 1; i < arguments.all().size(); ++i) {
        const Value right = distinct(arguments.list(i));
        Value out = Value::ofList();
        for (const auto &item : left.items()) {
            const bool inBoth = contains(right.items(), item);
            if (operation == SetOperation::Union || inBoth == (operation == SetOperation::Intersection))
                out.append(item);
        }
        for (const auto &item : right.items()) {
            const bool wanted =
                operation == SetOperation::Union || operation == SetOperation::SymmetricDifference;
            if (wanted && !contains(left.items(), item))
                out.append(item);
        }
        left = out;
    }
    return arguments.result(sorted(left));
}

FunctionResult product(Arguments arguments)
{
    constexpr std::size_t most = 100'000;
    std::vector<std::vector<Value>> rows{{}};
    for (std::size_t i = 0; i < arguments.all().size(); ++i) {
        std::vector<std::vector<Value>> longer;
        if (rows.size() * arguments.list(i).size() > most)
            return std::unexpected(Words::tr("the product is too large"));
        for (const auto &row : rows) {
            for (const auto &item : arguments.list(i)) {
                longer.push_back(row);
                longer.back().push_back(item);
            }
        }
        rows = std::move(longer);
    }
    Value out = Value::ofList();
    for (auto &row : rows)
        out.append(Value::ofList(std::move(row)));
    return arguments.result(std::move(out));
}

FunctionResult zipped(Arguments arguments)
{
    const QStringList keys = arguments.texts(0);
    const auto &values = arguments.list(1);
    if (std::size_t(keys.size()) != values.size())
        return std::unexpected(Words::tr("the lists are not equally long"));
    Value out = Value::ofMap();
    for (qsizetype i = 0; i < keys.size(); ++i)
        out.insert(keys.at(i), values[std::size_t(i)]);
    return arguments.result(std::move(out));
}

FunctionResult length(Arguments arguments)
{
    const Value &value = arguments.at(0);
    if (!value.isMap())
        arguments.list(0);
    return arguments.result(double(value.items().size()));
}

FunctionResult concatenated(Arguments arguments)
{
    Value out = Value::ofList();
    for (std::size_t i = 0; i < arguments.all().size(); ++i) {
        for (const auto &item : arguments.list(i))
            out.append(item);
    }
    return arguments.result(std::move(out));
}

FunctionResult flattened(Arguments arguments)
{
    Value out = Value::ofList();
    flattenInto(out, arguments.list(0));
    return arguments.result(std::move(out));
}

FunctionResult compacted(Arguments arguments)
{
    QStringList texts = arguments.texts(0);
    texts.removeAll(QString());
    return arguments.result(Value::ofStrings(texts));
}

FunctionResult reversedList(Arguments arguments)
{
    std::vector<Value> items = arguments.list(0);
    std::ranges::reverse(items);
    return arguments.result(Value::ofList(std::move(items)));
}

FunctionResult keysOf(Arguments arguments)
{
    const auto &keys = arguments.map(0).keys();
    return arguments.result(Value::ofStrings(QStringList(keys.begin(), keys.end())));
}

}

QHash<QString, Function> listFunctions()
{
    using A = Arguments;
    return {
        {u"chunklist"_s, {2, 2, chunks}},
        {u"coalesce"_s, {1, -1, coalesce}},
        {u"coalescelist"_s, {1, -1, coalesceList}},
        {u"compact"_s, {1, 1, compacted}},
        {u"concat"_s, {1, -1, concatenated}},
        {u"contains"_s, {2, 2, [](A a) { return a.result(Value::ofBool(contains(a.list(0), a.at(1)))); }}},
        {u"distinct"_s, {1, 1, [](A a) { return a.result(distinct(a.list(0))); }}},
        {u"element"_s, {2, 2, element}},
        {u"flatten"_s, {1, 1, flattened}},
        {u"hasindex"_s, {2, 2, hasIndex}},
        {u"index"_s, {2, 2, indexed}},
        {u"indexof"_s, {2, 2, indexOf}},
        {u"keys"_s, {1, 1, keysOf}},
        {u"length"_s, {1, 1, length}},
        {u"lookup"_s, {2, 3, lookup}},
        {u"merge"_s, {0, -1, merged}},
        {u"reverselist"_s, {1, 1, reversedList}},
        {u"sethaselement"_s,
         {2, 2, [](A a) { return a.result(Value::ofBool(contains(a.list(0), a.at(1)))); }}},
        {u"setintersection"_s, {1, -1, [](A a) { return setOf(a, SetOperation::Intersection); }}},
        {u"setproduct"_s, {1, -1, product}},
        {u"setsubtract"_s, {2, 2, [](A a) { return setOf(a, SetOperation::Difference); }}},
        {u"setsymmetricdifference"_s,
         {1, -1, [](A a) { return setOf(a, SetOperation::SymmetricDifference); }}},
        {u"setunion"_s, {1, -1, [](A a) { return setOf(a, SetOperation::Union); }}},
        {u"slice"_s, {3, 3, slice}},
        {u"sort"_s, {1, 1, [](A a) { return a.result(sorted(Value::ofStrings(a.texts(0)))); }}},
        {u"values"_s, {1, 1, [](A a) { return a.result(Value::ofList(a.map(0).items())); }}},
        {u"zipmap"_s, {2, 2, zipped}},
    };
}

}
