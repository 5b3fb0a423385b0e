// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"
#include "graph/stagegraph.h"
#include "lint/finding.h"

#include <stop_token>

namespace lint {

/// What a rule may know beside the text; nothing here is read from disk by lint itself.
struct Facts
{
    QStringList buildArgs; ///< names given from outside
};

/// The parser's problems and all rules that the file does not skip (# check=skip=...), in order of the text.
Findings run(const dockerfile::Tree &tree, const graph::StageGraph &graph, const Facts &facts,
             std::stop_token stop = {});

}
