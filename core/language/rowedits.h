// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"
#include "dockerfile/tree.h"

namespace language {

/// Rows (physical lines), from 1, both included.
struct Rows
{
    int first = 1;
    int last = 1;

    friend bool operator==(Rows, Rows) = default;
};

/// An edit of whole rows, and where those rows are afterwards, to be selected again.
struct RowEdit
{
    base::TextEdit edit; ///< empty when there is nothing to do (the first row cannot move up)
    Rows rows;

    friend bool operator==(const RowEdit &, const RowEdit &) = default;
};

/// "# " before each row that holds something, at the least indent of them; taken away when all of them have
/// it. Rows keep their line ends.
RowEdit toggleComment(const dockerfile::Tree &tree, Rows rows);

enum class Direction : quint8 { Up, Down };
/// Past the row above or below. Line ends stay where they are, so that a last row without one stays so.
RowEdit moveRows(const dockerfile::Tree &tree, Rows rows, Direction direction);

/// A copy below; `rows` are those of the copy.
RowEdit duplicateRows(const dockerfile::Tree &tree, Rows rows);

/// By the indent that the file's continued rows have. Empty rows stay as they are.
RowEdit indentRows(const dockerfile::Tree &tree, Rows rows);
RowEdit outdentRows(const dockerfile::Tree &tree, Rows rows);

enum class LineEnd : quint8 { Lf, CrLf };
/// All rows end so; a lone CR is no line end to the builder, and stays.
base::TextEdit withLineEnds(const QString &text, LineEnd lineEnd);

/// What starts the row after a line break at `offset`: the indent of the row, or of continued rows when the
/// row goes on.
QString indentAfter(const dockerfile::Tree &tree, qsizetype offset);

}
