// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/abilitynames.h"

#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

const std::vector<NamedAbility> &namedAbilities()
{
    using A = BuildAbilities;
    static const std::vector<NamedAbility> all{
        {u"secrets"_s, Words::tr("Secrets"), &A::secrets},
        {u"ssh"_s, Words::tr("SSH agent forwarding"), &A::ssh},
        {u"several platforms"_s, Words::tr("Several platforms in one image"), &A::severalPlatforms},
        {u"attestations"_s, Words::tr("Attestations: SBOM and provenance"), &A::attestations},
        {u"cache export"_s, Words::tr("Export of the build cache"), &A::cacheExport},
        {u"inline cache"_s, Words::tr("Build cache inside the image"), &A::inlineCache},
        {u"output to files"_s, Words::tr("Output as files"), &A::fileOutput},
        {u"output as archive"_s, Words::tr("Output as an archive"), &A::archiveOutput},
        {u"several outputs"_s, Words::tr("Several outputs of one build"), &A::severalOutputs},
        {u"push"_s, Words::tr("Push to a registry"), &A::push},
        {u"named contexts"_s, Words::tr("Named contexts"), &A::namedContexts},
        {u"contexts from OCI layouts"_s, Words::tr("Named contexts from OCI layouts"), &A::layoutContexts},
        {u"no-cache of stages"_s, Words::tr("No cache for chosen stages"), &A::stageCache},
        {u"network mode"_s, Words::tr("Choice of the network"), &A::networkMode},
        {u"host network"_s, Words::tr("Host network"), &A::hostNetwork},
        {u"extra hosts"_s, Words::tr("Extra hosts"), &A::addHosts},
        {u"limits"_s, Words::tr("Limits: shared memory, ulimit, cgroup"), &A::limits},
        {u"entitlements"_s, Words::tr("Entitlements"), &A::entitlements},
        {u"source date epoch"_s, Words::tr("Fixed times (SOURCE_DATE_EPOCH)"), &A::sourceDateEpoch},
        {u"build checks"_s, Words::tr("Build checks"), &A::checks},
        {u"outline"_s, Words::tr("Outline and targets of a Dockerfile"), &A::outline},
        {u"build history"_s, Words::tr("History of builds"), &A::history},
        {u"cache records"_s, Words::tr("List and pruning of the build cache"), &A::cacheRecords},
    };
    return all;
}

}
