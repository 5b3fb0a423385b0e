// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/buildabilities.h"

#include "engine/buildkit/abilitynames.h"
#include "engine/rest/apiversion.h"
#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

Ability cannot(const QString &reason, const QString &mend)
{
    return {.can = false, .reason = reason, .mend = mend};
}

Ability since(const EngineInfo &engine, const QString &api, const QString &product)
{
    const auto has = ApiVersion::parse(engine.engineApiVersion);
    const auto wanted = ApiVersion::parse(api);
    if (has && wanted && !(*has < *wanted))
        return {};
    return cannot(Words::tr("%1 is needed for that; this is %2").arg(product, engine.version),
                  Words::tr("Update the engine."));
}

Ability imageStore(const EngineInfo &engine, const Ability &session)
{
    if (!session.can || engine.containerdStore)
        return session;
    if (const Ability age = since(engine, u"1.43"_s, u"Docker Engine 24"_s); !age.can)
        return age;
    return cannot(
        Words::tr("this engine keeps its images in the old store, which cannot hold that"),
        Words::tr("Switch on the containerd image store: put {\"features\": "
                  "{\"containerd-snapshotter\": true}} into /etc/docker/daemon.json and restart the "
                  "engine. Its images must be pulled or built again then."));
}

Ability both(const Ability &first, const Ability &second)
{
    return first.can ? second : first;
}

/// What is wanted, and whether it can be had.
struct Wish
{
    bool isWanted;
    Ability BuildAbilities::*ability;
};

bool isImageOutput(const TypedAttributes &it)
{
    return it.type == "image"_L1 || it.type == "registry"_L1 || it.type == "moby"_L1 ||
           (it.type == "docker"_L1 && it.value(u"dest").isEmpty());
}

bool hasOwnAttributes(const TypedAttributes &it)
{
    return isImageOutput(it) && std::ranges::any_of(it.attributes, [](const auto &attribute) {
               return attribute.first != "name"_L1 && attribute.first != "push"_L1;
           });
}

bool isFile(const TypedAttributes &it)
{
    return it.type == "local"_L1 || it.type == "tar"_L1;
}

bool isArchive(const TypedAttributes &it)
{
    return it.type == "oci"_L1 || (it.type == "docker"_L1 && !it.value(u"dest").isEmpty());
}

template <class Range, class Test>
bool any(const Range &range, Test test)
{
    return std::ranges::any_of(range, test);
}

bool isSwitchedOn(const TypedAttributes &attestation)
{
    const QString disabled = attestation.value(u"disabled");
    return disabled != "true"_L1 && disabled != "1"_L1;
}

base::Error unsupported(Ability BuildAbilities::*wanted, const Ability &ability)
{
    const auto named = std::ranges::find(namedAbilities(), wanted, &NamedAbility::ability);
    const QString name = named == namedAbilities().end() ? QString() : QString(named->title + u": ");
    return {.kind = base::Error::Kind::Unsupported,
            .message = name + ability.reason,
            .where = {},
            .hint = ability.mend,
            .detail = {}};
}

}

Ability BuildAbilities::platform(const QString &name) const
{
    const auto runs = [&name](const QString &one) {
        // "linux/arm64" and "linux/arm64/v8" are the same.
        return one == name || QString(one + u"/v8") == name || one == QString(name + u"/v8");
    };
    if (platforms.isEmpty() || any(platforms, runs))
        return {};
    return cannot(Words::tr("programs for %1 do not run here").arg(name),
                  Words::tr("Install its emulator with \"docker run --privileged --rm tonistiigi/binfmt "
                            "--install all\", or let the build's platform compile for it "
                            "(FROM --platform=$BUILDPLATFORM)."));
}

