// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textrange.h"

#include <QRegularExpression>
#include <QString>

#include <vector>

namespace ui {

/// What a person looks for.
struct SearchQuery
{
    QString pattern;
    bool matchCase = false;
    bool wholeWords = false;
    bool isRegex = false;

    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

/// The expression that finds it; an error says what is wrong with the pattern, and where.
base::Result<QRegularExpression> searchExpression(const SearchQuery &query);

struct SearchHits
{
    std::vector<base::TextRange> ranges; ///< ascending, without overlaps; some may be empty ("^")
    bool isCut = false;                  ///< there are more than anybody counts
    bool gaveUp = false;                 ///< the expression tries too many ways to match this text
};

/// All hits within `within`. Text that is no valid UTF-16 is searched as well.
SearchHits findAll(const QRegularExpression &expression, const QString &text, base::TextRange within);

/// What stands for a hit after replacing. With an expression, \1 or $1 is what its first parentheses matched,
/// \0 all of it, \n a line end, \t a tab, \\ and \$ the characters themselves.
QString replacementText(const SearchQuery &query, const QRegularExpressionMatch &match,
                        const QString &replacement);

}
