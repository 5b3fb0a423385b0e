// SPDX-License-Identifier: Apache-2.0
#include "lint/nearest.h"

#include <QVarLengthArray>

#include <algorithm>

namespace lint {

int distance(QStringView one, QStringView other)
{
    using Row = QVarLengthArray<int, 64>;
    Row beforeLast(other.size() + 1);
    Row last(other.size() + 1);
    Row row(other.size() + 1);
    for (qsizetype j = 0; j <= other.size(); ++j)
        last[j] = int(j);
    for (qsizetype i = 1; i <= one.size(); ++i) {
        row[0] = int(i);
        for (qsizetype j = 1; j <= other.size(); ++j) {
            const bool isSame = one[i - 1].toCaseFolded() == other[j - 1].toCaseFolded();
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1)});
            const bool isSwapped = i > 1 && j > 1 &&
                                   one[i - 1].toCaseFolded() == other[j - 2].toCaseFolded() &&
                                   one[i - 2].toCaseFolded() == other[j - 1].toCaseFolded();
            if (isSwapped)
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[other.size()];
}

QString nearest(QStringView word, const QStringList &candidates)
{
    constexpr qsizetype longestWord = 64; // nobody mistypes more than that, and noise must not cost time
    QString best;
    if (word.isEmpty() || word.size() > longestWord)
        return best;
    int bestDistance = (word.size() <= 4 ? 1 : 2) + 1;
    for (const QString &candidate : candidates) {
        if (candidate.isEmpty() || std::abs(candidate.size() - word.size()) > 2)
            continue;
        const int steps = distance(word, candidate);
        if (steps < bestDistance && steps < candidate.size()) {
            bestDistance = steps;
            best = candidate;
        }
    }
    return best;
}

}
