// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"

#include <optional>

namespace dockerfile {

/// One argument, as written and where.
struct Word
{
    base::TextRange range; ///< in the document
    QString text;          ///< as written, quotes included, continuations inside it joined

    friend bool operator==(const Word &, const Word &) = default;
};

/// --name or --name=value.
struct Flag
{
    base::TextRange range;        ///< the whole flag
    QString name;                 ///< without the dashes
    std::optional<QString> value; ///< as the builder reads it: without the quotes and escapes around it
    base::TextRange valueRange;   ///< as written; empty, and at the end of the flag, without a value

    friend bool operator==(const Flag &, const Flag &) = default;
};

/// <<EOF, <<-EOF, <<"EOF", 3<<EOF
struct Heredoc
{
    QString name;              ///< without quotes
    bool expands = true;       ///< false when the name is quoted
    bool stripsTabs = false;   ///< <<-
    base::TextRange wordRange; ///< the << word on the instruction's line
    base::TextRange bodyRange; ///< the body, without the terminator line
    bool terminated = true;

    friend bool operator==(const Heredoc &, const Heredoc &) = default;
};

/// A view of one instruction of a tree: holds a copy of the (shared) tree, so it stays valid.
class Instruction
{
public:
    /// `line` must be a line of kind Instruction.
    Instruction(Tree tree, int line);

    [[nodiscard]] const Tree &tree() const { return m_tree; }
    [[nodiscard]] int line() const { return m_line; }
    [[nodiscard]] int row() const { return m_tree.firstRow(m_line); } ///< from 1

    [[nodiscard]] Keyword keyword() const;
    [[nodiscard]] Word keywordWord() const;
    /// From the keyword's first character to the last one before the line's own end; heredocs included.
    [[nodiscard]] base::TextRange range() const;

    [[nodiscard]] const std::vector<Flag> &flags() const;
    [[nodiscard]] std::optional<Flag> flag(QStringView name) const; ///< the last of that name
    /// After the flags. The list of a JSON form is one word, and so is what takes the rest of its line as it
    /// is (USER, WORKDIR, the value of ENV's old form ...). After ONBUILD: the keyword, flags and words of
    /// the other instruction.
    [[nodiscard]] const std::vector<Word> &words() const;
    [[nodiscard]] const std::vector<Heredoc> &heredocs() const;

    /// The items of a valid JSON form (a list of strings); nothing for the shell form. Of HEALTHCHECK, those
    /// after CMD.
    [[nodiscard]] std::optional<QStringList> json() const;
    /// The same with their places, between the quotes; empty for the shell form.
    [[nodiscard]] std::vector<Word> jsonWords() const;
    /// Everything after keyword and flags, continuations joined and comments dropped as the builder does.
    [[nodiscard]] QString arguments() const;
    /// Where arguments() stand in the document, continuations, comments included; empty at the end without
    /// any.
    [[nodiscard]] base::TextRange argumentsRange() const;
    /// The instruction on one line: keyword, flags and arguments, with single blanks. For labels and
    /// tooltips.
    [[nodiscard]] QString summary() const;

private:
    Tree m_tree;
    int m_line;
    struct Parts;
    [[nodiscard]] const Parts &parts() const;
    std::shared_ptr<Parts> m_parts; // read when first asked for, once, and shared by copies
};

/// All instructions of a tree, in order.
std::vector<Instruction> instructions(const Tree &tree);

}
