// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildevents.h"
#include "engine/buildkit/buildkitvalues.h"
#include "engine/engineinfo.h"

#include <optional>

namespace engine {

/// Whether an option can be had from an engine; if not, why, and what would help.
struct Ability
{
    bool can = true;
    QString reason; ///< a sentence; empty when it can
    QString mend;   ///< the next step; may be empty
    friend bool operator==(const Ability &, const Ability &) = default;
};

/// What one engine can do of a build's options, for greying what it cannot: reason and mend are the tool tip.
struct BuildAbilities
{
    Ability session; ///< BuildKit's own protocol: what the rest of SolveOptions needs
    Ability secrets;
    Ability ssh;
    Ability severalPlatforms; ///< in one image
    Ability attestations;
    Ability cacheExport; ///< other than "inline"
    Ability inlineCache;
    Ability fileOutput;    ///< local, tar
    Ability archiveOutput; ///< oci, docker
    Ability imageOutput;   ///< image with its own attributes
    Ability push;
    Ability severalOutputs;
    Ability namedContexts;
    Ability layoutContexts; ///< named contexts that are OCI layouts of this machine
    Ability stageCache;     ///< noCacheStages
    Ability networkMode;
    Ability hostNetwork; ///< the network "host", and network.host for the steps that want it
    Ability addHosts;
    Ability hostGateway;  ///< the word "host-gateway" in addHosts
    Ability limits;       ///< shm-size, ulimit, cgroup-parent
    Ability entitlements; ///< security.insecure, device; network.host is hostNetwork's
    Ability sourceDateEpoch;
    Ability checks; ///< frontend.lint
    Ability outline;
    Ability history;
    Ability cacheRecords; ///< disk usage and prune

    QStringList platforms; ///< that can run programs here

    /// Whether programs of that platform run here; the mend names binfmt.
    [[nodiscard]] Ability platform(const QString &name) const;
    friend bool operator==(const BuildAbilities &, const BuildAbilities &) = default;
};

BuildAbilities abilities(const EngineInfo &engine);
/// Of a BuildKit that is in no engine.
BuildAbilities abilities(const std::vector<BuildKitWorker> &workers);

/// Why `request` cannot be built there; nothing when it can. No option is ever passed over in silence.
std::optional<base::Error> whyNot(const BuildRequest &request, const BuildAbilities &abilities);

}
