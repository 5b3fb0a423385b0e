// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildevents.h"
#include "engine/buildkit/layoutplan.h"
#include "engine/buildkit/sessionservices/filesend.h"
#include "engine/buildkit/sessionservices/filesync.h"

#include <map>

namespace engine {

/// What planSolve() must know of the BuildKit that will do it.
struct PlanFacts
{
    bool isEngine = true; ///< inside an engine, whose store takes the image; else a buildkitd of its own
    bool hasImageStore = false; ///< containerd's: it can push by itself
    QString loadFile;           ///< where an archive may stand until the engine has loaded it
};

/// One build as BuildKit is asked for it: a pure translation of a BuildRequest.
struct SolvePlan
{
    std::map<QString, QString> attributes; ///< of the frontend dockerfile.v0
    std::vector<TypedAttributes> exporters;
    std::vector<OutputTarget> targets; ///< one an exporter
    std::vector<TypedAttributes> cacheImports;
    std::vector<TypedAttributes> cacheExports;
    QStringList entitlements;
    std::vector<LocalSource> sources;
    LayoutPlan layouts; ///< caches, contexts and outputs in folders of blobs
    QByteArray sharedKey;
    bool needsHostGateway = false; ///< its address must still be put into "add-hosts"
    bool loadAfterwards = false;   ///< PlanFacts::loadFile must be loaded into the engine
    QStringList pushAfterwards;    ///< tags that the engine pushes, since its BuildKit cannot
};

/// Errors: an option that makes no sense (an output without its destination, a context that is none).
base::Result<SolvePlan> planSolve(const BuildRequest &request, const PlanFacts &facts);

/// Only what the frontend reads: for questions without a build.
base::Result<SolvePlan> planQuestion(const BuildRequest &request, const PlanFacts &facts);

/// "a=1,b=2" as CSV, with quotes where a value needs them.
QString asCsv(const std::vector<std::pair<QString, QString>> &attributes);

}
