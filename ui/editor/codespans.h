// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/line.h"

#include <QString>

#include <vector>

namespace ui {

enum class CodeStyle : quint8 {
    Keyword,
    Flag,
    String,
    Variable,
    Operator,
    Number,
    Comment,
    Directive,
    Broken,  ///< stands where an instruction should
    Embedded ///< text of another language, a shell's mostly
};

/// A run of characters of one row of the display.
struct CodeSpan
{
    int start = 0;
    int length = 0;
    CodeStyle style = CodeStyle::Keyword;

    friend bool operator==(const CodeSpan &, const CodeSpan &) = default;
};

/// One row as the editor shows it, without its line end.
struct CodeRow
{
    qsizetype start = 0; ///< in the text of its logical line
    qsizetype length = 0;
    std::vector<CodeSpan> spans;
    /// Which piece of embedded text its Embedded spans belong to: rows of one piece are read on from each
    /// other.
    int piece = -1;
    /// What it is written in: "bash", or a file's name that tells; empty: nobody knows.
    QString language;
    bool continues = false; ///< it ends in the escape character, which for a shell is always a backslash

    friend bool operator==(const CodeRow &, const CodeRow &) = default;
};

/// How the rows of a logical line are to be coloured. It depends on that line alone.
std::vector<CodeRow> codeRows(const dockerfile::Line &line);

}
