// SPDX-License-Identifier: Apache-2.0
#include "language/proposals.h"

#include "language/match.h"
#include "language/reference.h"

#include <algorithm>

namespace language {

void Proposals::add(CompletionItem item)
{
    auto fit = match(m_typed, item.label);
    if (!fit || m_labels.contains(item.label))
        return;
    m_labels.insert(item.label);
    if (item.insert.isEmpty())
        item.insert = item.label;
    item.matched = std::move(fit->places);
    m_found.push_back({fit->score, std::move(item)});
}

void Proposals::addTopics(const QString &id, CompletionKind kind)
{
    for (const QString &child : topic(id).children) {
        const Topic &found = topic(child);
        add({.label = found.name, .kind = kind, .detail = found.summary, .topic = child});
    }
}

Completion Proposals::take()
{
    constexpr size_t most = 200; // nobody reads on, and the list must be there at once
    std::ranges::stable_sort(m_found, std::ranges::greater(), &Scored::score);
    Completion completion{.range = m_range, .items = {}};
    for (size_t i = 0; i < std::min(most, m_found.size()); ++i)
        completion.items.push_back(std::move(m_found[i].item));
    return completion;
}

Proposals proposalsForWord(const CompletionPlace &place, const QString &typed)
{
    return {typed, place.piece(typed.size(), [](QChar c) { return !c.isSpace() && c != u'"'; })};
}

}
