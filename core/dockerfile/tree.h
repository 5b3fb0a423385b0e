// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"
#include "base/textrange.h"
#include "dockerfile/line.h"

#include <QString>

#include <vector>

namespace dockerfile {

/// Something the builder would refuse or that hides a mistake, found while parsing.
struct Problem
{
    enum class Severity : quint8 { Error, Warning };

    Severity severity = Severity::Error;
    base::TextRange range;
    QString message; ///< what is wrong
    QString hint;    ///< how to mend it; may be empty

    friend bool operator==(const Problem &, const Problem &) = default;
};

/// A Dockerfile as logical lines that own every character. A cheap value: copies share all lines, and an edit
/// gives a new tree that shares the lines it did not touch.
class Tree
{
public:
    Tree();

    /// The exact text that was parsed.
    [[nodiscard]] QString text() const;
    [[nodiscard]] qsizetype length() const; ///< of the text, in UTF-16 code units

    [[nodiscard]] int lineCount() const;
    [[nodiscard]] const Line &line(int index) const;
    [[nodiscard]] LinePtr sharedLine(int index) const;

    /// All the characters of a logical line, its line end included.
    [[nodiscard]] base::TextRange lineRange(int index) const;
    /// The logical line that holds the character at `offset`; the last one for the end of the text; -1 when
    /// empty.
    [[nodiscard]] int lineAt(qsizetype offset) const;

    /// The row (physical line, from 1, as engines and editors count) in which a logical line starts.
    [[nodiscard]] int firstRow(int index) const;
    /// The row in which its last character other than its own line end stands.
    [[nodiscard]] int lastRow(int index) const;
    /// The logical line that covers a row; -1 past the end.
    [[nodiscard]] int lineAtRow(int row) const;
    /// The row, from 1, of the character at `offset`.
    [[nodiscard]] int rowAt(qsizetype offset) const;
    /// Where a row's first character stands.
    [[nodiscard]] qsizetype rowStart(int row) const;

    /// Backslash, or what the escape directive names.
    [[nodiscard]] QChar escape() const;
    /// The value of a parser directive ("syntax", "escape", "check"), or an empty string.
    [[nodiscard]] QString directive(QStringView name) const;

    /// In the order of the text.
    [[nodiscard]] std::vector<Problem> problems() const;

    /// The tree of the text after `edit`, equal to a fresh parse of it. Cost grows with the lines touched.
    [[nodiscard]] Tree edited(const base::TextEdit &edit) const;

    friend bool operator==(const Tree &, const Tree &); ///< same lines, same tokens

private:
    friend class TreeBuilder;
    struct Data;
    std::shared_ptr<const Data> d;
};

/// The lines that two trees do not share: `before` lines of one, from `first` on, gave way to `after` of the
/// other.
struct LineChange
{
    int first = 0;
    int before = 0;
    int after = 0;

    [[nodiscard]] bool isEmpty() const { return before == 0 && after == 0; }
};

/// By address, so that it costs next to nothing for a tree and one that was edited from it; of trees that
/// were parsed apart from each other, everything changed.
LineChange changedLines(const Tree &before, const Tree &after);

/// Never fails: a text that is no Dockerfile still gives a tree whose text() is that text.
Tree parse(const QString &text);

}
