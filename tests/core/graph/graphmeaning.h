// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"

#include <functional>

/// What a verb must have done, asked of the file after it: what is wrong, or nothing. Independent of what the
/// verbs check themselves.
using VerbCheck = std::function<QString(const dockerfile::Tree &, const graph::StageGraph &)>;

/// All edges are the same by the names of their stages, wherever those stand.
VerbCheck sameMeaning(const graph::StageGraph &graph);
/// So many stages more.
VerbCheck stageCount(const graph::StageGraph &graph, int more);
/// `check`, and the edges that touch none of these stages are as they were.
VerbCheck others(const graph::StageGraph &graph, const QStringList &touched, const VerbCheck &check);
