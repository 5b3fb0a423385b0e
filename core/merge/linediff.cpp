// SPDX-License-Identifier: Apache-2.0
#include "merge/linediff.h"

#include <QHash>

#include <algorithm>
#include <span>

namespace merge {

namespace {

using Ids = std::span<const int>; // lines as numbers: equal lines have equal ones

// Beyond this many differing lines in one gap the shortest answer is not worth its time (it grows with the
// square).
constexpr int mostDifferences = 1500;

class Differ
{
public:
    Differ(Ids before, Ids after, int idCount)
        : m_before(before)
        , m_after(after)
        , m_counts(size_t(idCount))
    {}

    std::vector<Change> run()
    {
        compare(0, int(m_before.size()), 0, int(m_after.size()));
        return std::move(m_changes);
    }

private:
    struct Pair
    {
        int before;
        int after;
    };
    struct Count
    {
        int before = 0;
        int after = 0;
        int placeAfter = 0;
    };

    void compare(int b, int bEnd, int a, int aEnd);
    std::vector<Pair> anchors(int b, int bEnd, int a, int aEnd);
    void compareShortest(int b, int bEnd, int a, int aEnd);
    void walkBack(const std::vector<std::vector<int>> &trace, int b, int bEnd, int a, int aEnd);
    void replaced(int b, int bEnd, int a, int aEnd);

