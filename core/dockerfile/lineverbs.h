// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "dockerfile/tree.h"

#include <optional>

namespace dockerfile {

/// What can be done with whole instructions, whatever they mean. The comments directly above an instruction
/// belong to it, except those that open the file. graph/instructionverbs.h also looks at what it does to the
/// stages: programs ask there.

/// The first of the comment lines directly above that belong to the instruction at `line`; `line` itself
/// without any.
int firstLineOf(const Tree &tree, int line);

/// Empty when `text` is exactly one complete instruction; else why not.
QString whyNotOneInstruction(const Tree &tree, const QString &text);

/// Another instruction in its place: only the characters that differ change. `text` has no line end at its
/// end and may have several rows, with any line ends; it gets those of the file.
base::Result<base::TextEdit> replaceInstruction(const Tree &tree, int line, const QString &text);
/// The same once more, below; its comments are not repeated.
base::Result<base::TextEdit> duplicateInstruction(const Tree &tree, int line);
/// With the comments that belong to it.
base::Result<base::TextEdit> deleteInstruction(const Tree &tree, int line);

/// Puts "# " before every row of the logical lines `first` to `last`, the bodies of heredocs included. Blank
/// rows stay as they are. Refused where a row would become a parser directive.
base::Result<base::TextEdit> commentOut(const Tree &tree, int first, int last);
/// Takes "# " (or "#") away again from the comment lines `first` to `last`. Refused when that gives no
/// instructions.
base::Result<base::TextEdit> commentIn(const Tree &tree, int first, int last);
/// The comment lines around `line` that commentIn makes one instruction of; nothing when they hold none.
struct LineSpan
{
    int first = 0;
    int last = 0;

    friend bool operator==(const LineSpan &, const LineSpan &) = default;
};
std::optional<LineSpan> commentedInstruction(const Tree &tree, int line);

/// The first and last rows of a selection as Ctrl+/ means it: comments in when all of the lines are comments,
/// out when not.
base::Result<base::TextEdit> toggleComment(const Tree &tree, int first, int last);

}
