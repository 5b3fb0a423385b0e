// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"

namespace language {

/// Rows that can be folded away under their first one.
struct Fold
{
    enum class Kind : quint8 { Stage, Instruction, Heredoc, Comment };

    Kind kind = Kind::Stage;
    int firstRow = 0; ///< from 1; stays in sight
    int lastRow = 0;  ///< later than firstRow

    friend bool operator==(const Fold &, const Fold &) = default;
};

/// Stages, instructions of several rows, bodies of heredocs, blocks of comments; ordered by first row, the
/// outer before the inner. No two of them start in one row, except a stage's own.
std::vector<Fold> folds(const dockerfile::Tree &tree, const graph::StageGraph &graph);

}
