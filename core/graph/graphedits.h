// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "graph/stagegraph.h"

namespace graph {

/// The graph editor's verbs. Each gives the minimal edit of the file's text, in its own style, or an Error
/// that says why not. `graph` must be built from `tree`.

/// A new stage at the end (or right after `after`): FROM base AS name.
base::Result<base::TextEdit> addStage(const dockerfile::Tree &tree, const StageGraph &graph,
                                      const QString &name, const QString &base,
                                      std::optional<NodeKey> after = {});

/// Renames it and every FROM, COPY --from, ADD --from and mount that refers to it by name. An unnamed stage
/// gets "AS name"; references by index stay. Refused: an invalid or taken name.
base::Result<base::TextEdit> renameStage(const dockerfile::Tree &tree, const StageGraph &graph,
                                         const NodeKey &stage, const QString &name);

/// The lines outside the stage that refer to it, for asking before it is deleted.
std::vector<int> linesReferringTo(const dockerfile::Tree &tree, const StageGraph &graph,
                                  const NodeKey &stage);

/// Removes the stage, and what takes from it elsewhere: COPY lines go whole, a RUN loses its mounts. COPY
/// --from=N of later stages is renumbered. Refused when another stage is FROM it, and for the only stage.
base::Result<base::TextEdit> deleteStage(const dockerfile::Tree &tree, const StageGraph &graph,
                                         const NodeKey &stage);

/// Another image or stage after FROM. Refused: a stage that comes later, or itself (a cycle).
base::Result<base::TextEdit> changeBase(const dockerfile::Tree &tree, const StageGraph &graph,
                                        const NodeKey &stage, const QString &base);

/// COPY --from=<from> source destination as a new last-but-entrypoint line of `to`: before its first CMD,
/// ENTRYPOINT, EXPOSE, USER, HEALTHCHECK or STOPSIGNAL after its last COPY, else at its end. `from` is a
/// stage or an image. Refused: a stage that is not before `to`.
base::Result<base::TextEdit> connectByCopy(const dockerfile::Tree &tree, const StageGraph &graph,
                                           const NodeKey &from, const NodeKey &to, const QString &source,
                                           const QString &destination);

/// Absolute paths that a stage is known to produce (go build -o, COPY destinations), best first. For the
/// choice of a path when connecting.
QStringList producedPaths(const dockerfile::Tree &tree, const StageGraph &graph, const NodeKey &stage);

/// Empty when it is a name that the builder takes and that is free; else the reason.
QString whyNoStageName(const StageGraph &graph, const QString &name, std::optional<NodeKey> renamed = {});

}