BuildAbilities abilities(const EngineInfo &engine)
{
    BuildAbilities out;
    out.platforms = engine.platforms;
    if (engine.isPodman) {
        out.session = cannot(Words::tr("Podman builds without BuildKit"), Words::tr("Use a Docker Engine."));
    } else if (!engine.hasBuildKit) {
        out.session = cannot(Words::tr("this engine has no BuildKit"), Words::tr("Use an engine for Linux."));
    }
    const auto from = [&engine, &out](const QString &api, const QString &product) {
        return both(out.session, since(engine, api, product));
    };
    const Ability engine23 = from(u"1.42"_s, u"Docker Engine 23"_s);
    const Ability engine24 = from(u"1.43"_s, u"Docker Engine 24"_s);
    const Ability engine26 = from(u"1.45"_s, u"Docker Engine 26"_s);
    const Ability store = imageStore(engine, out.session);
    out.secrets = out.ssh = out.inlineCache = out.fileOutput = out.push = out.stageCache = out.session;
    out.networkMode = out.hostNetwork = out.addHosts = out.entitlements = out.cacheRecords = out.session;
    out.severalPlatforms = out.attestations = out.cacheExport = out.archiveOutput = out.imageOutput =
        out.layoutContexts = store;
    out.severalOutputs = out.hostGateway = engine26;
    out.namedContexts = out.limits = engine23;
    out.sourceDateEpoch = out.outline = out.history = engine24;
    out.checks = from(u"1.46"_s, u"Docker Engine 27"_s);
    return out;
}

BuildAbilities abilities(const std::vector<BuildKitWorker> &workers)
{
    BuildAbilities out;
    for (const BuildKitWorker &worker : workers)
        out.platforms += worker.platforms;
    out.platforms.removeDuplicates();
    return out;
}

std::optional<base::Error> whyNot(const BuildRequest &request, const BuildAbilities &can)
{
    const SolveOptions &o = request.options;
    const bool wantsGateway =
        any(o.addHosts, [](const QString &it) { return it.endsWith("host-gateway"_L1); });
    const bool exportsCache = any(o.cacheTo, [](const auto &it) { return it.type != "inline"_L1; });
    const bool importsCache =
        any(o.cacheFrom, [](const auto &it) { return it.type != "registry"_L1 && it.type != "local"_L1; });
    const bool hasLayouts =
        any(o.contexts, [](const auto &it) { return it.value.startsWith("oci-layout://"_L1); });
    const bool hasOutputs = !o.outputs.empty();
    const bool grantsHost = o.entitlements.contains("network.host"_L1);
    using A = BuildAbilities;
    const std::initializer_list<Wish> wishes{
        {!o.secrets.empty(), &A::secrets},
        {!o.ssh.empty(), &A::ssh},
        {o.platforms.size() > 1, &A::severalPlatforms},
        {o.platforms.size() == 1, &A::session},
        {any(o.attestations, isSwitchedOn), &A::attestations},
        {exportsCache || importsCache, &A::cacheExport},
        {!o.cacheTo.empty() || !o.cacheFrom.empty(), &A::inlineCache},
        {any(o.outputs, isFile), &A::fileOutput},
        {any(o.outputs, isArchive), &A::archiveOutput},
        {any(o.outputs, hasOwnAttributes), &A::imageOutput},
        {hasOutputs, &A::session},
        {o.outputs.size() > 1, &A::severalOutputs},
        {o.push, &A::push},
        {!o.contexts.empty(), &A::namedContexts},
        {hasLayouts, &A::layoutContexts},
        {!o.noCacheStages.isEmpty(), &A::stageCache},
        {!o.network.isEmpty() && o.network != "default"_L1, &A::networkMode},
        {grantsHost || o.network == "host"_L1, &A::hostNetwork},
        {!o.addHosts.isEmpty(), &A::addHosts},
        {wantsGateway, &A::hostGateway},
        {o.sharedMemoryBytes > 0 || !o.ulimits.empty() || !o.cgroupParent.isEmpty(), &A::limits},
        {any(o.entitlements, [](const QString &it) { return it != "network.host"_L1; }), &A::entitlements},
        {o.sourceDateEpoch.has_value(), &A::sourceDateEpoch},
    };
    for (const auto &[isWanted, ability] : wishes) {
        if (isWanted && !(can.*ability).can)
            return unsupported(ability, can.*ability);
    }
    return std::nullopt;
}

}
