// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"
#include "language/symbols.h"

namespace language {

/// One place of a line that names a stage.
struct StagePlace
{
    base::TextRange range;
    int stage = -1;
    bool isDefinition = false;
    bool byIndex = false;

    friend bool operator==(const StagePlace &, const StagePlace &) = default;
};
std::vector<StagePlace> stagePlaces(const dockerfile::Tree &tree, const graph::StageGraph &graph, int line);

/// One place where a variable of some name is declared or used.
struct VariablePlace
{
    base::TextRange range;
    int line = -1;
    int stage = -1;                   ///< index; -1 before the first FROM and within FROM lines
    std::optional<Symbol::Kind> kind; ///< none: a use that no declaration reaches
    int group = -1; ///< of ENV: those that inherit from each other; ARGs of one name are one for the file
    bool isDeclaration = false;
    bool byShell = false;
    base::TextRange definition; ///< the declaration that reaches a use; where a re-declared ARG has its value

    [[nodiscard]] bool isSameVariable(const VariablePlace &other) const
    {
        return kind && kind == other.kind && (kind == Symbol::Kind::Arg || group == other.group);
    }
    friend bool operator==(const VariablePlace &, const VariablePlace &) = default;
};

/// All of a name, in order of the text.
std::vector<VariablePlace> variablePlaces(const dockerfile::Tree &tree, const graph::StageGraph &graph,
                                          const QString &name);

/// A name that a line declares or uses, and where.
struct NamedRange
{
    QString name;
    base::TextRange range;
};
/// The variable's name at a place, if one is declared or used there.
std::optional<NamedRange> variableNameAt(const dockerfile::Tree &tree, qsizetype offset);

}
