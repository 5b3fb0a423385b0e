// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "dockerfile/variables.h"

namespace language {

/// One place where a variable is used.
struct VariableUse
{
    base::TextRange range;      ///< the name alone, without $ and braces
    base::TextRange wholeRange; ///< from $ to the closing brace
    QString name;
    bool byShell = false;                         ///< the builder leaves it to the shell of RUN, CMD ...
    std::optional<dockerfile::Variable> variable; ///< none: nothing in the file or of the builder sets it
    QString origin;                               ///< in words, as of originInWords()

    friend bool operator==(const VariableUse &, const VariableUse &) = default;
};

/// One word of an instruction as the builder takes it.
struct ExpandedWord
{
    base::TextRange range;
    QString written;
    QString expanded; ///< equal to `written` where the builder leaves it to a shell
    QString error;    ///< why the builder refuses it; empty when it does not

    friend bool operator==(const ExpandedWord &, const ExpandedWord &) = default;
};

/// What becomes of an instruction before it is run.
struct ExpansionView
{
    std::vector<ExpandedWord> words; ///< values of flags first, as they stand
    std::vector<VariableUse> variables;

    friend bool operator==(const ExpansionView &, const ExpansionView &) = default;
};

/// Of the logical line; empty for one that is no instruction.
ExpansionView expansionOf(const dockerfile::Tree &tree, int line,
                          const dockerfile::BuildContextValues &values = {});

/// What is known at a place: before its line, and of an ARG of several names those before it.
std::vector<dockerfile::Variable> variablesBefore(const dockerfile::Tree &tree, qsizetype offset,
                                                  const dockerfile::BuildContextValues &values = {});

/// Where a variable got its value: "ARG, line 3", "build argument, declared in line 2".
QString originInWords(const dockerfile::Tree &tree, const dockerfile::Variable &variable);

/// The uses alone, without values: cheap.
std::vector<VariableUse> variableUses(const dockerfile::Tree &tree, int line);

}
