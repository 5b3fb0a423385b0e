// SPDX-License-Identifier: Apache-2.0
#include "bake/functiontables.h"
#include "bake/words.h"

#include <cmath>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

FunctionResult quotient(Arguments arguments, bool isRemainder)
{
    const double by = arguments.number(1);
    if (arguments.problem().isEmpty() && by == 0)
        return std::unexpected(Words::tr("divides by zero"));
    const double number = arguments.number(0);
    return arguments.result(isRemainder ? std::fmod(number, by) : number / by);
}

FunctionResult parsedInteger(Arguments arguments)
{
    const int base = int(arguments.number(1));
    bool isNumber = false;
    const qlonglong value = base >= 2 && base <= 36 ? arguments.text(0).toLongLong(&isNumber, base) : 0;
    if (!isNumber)
        return std::unexpected(Words::tr("\"%1\" is no number in base %2").arg(arguments.text(0)).arg(base));
    return arguments.result(double(value));
}

// The outermost of all arguments, by `isBetter`.
FunctionResult outermost(Arguments arguments, bool wantsLargest)
{
    double best = arguments.number(0);
    for (std::size_t i = 1; i < arguments.all().size(); ++i)
        best = wantsLargest ? std::max(best, arguments.number(i)) : std::min(best, arguments.number(i));
    return arguments.result(best);
}

// range(end), range(start, end), range(start, end, step)
FunctionResult numbers(Arguments arguments)
{
    constexpr int most = 1024; // as in cty
    const bool onlyEnd = arguments.all().size() == 1;
    const double start = onlyEnd ? 0 : arguments.number(0);
    const double end = arguments.number(onlyEnd ? 0 : 1);
    const double step = arguments.all().size() == 3 ? arguments.number(2) : (end < start ? -1 : 1);
    if (step == 0 || (step > 0) != (end >= start))
        return std::unexpected(Words::tr("the step never reaches the end"));
    Value list = Value::ofList();
    for (double at = start; step > 0 ? at < end : at > end; at += step) {
        if (list.items().size() == most)
            return std::unexpected(Words::tr("more than %1 numbers").arg(most));
        list.append(Value::ofNumber(at));
    }
    return arguments.result(std::move(list));
}

FunctionResult converted(Arguments arguments)
{
    const Value &value = arguments.at(0);
    const QString type = arguments.text(1);
    if (type == "string"_L1)
        return arguments.result(arguments.text(0));
    if (type == "number"_L1)
        return arguments.result(arguments.number(0));
    if (type == "bool"_L1)
        return arguments.result(Value::ofBool(arguments.flag(0)));
    return type.isEmpty() || type == "any"_L1
               ? arguments.result(value)
               : std::unexpected(Words::tr("converts to string, number and bool, not to \"%1\"").arg(type));
}

}

QHash<QString, Function> numberFunctions()
{
    using A = Arguments;
    return {
        {u"absolute"_s, {1, 1, [](A a) { return a.result(std::abs(a.number(0))); }}},
        {u"add"_s, {2, 2, [](A a) { return a.result(a.number(0) + a.number(1)); }}},
        {u"and"_s, {2, 2, [](A a) { return a.result(Value::ofBool(a.flag(0) && a.flag(1))); }}},
        {u"ceil"_s, {1, 1, [](A a) { return a.result(std::ceil(a.number(0))); }}},
        {u"convert"_s, {2, 2, converted}},
        {u"divide"_s, {2, 2, [](A a) { return quotient(a, false); }}},
        {u"equal"_s, {2, 2, [](A a) { return a.result(Value::ofBool(a.at(0) == a.at(1))); }}},
        {u"floor"_s, {1, 1, [](A a) { return a.result(std::floor(a.number(0))); }}},
        {u"greaterthan"_s, {2, 2, [](A a) { return a.result(Value::ofBool(a.number(0) > a.number(1))); }}},
        {u"greaterthanorequalto"_s,
         {2, 2, [](A a) { return a.result(Value::ofBool(a.number(0) >= a.number(1))); }}},
        {u"int"_s, {1, 1, [](A a) { return a.result(std::trunc(a.number(0))); }}},
        {u"lessthan"_s, {2, 2, [](A a) { return a.result(Value::ofBool(a.number(0) < a.number(1))); }}},
        {u"lessthanorequalto"_s,
         {2, 2, [](A a) { return a.result(Value::ofBool(a.number(0) <= a.number(1))); }}},
        {u"log"_s, {2, 2, [](A a) { return a.result(std::log(a.number(0)) / std::log(a.number(1))); }}},
        {u"max"_s, {1, -1, [](A a) { return outermost(a, true); }}},
        {u"min"_s, {1, -1, [](A a) { return outermost(a, false); }}},
        {u"modulo"_s, {2, 2, [](A a) { return quotient(a, true); }}},
        {u"multiply"_s, {2, 2, [](A a) { return a.result(a.number(0) * a.number(1)); }}},
        {u"negate"_s, {1, 1, [](A a) { return a.result(-a.number(0)); }}},
        {u"not"_s, {1, 1, [](A a) { return a.result(Value::ofBool(!a.flag(0))); }}},
        {u"notequal"_s, {2, 2, [](A a) { return a.result(Value::ofBool(!(a.at(0) == a.at(1)))); }}},
        {u"or"_s, {2, 2, [](A a) { return a.result(Value::ofBool(a.flag(0) || a.flag(1))); }}},
        {u"parseint"_s, {2, 2, parsedInteger}},
        {u"pow"_s, {2, 2, [](A a) { return a.result(std::pow(a.number(0), a.number(1))); }}},
        {u"range"_s, {1, 3, numbers}},
        {u"signum"_s, {1, 1, [](A a) { return a.result(double((a.number(0) > 0) - (a.number(0) < 0))); }}},
        {u"subtract"_s, {2, 2, [](A a) { return a.result(a.number(0) - a.number(1)); }}},
    };
}

}
