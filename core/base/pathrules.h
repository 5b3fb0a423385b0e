// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pathpattern.h"

namespace base {

/// A list of patterns of which the last that matches wins, and "!" takes back: moby/patternmatcher's
/// PatternMatcher. A pattern that matches a folder matches what is below it.
class PathRules
{
public:
    struct Verdict
    {
        bool matched = false;
        int rule = -1; ///< index of the rule that decided; -1 when none did
    };
    /// What each rule said of a folder, so that whatever is below need not ask again. Empty for the root.
    using Trail = std::vector<bool>;

    /// False, and nothing added, for a pattern that Docker refuses.
    bool add(const QByteArray &cleaned, bool negated);
    /// A list as BuildKit sends it: trimmed, cleaned, "!" in front; false at the first that is refused.
    bool addList(const QByteArrayList &patterns, QByteArray *refused = nullptr);

    [[nodiscard]] bool isEmpty() const { return m_rules.empty(); }
    [[nodiscard]] size_t size() const { return m_rules.size(); }

    /// Of one path by itself: all the folders above it are asked, too (MatchesOrParentMatches).
    [[nodiscard]] Verdict verdict(QByteArrayView path) const;
    /// The same while walking (MatchesUsingParentResults): `parent` is the trail of the folder that holds it.
    /// `own`, if given, becomes the trail of `path` itself; it may not be `parent`.
    [[nodiscard]] Verdict verdict(QByteArrayView path, const Trail &parent, Trail *own = nullptr) const;

    /// May a rule (from index `from` on, negated or not) match something below this folder, or the folder?
    [[nodiscard]] bool mayMatchBelow(QByteArrayView folder, bool negated, int from = 0) const;

private:
    struct Rule
    {
        PathPattern pattern;
        bool negated = false;
        /// The pattern's folders one by one, as far as that can be said: up to the first with **.
        std::vector<PathPattern> parts = {};
        bool isOpen = false; ///< there is more behind `parts` that may match any depth
    };
    [[nodiscard]] static bool mayMatchBelow(const Rule &rule, QByteArrayView folder);

    std::vector<Rule> m_rules;
};

}
