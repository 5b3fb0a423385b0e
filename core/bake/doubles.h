// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/entries.h"

namespace bake {

/// Of equal entries one stays, and the last entry of all takes the place of one that goes: the order that
/// buildx prints (buildflags.removeDupes).
template <class T>
void removeDoubles(std::vector<T> &entries)
{
    for (auto i = std::ssize(entries) - 2; i >= 0; --i) {
        const auto next = entries.begin() + i + 1;
        const auto same = std::find(next, entries.end(), entries[std::size_t(i)]);
        if (same == entries.end())
            continue;
        std::swap(*same, entries.back());
        entries.pop_back();
    }
}

/// Of attestations of one type the last one counts, in the place of the first.
void removeDoubledAttestations(std::vector<TypedEntry> &entries);

/// Empty ones go too.
void removeDoubledTexts(QStringList &texts);

}
