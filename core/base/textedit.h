// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"

#include <QString>

#include <vector>

namespace base {

/// Put `text` where `range` is.
struct Replacement
{
    TextRange range;
    QString text;

    friend bool operator==(const Replacement &, const Replacement &) = default;
};

/// A change of a text: replacements that do not overlap, in ascending order, all in coordinates of the text
/// before the change. Applying it gives the exact inverse, so undo returns the very characters.
class TextEdit
{
public:
    TextEdit() = default;
    TextEdit(TextRange range, QString text);

    /// Adds one more; the order of calls does not matter. Two insertions at one place keep the order of calls.
    void replace(TextRange range, QString text);
    void insert(qsizetype at, QString text) { replace({at, 0}, std::move(text)); }
    void remove(TextRange range) { replace(range, {}); }

    [[nodiscard]] const std::vector<Replacement> &replacements() const { return m_replacements; }
    [[nodiscard]] bool isEmpty() const { return m_replacements.empty(); }

    /// Changes `text` and returns the edit that changes it back. All ranges must lie within `text`.
    TextEdit applyTo(QString &text) const;

    /// Where `range` of the text before is in the text after; shrinks to nothing where it was replaced.
    [[nodiscard]] TextRange mapped(TextRange range) const;

    /// The smallest single replacement that turns `before` into `after`: common prefix and suffix are kept,
    /// and a surrogate pair is never cut. Empty when they are equal.
    static TextEdit between(const QString &before, const QString &after);

    friend bool operator==(const TextEdit &, const TextEdit &) = default;

private:
    std::vector<Replacement> m_replacements;
};

}
