// SPDX-License-Identifier: Apache-2.0
#include "language/variablescan.h"

using namespace dockerfile;

namespace language {

namespace {

bool startsName(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool continuesName(QChar c)
{
    return startsName(c) || (c >= u'0' && c <= u'9');
}

// Behind the brace that closes the one before `at`; -1 when it stays open.
qsizetype behindBrace(QStringView text, qsizetype at, qsizetype end, QChar escape)
{
    int depth = 1;
    for (; at < end; ++at) {
        if (text[at] == escape)
            ++at;
        else if (text[at] == u'$' && at + 1 < end && text[at + 1] == u'{')
            ++depth, ++at;
        else if (text[at] == u'}' && --depth == 0)
            return at + 1;
    }
    return -1;
}

// The variable whose $ stands at `at`; its name is empty when there is none.
FoundVariable readVariable(QStringView text, qsizetype at, qsizetype end, QChar escape)
{
    const bool hasBrace = at + 1 < end && text[at + 1] == u'{';
    const qsizetype start = at + (hasBrace ? 2 : 1);
    qsizetype nameEnd = start;
    while (nameEnd < end && (nameEnd == start ? startsName(text[nameEnd]) : continuesName(text[nameEnd])))
        ++nameEnd;
    qsizetype wholeEnd = hasBrace ? behindBrace(text, nameEnd, end, escape) : nameEnd;
    if (wholeEnd < 0)
        wholeEnd = nameEnd;
    return {{start, nameEnd - start}, {at, wholeEnd - at}};
}

}

std::vector<FoundVariable> scanVariables(QStringView text, Span within, QChar escape, Quotes quotes)
{
    std::vector<FoundVariable> found;
    const qsizetype end = within.end();
    bool inDouble = false;
    for (qsizetype at = within.start; at < end; ++at) {
        const QChar c = text[at];
        if (c == escape) {
            ++at;
        } else if (c == u'"' && quotes == Quotes::Count) {
            inDouble = !inDouble;
        } else if (c == u'\'' && quotes == Quotes::Count && !inDouble) {
            const qsizetype close = text.first(end).indexOf(u'\'', at + 1);
            if (close < 0)
                break;
            at = close;
        } else if (c == u'$') {
            const FoundVariable variable = readVariable(text, at, end, escape);
            if (variable.name.length == 0)
                continue;
            found.push_back(variable);
            at = variable.name.end() - 1; // there may be more within the braces
        }
    }
    return found;
}

bool isVariableName(QStringView name)
{
    if (name.isEmpty() || !startsName(name.front()))
        return false;
    for (const QChar c : name)
        if (!continuesName(c))
            return false;
    return true;
}

}
