// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "graph/stagegraph.h"

namespace graph {

/// More verbs on whole stages, beside those of graphedits.h. What is not asked for means the same afterwards:
/// a verb that cannot promise that says why, and gives no edit. The comments directly above a FROM belong to
/// its stage, those that open the file do not.

/// The stage once more, right below it, under another name. References stay with the first one.
base::Result<base::TextEdit> duplicateStage(const dockerfile::Tree &tree, const StageGraph &graph,
                                            const NodeKey &stage, const QString &name);
/// A name like it that is free: "builder-2".
QString freeStageName(const StageGraph &graph, const QString &like);

/// To another position among the stages. Refused when a stage would stand above one that it needs. The last
/// stage is the one that is built unless a target is chosen.
base::Result<base::TextEdit> moveStage(const dockerfile::Tree &tree, const StageGraph &graph,
                                       const NodeKey &stage, int position);
base::Result<base::TextEdit> moveStageUp(const dockerfile::Tree &tree, const StageGraph &graph,
                                         const NodeKey &stage);
base::Result<base::TextEdit> moveStageDown(const dockerfile::Tree &tree, const StageGraph &graph,
                                           const NodeKey &stage);

/// The instructions from `line` on become a stage FROM the part above, which gets `name`. The new stage keeps
/// the old one's name, so that all that refers to it, and the target, mean the same.
base::Result<base::TextEdit> splitStage(const dockerfile::Tree &tree, const StageGraph &graph, int line,
                                        const QString &name);

/// One stage of two: `stage` and the stage that it is FROM. Refused when anything else uses that one.
base::Result<base::TextEdit> mergeWithBase(const dockerfile::Tree &tree, const StageGraph &graph,
                                           const NodeKey &stage);
/// One stage of two: `stage` and the only stage that is FROM it.
base::Result<base::TextEdit> mergeWithDerived(const dockerfile::Tree &tree, const StageGraph &graph,
                                              const NodeKey &stage);

/// FROM --platform=...; empty takes it away.
base::Result<base::TextEdit> setPlatform(const dockerfile::Tree &tree, const StageGraph &graph,
                                         const NodeKey &stage, const QString &platform);

}
