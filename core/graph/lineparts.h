// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace graph {

/// What one COPY, ADD or RUN takes from elsewhere, as written.
struct Source
{
    enum class Kind : quint8 { Copy, Mount };

    Kind kind = Kind::Copy;
    std::optional<QString> from; ///< none: the build context
    QStringList paths;           ///< what it takes: the sources of a COPY, the source of a mount
};

/// The sources of a line of keyword COPY, ADD or RUN. The graph is made anew for every key that is typed, so
/// the common shapes are read right off the tokens; only the rest goes through dockerfile::Instruction.
std::vector<Source> sourcesOfLine(const dockerfile::Tree &tree, int line);

}
