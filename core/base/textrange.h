// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtTypes>

namespace base {

/// A run of characters in a document: UTF-16 code units, from 0.
struct TextRange
{
    qsizetype start = 0;
    qsizetype length = 0;

    [[nodiscard]] qsizetype end() const { return start + length; }
    [[nodiscard]] bool isEmpty() const { return length == 0; }
    [[nodiscard]] bool contains(qsizetype offset) const { return offset >= start && offset < end(); }
    [[nodiscard]] bool overlaps(TextRange other) const { return start < other.end() && other.start < end(); }

    friend bool operator==(TextRange, TextRange) = default;
};

}
