// SPDX-License-Identifier: Apache-2.0
#include "build/targetsettings.h"

#include "build/bakeoptions.h"
#include "dockerfile/views.h"

#include <QCoreApplication>

namespace app {

using namespace Qt::StringLiterals;
using workspace::Entries;
using From = workspace::SecretSetting::From;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TargetSettings", text);
}

bake::Target::Texts textsOf(const Entries &entries)
{
    bake::Target::Texts texts;
    for (const auto &entry : entries)
        texts.insert(entry.name, entry.value);
    return texts;
}

// A place is a word of its own, or the attributes as buildx writes them.
base::Result<std::vector<bake::TypedEntry>> cachesOf(const Entries &entries, const QString &folderKey)
{
    std::vector<bake::TypedEntry> all;
    for (const auto &entry : entries) {
        bake::TypedEntry one{.type = entry.name, .attributes = {}};
        if (entry.value.contains(u'=')) {
            auto parsed = bake::parseCache(u"type=%1,%2"_s.arg(entry.name, entry.value));
            if (!parsed)
                return std::unexpected(parsed.error());
            all.insert(all.end(), parsed->begin(), parsed->end());
            continue;
        }
        if (entry.name != "inline"_L1)
            one.attributes.insert(entry.name == "local"_L1 ? folderKey : u"ref"_s, entry.value);
        if (entry.name == "registry"_L1 && entry.value.isEmpty())
            return std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                               .message = tr("a cache in a registry names no image"),
                                               .hint = tr("Write a reference, such as registry/app:cache.")});
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<bake::TypedEntry> outputsOf(const Entries &entries)
{
    std::vector<bake::TypedEntry> all;
    for (const auto &entry : entries) {
        bake::TypedEntry one{.type = entry.name, .attributes = {}};
        if (entry.name == "oci-folder"_L1) {
            one.type = u"oci"_s;
            one.attributes.insert(u"tar"_s, u"false"_s);
        }
        if (!entry.value.isEmpty() && entry.name != "image"_L1 && entry.name != "registry"_L1)
            one.attributes.insert(u"dest"_s, entry.value);
        all.push_back(std::move(one));
    }
    // Into the engine's store is what happens anyway.
    if (all.size() == 1 && all.front().type == "image"_L1)
        all.clear();
    return all;
}

base::Result<void> addAttestations(const workspace::SolveSettings &settings, bake::Target &target)
{
    for (const auto &[type, value] :
         {std::pair(u"sbom"_s, settings.sbom), std::pair(u"provenance"_s, settings.provenance)}) {
        if (value.isEmpty())
            continue;
        auto entry = bake::parseAttestation(bake::attestationText(type, value));
        if (!entry)
            return std::unexpected(entry.error());
        target.attestations.push_back(std::move(*entry));
    }
    return {};
}

void addSources(const workspace::SolveSettings &settings, bake::Target &target)
{
    for (const auto &secret : settings.secrets)
        target.secrets.push_back(
            {.id = secret.id,
             .file = secret.from == From::File ? secret.place : QString(),
             .environment = secret.from == From::Environment ? secret.place : QString()});
    for (const auto &agent : settings.ssh)
        target.ssh.push_back(
            {.id = agent.name, .paths = agent.value.isEmpty() ? QStringList() : QStringList{agent.value}});
    for (const auto &context : settings.contexts)
        target.contexts.insert(context.name, context.value);
}

base::Result<void> addSolve(const workspace::SolveSettings &settings, bake::Target &target)
{
    auto from = cachesOf(settings.cacheFrom, u"src"_s);
    auto to = cachesOf(settings.cacheTo, u"dest"_s);
    for (const auto *caches : {&from, &to}) {
        if (!*caches)
            return std::unexpected(caches->error());
    }
    target.cacheFrom = std::move(*from);
    if (!to->empty())
        target.cacheTo = std::move(*to);
    if (auto outputs = outputsOf(settings.outputs); !outputs.empty())
        target.outputs = std::move(outputs);
    if (!settings.network.isEmpty())
        target.network = settings.network;
    if (!settings.sharedMemory.isEmpty())
        target.sharedMemory = settings.sharedMemory;
    for (const auto &limit : settings.ulimits)
        target.ulimits.append(limit.name + u'=' + limit.value);
    target.labels = textsOf(settings.labels);
    target.extraHosts = textsOf(settings.hosts);
    target.noCacheFilter = settings.noCacheStages;
    target.entitlements = settings.entitlements;
    addSources(settings, target);
    return addAttestations(settings, target);
}

}

