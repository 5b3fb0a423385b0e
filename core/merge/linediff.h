// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

#include <vector>

namespace merge {

/// Each with its own end (LF or CR LF), so that joining them gives the text. A text without an end at its
/// last line has a last line without one. They point into `text`.
std::vector<QStringView> linesOf(QStringView text);

/// A run of lines that became another run, in rows from 0. Either may be empty, never both.
struct Change
{
    int oldStart = 0;
    int oldCount = 0;
    int newStart = 0;
    int newCount = 0;

    [[nodiscard]] int oldEnd() const { return oldStart + oldCount; }
    [[nodiscard]] int newEnd() const { return newStart + newCount; }

    friend bool operator==(const Change &, const Change &) = default;
};

/// What changed, in ascending order, with at least one equal line between two changes. Lines that both texts
/// have once hold the sides together, so that moved blocks read as people moved them; between those the
/// difference is a shortest one, unless finding it would take long.
std::vector<Change> diff(const std::vector<QStringView> &before, const std::vector<QStringView> &after);

/// How many lines went and came, over all changes.
struct ChangedLines
{
    int removed = 0;
    int added = 0;
};
ChangedLines changedLines(QStringView before, QStringView after);

}
