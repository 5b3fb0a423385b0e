// SPDX-License-Identifier: Apache-2.0
#include "language/match.h"

namespace language {

namespace {

constexpr int wholeScore = 1000;
constexpr int prefixScore = 500;
constexpr int togetherScore = 200; ///< all letters in a row, somewhere
constexpr int partScore = 20;      ///< a letter that starts a part of the candidate
constexpr int nextScore = 10;      ///< a letter right behind the one before
constexpr int caseScore = 1;

bool startsPart(QStringView text, qsizetype at)
{
    if (at == 0)
        return text[0].isLetterOrNumber();
    const QChar before = text[at - 1];
    return text[at].isLetterOrNumber() &&
           (!before.isLetterOrNumber() || (before.isLower() && text[at].isUpper()));
}

bool isSame(QChar one, QChar other)
{
    return one == other || one.toCaseFolded() == other.toCaseFolded();
}

Match together(QStringView typed, QStringView candidate, qsizetype at, int score)
{
    Match found{.score = score, .places = {}};
    for (qsizetype i = 0; i < typed.size(); ++i) {
        found.score += typed[i] == candidate[at + i] ? caseScore : 0;
        found.places.push_back(at + i);
    }
    return found;
}

// Letters in their order, the first of them at `at`: each right behind the one before if it can be, else at
// the start of a part, else wherever it comes next.
std::optional<Match> scattered(QStringView typed, QStringView candidate, qsizetype at, bool preferParts)
{
    Match found;
    for (qsizetype i = 0; i < typed.size(); ++i, ++at) {
        const auto isHere = [&](qsizetype place) { return isSame(typed[i], candidate[place]); };
        const bool isNext = at < candidate.size() && isHere(at);
        qsizetype place = at;
        if (!isNext) {
            while (preferParts && place < candidate.size() &&
                   !(isHere(place) && startsPart(candidate, place)))
                ++place;
            if (place == candidate.size() || !preferParts)
                for (place = at; place < candidate.size() && !isHere(place);)
                    ++place;
        }
        if (place >= candidate.size())
            return std::nullopt;
        found.score += startsPart(candidate, place) ? partScore : 0;
        found.score += isNext && i > 0 ? nextScore : 0;
        found.score += candidate[place] == typed[i] ? caseScore : 0;
        found.places.push_back(place);
        at = place;
    }
    return found;
}

}

std::optional<Match> match(QStringView typed, QStringView candidate)
{
    if (typed.isEmpty())
        return Match{};
    if (candidate.startsWith(typed, Qt::CaseInsensitive))
        return together(typed, candidate, 0, typed.size() == candidate.size() ? wholeScore : prefixScore);
    if (const qsizetype at = candidate.indexOf(typed, 0, Qt::CaseInsensitive); at >= 0)
        return together(typed, candidate, at, togetherScore + (startsPart(candidate, at) ? partScore : 0));
    // What is scattered begins at the start of a part, or nearly everything would fit.
    for (qsizetype at = 0; at + typed.size() <= candidate.size(); ++at) {
        if (!isSame(typed.front(), candidate[at]) || !startsPart(candidate, at))
            continue;
        if (auto found = scattered(typed, candidate, at, true))
            return found;
        if (auto found = scattered(typed, candidate, at, false))
            return found;
    }
    return std::nullopt;
}

}
