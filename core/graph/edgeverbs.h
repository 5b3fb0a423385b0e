// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "graph/stagegraph.h"

namespace graph {

/// Verbs on the graph's edges, beside connectByCopy of graphedits.h.

/// A bind mount of `source` in `from` at `target`, on the RUN at logical line `run` of the stage `to`. `from`
/// is a stage with a name, an image, or the build context. Refused: a stage that is not above.
base::Result<base::TextEdit> connectByMount(const dockerfile::Tree &tree, const StageGraph &graph,
                                            const NodeKey &from, const NodeKey &to, int run,
                                            const QString &source, const QString &target);

/// `to` becomes FROM `from`, a stage with a name above it or an image.
base::Result<base::TextEdit> connectByBase(const dockerfile::Tree &tree, const StageGraph &graph,
                                           const NodeKey &from, const NodeKey &to);

/// All the lines of an edge take from another node. Paths stay as they are. An edge of the context gets
/// --from, one to the context loses it.
base::Result<base::TextEdit> retargetEdge(const dockerfile::Tree &tree, const StageGraph &graph,
                                          const Edge &edge, const NodeKey &from);

/// Without the lines that make the edges: COPY and ADD go whole, a RUN loses its mounts. Refused for FROM,
/// which needs a base: retarget it.
base::Result<base::TextEdit> removeEdge(const dockerfile::Tree &tree, const StageGraph &graph,
                                        const Edge &edge);
base::Result<base::TextEdit> removeEdges(const dockerfile::Tree &tree, const StageGraph &graph,
                                         const std::vector<Edge> &edges);

/// The edge as it is in `graph`, for one that was seen before; null when it is gone.
const Edge *findEdge(const StageGraph &graph, EdgeKind kind, const NodeKey &from, const NodeKey &to);

}