base::Result<bake::Target> bakeTarget(const QString &name, const workspace::BuildSettings &settings,
                                      const QString &context, const QString &dockerfile)
{
    bake::Target target;
    target.name = name;
    target.context = context;
    target.dockerfile = dockerfile;
    if (!settings.tag.isEmpty())
        target.tags = QStringList{settings.tag};
    if (!settings.target.isEmpty())
        target.target = settings.target;
    for (const auto &[argument, value] : settings.buildArgs.asKeyValueRange())
        target.arguments.insert(argument, value);
    if (!settings.solve.sourceDateEpoch.isEmpty())
        target.arguments.insert(u"SOURCE_DATE_EPOCH"_s, settings.solve.sourceDateEpoch);
    if (!settings.solve.platforms.isEmpty())
        target.platforms = settings.solve.platforms;
    else if (!settings.platform.isEmpty())
        target.platforms = QStringList{settings.platform};
    if (settings.noCache)
        target.noCache = true;
    if (settings.pull)
        target.pull = true;
    if (auto done = addSolve(settings.solve, target); !done)
        return std::unexpected(done.error());
    return target;
}

base::Result<engine::SolveOptions> solveOptions(const workspace::BuildSettings &settings,
                                                const QString &folder,
                                                const QHash<QString, QByteArray> &typed)
{
    workspace::SolveSettings known = settings.solve;
    std::erase_if(known.secrets, [](const auto &secret) { return secret.from == From::Typed; });
    bake::Target target;
    target.platforms = known.platforms;
    if (auto done = addSolve(known, target); !done)
        return std::unexpected(done.error());
    auto options = solveOptions(target, folder);
    if (!options)
        return options;
    options->cgroupParent = known.cgroupParent;
    bool isNumber = false;
    if (const qint64 epoch = known.sourceDateEpoch.toLongLong(&isNumber); isNumber)
        options->sourceDateEpoch = epoch;
    else if (!known.sourceDateEpoch.isEmpty())
        return std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                           .message = tr("SOURCE_DATE_EPOCH is no number of seconds"),
                                           .hint = tr("Write 0, or the seconds since 1970.")});
    for (const auto &secret : settings.solve.secrets) {
        if (secret.from != From::Typed)
            continue;
        if (typed.value(secret.id).isEmpty())
            return std::unexpected(
                base::Error{.kind = base::Error::Kind::NotFound,
                            .message = tr("the secret \"%1\" was not typed yet").arg(secret.id),
                            .hint = tr("Type it in the build options; it is not kept on disk.")});
        options->secrets.push_back(
            {.id = secret.id, .file = {}, .environment = {}, .typed = typed.value(secret.id)});
    }
    return options;
}

QHash<QString, QString> labelsOf(const workspace::SolveSettings &settings)
{
    QHash<QString, QString> labels;
    for (const auto &label : settings.labels)
        labels.insert(label.name, label.value);
    return labels;
}

QStringList chosenPlatforms(const QStringList &several, const QString &single)
{
    return several.isEmpty() && !single.isEmpty() ? QStringList{single} : several;
}

QStringList platformsOf(const workspace::BuildSettings &settings)
{
    return chosenPlatforms(settings.solve.platforms, settings.platform);
}

QStringList wantedEntitlements(const workspace::Snapshot &snapshot)
{
    QStringList wanted;
    if (snapshot.settings.solve.network == "host"_L1)
        wanted.append(u"network.host"_s);
    for (const auto &stage : snapshot.graph.stages) {
        if (!stage.reachable)
            continue;
        for (const int line : stage.instructions) {
            if (snapshot.tree.line(line).keyword != dockerfile::Keyword::Run)
                continue;
            const auto run = dockerfile::viewRun(dockerfile::Instruction(snapshot.tree, line));
            if (run.network == u"host"_s)
                wanted.append(u"network.host"_s);
            if (run.security == u"insecure"_s)
                wanted.append(u"security.insecure"_s);
        }
    }
    wanted.removeDuplicates();
    return wanted;
}

}
