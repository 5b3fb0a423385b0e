// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"
#include "dockerfile/instruction.h"

namespace dockerfile {

/// How a file writes things, learned from the file itself (near a line where it is mixed).
struct Style
{
    bool lowerCaseKeywords = false;
    QString lineEnd = QStringLiteral("\n");
    QChar escape = u'\\';
    QString continuationIndent = QStringLiteral("    ");
    int blankLinesBetweenStages = 1;
};
Style styleOf(const Tree &tree);

/// `FROM` or `from`, as the file writes it.
QString styledKeyword(const Style &style, Keyword keyword);

/// Minimal changes of one instruction. Each gives an edit in the coordinates of the instruction's tree.
base::TextEdit replaceWord(const Word &word, const QString &text);
base::TextEdit setFlag(const Instruction &instruction, const QString &name, const QString &value);
base::TextEdit removeFlag(const Instruction &instruction, const Flag &flag);
/// The same of any words within one instruction: the blanks before them, or their row, go as well.
base::TextEdit removeWithBlanks(const Instruction &instruction, base::TextRange range);
/// After --name=, as the builder's flags need it: in quotes, or with escapes.
QString flagValueText(const QString &value);

/// Inserts a whole instruction (text without line end) as a line of its own after or before a logical line,
/// with the file's line end; a last line without line end gets one first, and one that ends in the middle of
/// a continuation is ended.
base::TextEdit insertLineAfter(const Tree &tree, int line, const QString &text);
base::TextEdit insertLineBefore(const Tree &tree, int line, const QString &text);
/// Removes a logical line whole; the comments directly above it stay.
base::TextEdit removeLine(const Tree &tree, int line);

}
