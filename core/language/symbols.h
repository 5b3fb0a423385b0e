// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "graph/stagegraph.h"

namespace language {

/// A name that the file gives to something.
struct Symbol
{
    enum class Kind : quint8 { Stage, Arg, Env };

    Kind kind = Kind::Stage;
    QString name;
    base::TextRange range;      ///< where the name was found
    base::TextRange definition; ///< the name where it is declared

    friend bool operator==(const Symbol &, const Symbol &) = default;
};

/// The stage, ARG or ENV named at a place, by its declaration or by a use.
std::optional<Symbol> symbolAt(const dockerfile::Tree &tree, const graph::StageGraph &graph,
                               qsizetype offset);

struct SymbolPlace
{
    base::TextRange range;
    int row = 0; ///< from 1
    bool isDefinition = false;

    friend bool operator==(const SymbolPlace &, const SymbolPlace &) = default;
};

/// Its declarations and uses in order of the text; those of an ARG or ENV wherever it is the same variable,
/// through re-declarations without a value and stages that inherit it. Empty when no symbol is there.
std::vector<SymbolPlace> references(const dockerfile::Tree &tree, const graph::StageGraph &graph,
                                    qsizetype offset);

/// All of them named anew. Refused: no symbol here, an invalid or taken name, one that the builder
/// predefines, and one that would change what another use means.
base::Result<base::TextEdit> rename(const dockerfile::Tree &tree, const graph::StageGraph &graph,
                                    qsizetype offset, const QString &name);

/// Why rename() would refuse; empty when it would not. For checking while a name is typed.
QString whyNoRename(const dockerfile::Tree &tree, const graph::StageGraph &graph, qsizetype offset,
                    const QString &name);

}
