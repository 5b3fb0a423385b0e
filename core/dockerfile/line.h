// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "dockerfile/keyword.h"
#include "dockerfile/token.h"

#include <QVarLengthArray>

#include <memory>

namespace dockerfile {

enum class LineKind : quint8 { Blank, Comment, Directive, Instruction };

/// Most lines have few, and hold them without memory of their own.
using Tokens = QVarLengthArray<Token, 8>;

/// One logical line: a blank line, a comment, a directive, or an instruction with its continuation lines, the
/// comments inside and the bodies of its heredocs. Immutable and shared between revisions of a tree. It owns
/// its text, its own line end included (the last line of a file may have none).
struct Line
{
    LineKind kind = LineKind::Blank;
    Keyword keyword = Keyword::Unknown;
    int rows = 0; ///< LFs within the text: rows end there only, as engines count; a lone CR is a blank
    bool unterminated = false; ///< a heredoc without its end, or a continuation at the end of the file
    bool isSuspect = false;    ///< may have problems of its own, see Tree::problems()
    QString text;
    Tokens tokens; ///< their lengths add up to text.size()
};

using LinePtr = std::shared_ptr<const Line>;

}
