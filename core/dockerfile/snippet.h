// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/edits.h"

namespace dockerfile {

/// A few lines read on their own, by the escape character of the file that they are for.
struct Snippet
{
    Tree tree;
    qsizetype start = 0; ///< where the text begins in `tree`
    int firstLine = 0;
};
Snippet readSnippet(const QString &text, QChar escape);

/// `text` with all its line ends as `lineEnd`, and none at its end.
QString withLineEnds(const QString &text, const QString &lineEnd);

/// All line ends as \n, as forms show them.
QString plainRows(const QString &text);

/// What turns `written` into `wanted`, whatever line ends that has: those of rows that stay stay, new ones
/// are `lineEnd`.
base::TextEdit rowChanges(const QString &written, const QString &wanted, const QString &lineEnd);

/// Puts whole rows (without the last line end) below the logical line `after`, or at the very start for -1. A
/// file without line end at its end stays one. The line must be complete.
base::TextEdit insertRowsAfter(const Tree &tree, int after, const QString &rows);

/// Empty when what comes after the logical line stays what it is; else why not.
QString whyNothingCanFollow(const Tree &tree, int line);

/// What a change would break that was whole before: the sentence of a new problem, or a directive that would
/// appear or vanish. Empty when nothing.
QString whyHarmful(const Tree &before, const Tree &after);

}