    Ids m_before;
    Ids m_after;
    std::vector<Count> m_counts;
    std::vector<Change> m_changes;
};

void Differ::replaced(int b, int bEnd, int a, int aEnd)
{
    if (b == bEnd && a == aEnd)
        return;
    if (!m_changes.empty() && m_changes.back().oldEnd() == b && m_changes.back().newEnd() == a) {
        m_changes.back().oldCount += bEnd - b;
        m_changes.back().newCount += aEnd - a;
        return;
    }
    m_changes.push_back({b, bEnd - b, a, aEnd - a});
}

void Differ::compare(int b, int bEnd, int a, int aEnd)
{
    while (b < bEnd && a < aEnd && m_before[size_t(b)] == m_after[size_t(a)])
        ++b, ++a;
    while (b < bEnd && a < aEnd && m_before[size_t(bEnd - 1)] == m_after[size_t(aEnd - 1)])
        --bEnd, --aEnd;
    if (b == bEnd || a == aEnd) {
        replaced(b, bEnd, a, aEnd);
        return;
    }
    const auto pairs = anchors(b, bEnd, a, aEnd);
    if (pairs.empty()) {
        compareShortest(b, bEnd, a, aEnd);
        return;
    }
    for (const auto [before, after] : pairs) {
        compare(b, before, a, after);
        b = before + 1;
        a = after + 1;
    }
    compare(b, bEnd, a, aEnd);
}

// Lines that both sides have exactly once, of those the longest row that keeps their order.
std::vector<Differ::Pair> Differ::anchors(int b, int bEnd, int a, int aEnd)
{
    const auto countOf = [this](int id) -> Count & { return m_counts[size_t(id)]; };
    for (int i = b; i < bEnd; ++i)
        ++countOf(m_before[size_t(i)]).before;
    for (int i = a; i < aEnd; ++i) {
        ++countOf(m_after[size_t(i)]).after;
        countOf(m_after[size_t(i)]).placeAfter = i;
    }
    std::vector<Pair> unique;
    for (int i = b; i < bEnd; ++i)
        if (const auto &count = countOf(m_before[size_t(i)]); count.before == 1 && count.after == 1)
            unique.push_back({i, count.placeAfter});
    for (int i = b; i < bEnd; ++i)
        countOf(m_before[size_t(i)]) = {};
    for (int i = a; i < aEnd; ++i)
        countOf(m_after[size_t(i)]) = {};

    std::vector<int> tails; // of the best row of each length, as an index into `unique`
    std::vector<int> previous(unique.size(), -1);
    for (int i = 0; i < int(unique.size()); ++i) {
        const auto place = std::ranges::lower_bound(tails, unique[size_t(i)].after, {},
                                                    [&](int tail) { return unique[size_t(tail)].after; });
        if (place != tails.begin())
            previous[size_t(i)] = *std::prev(place);
        if (place == tails.end())
            tails.push_back(i);
        else
            *place = i;
    }
    std::vector<Pair> row;
    for (int i = tails.empty() ? -1 : tails.back(); i >= 0; i = previous[size_t(i)])
        row.push_back(unique[size_t(i)]);
    std::ranges::reverse(row);
    return row;
}

// Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), the greedy form: trace[d][k] is how far
// the path with d differences on diagonal k reaches in the text before.
void Differ::compareShortest(int b, int bEnd, int a, int aEnd)
{
    const int oldCount = bEnd - b;
    const int newCount = aEnd - a;
    const int most = std::min(oldCount + newCount, mostDifferences);
    std::vector<std::vector<int>> trace;
    for (int d = 0; d <= most; ++d) {
        std::vector<int> reach(size_t(2 * d + 1));
        for (int k = -d; k <= d; k += 2) {
            const auto last = [&](int diagonal) { return trace.back()[size_t(diagonal + d - 1)]; };
            int x = 0;
            if (d > 0) {
                const bool isDown = k == -d || (k != d && last(k - 1) < last(k + 1));
                x = isDown ? last(k + 1) : last(k - 1) + 1;
            }
            while (x < oldCount && x - k < newCount && x - k >= 0 &&
                   m_before[size_t(b + x)] == m_after[size_t(a + x - k)])
                ++x;
            reach[size_t(k + d)] = x;
            if (x >= oldCount && x - k >= newCount) {
                trace.push_back(std::move(reach));
                walkBack(trace, b, bEnd, a, aEnd);
                return;
            }
        }
        trace.push_back(std::move(reach));
    }
    replaced(b, bEnd, a, aEnd);
}

void Differ::walkBack(const std::vector<std::vector<int>> &trace, int b, int bEnd, int a, int aEnd)
{
    std::vector<Change> steps; // one line each, last first
    int x = bEnd - b;
    int y = aEnd - a;
    for (int d = int(trace.size()) - 1; d > 0; --d) {
        const auto last = [&](int diagonal) { return trace[size_t(d - 1)][size_t(diagonal + d - 1)]; };
        const int k = x - y;
        const bool isDown = k == -d || (k != d && last(k - 1) < last(k + 1));
        x = isDown ? last(k + 1) : last(k - 1);
        y = x - (isDown ? k + 1 : k - 1);
        steps.push_back({b + x, isDown ? 0 : 1, a + y, isDown ? 1 : 0});
    }
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        replaced(step->oldStart, step->oldEnd(), step->newStart, step->newEnd());
}

}

std::vector<QStringView> linesOf(QStringView text)
{
    std::vector<QStringView> lines;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(u'\n');
        const qsizetype length = end < 0 ? text.size() : end + 1;
        lines.push_back(text.first(length));
        text = text.sliced(length);
    }
    return lines;
}

std::vector<Change> diff(const std::vector<QStringView> &before, const std::vector<QStringView> &after)
{
    QHash<QStringView, int> known;
    const auto numbered = [&known](const std::vector<QStringView> &lines) {
        std::vector<int> ids;
        ids.reserve(lines.size());
        for (const auto line : lines)
            ids.push_back(known.emplace(line, known.value(line, int(known.size()))).value());
        return ids;
    };
    const auto beforeIds = numbered(before);
    const auto afterIds = numbered(after);
    return Differ(beforeIds, afterIds, int(known.size())).run();
}

ChangedLines changedLines(QStringView before, QStringView after)
{
    ChangedLines lines;
    for (const auto &change : diff(linesOf(before), linesOf(after))) {
        lines.removed += change.oldCount;
        lines.added += change.newCount;
    }
    return lines;
}

}
