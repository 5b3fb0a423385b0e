// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "graph/stagegraph.h"

namespace language {

/// A line of the list of symbols: a stage, or an instruction of one.
struct OutlineItem
{
    QString label;  ///< "builder", "RUN"
    QString detail; ///< "golang:1.24", "go build ./..."; on one line, not too long
    dockerfile::Keyword keyword = dockerfile::Keyword::Unknown; ///< From for a stage
    int stage = -1;            ///< index of the stage; -1 for what stands before the first
    int line = -1;             ///< logical line
    int row = 0;               ///< from 1
    base::TextRange range;     ///< all of it
    base::TextRange nameRange; ///< what to select: the stage's name, or the keyword

    friend bool operator==(const OutlineItem &, const OutlineItem &) = default;
};

/// In order of the text, each stage before its instructions.
std::vector<OutlineItem> outline(const dockerfile::Tree &tree, const graph::StageGraph &graph);

}
