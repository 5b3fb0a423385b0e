// SPDX-License-Identifier: Apache-2.0
#include "graph/emptyvariables.h"

using namespace Qt::StringLiterals;

namespace graph {

namespace {

bool isUsedPlainly(QStringView word, const QString &name)
{
    const auto isNamePart = [](QChar c) { return c.isLetterOrNumber() || c == u'_'; };
    for (qsizetype at = word.indexOf(name); at >= 0; at = word.indexOf(name, at + 1)) {
        const qsizetype end = at + name.size();
        const bool isWhole = end == word.size() || !isNamePart(word[end]);
        if (!isWhole)
            continue;
        if (at > 0 && word[at - 1] == u'$')
            return true;
        const bool isBraced = at > 1 && word[at - 1] == u'{' && word[at - 2] == u'$';
        const QStringView rest = word.mid(end);
        const bool hasDefault = rest.startsWith(u'-') || rest.startsWith(u'+') || rest.startsWith(":-"_L1) ||
                                rest.startsWith(":+"_L1);
        if (isBraced && !hasDefault)
            return true;
    }
    return false;
}

}

QStringList emptyVariables(const QString &word, const dockerfile::Expansion &expansion)
{
    QStringList names;
    for (const QString &name : expansion.undefined) {
        if (isUsedPlainly(word, name))
            names.append(name);
    }
    return names;
}

}
