// SPDX-License-Identifier: Apache-2.0
#include "bake/bakefile.h"
#include "bake/doubles.h"

#include <QRegularExpression>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

template <class T>
void override(std::optional<T> &mine, const std::optional<T> &later)
{
    if (later)
        mine = later;
}

// A null of the later file takes nothing away (Target.Merge in buildx).
void add(Target::Texts &mine, const Target::Texts &later)
{
    for (const auto &[key, value] : later.asKeyValueRange()) {
        if (value)
            mine.insert(key, value);
    }
}

template <class T>
void append(std::vector<T> &mine, const std::vector<T> &later)
{
    mine.insert(mine.end(), later.begin(), later.end());
    removeDoubles(mine);
}

}

void removeDoubledAttestations(std::vector<TypedEntry> &entries)
{
    std::vector<TypedEntry> kept;
    for (const auto &entry : entries) {
        const auto same = std::ranges::find(kept, entry.type, &TypedEntry::type);
        if (same == kept.end())
            kept.push_back(entry);
        else
            *same = entry;
    }
    entries = std::move(kept);
}

void removeDoubledTexts(QStringList &texts)
{
    texts.removeAll(QString());
    texts.removeDuplicates();
}

void Target::merge(const Target &later)
{
    override(context, later.context);
    override(dockerfile, later.dockerfile);
    override(dockerfileInline, later.dockerfileInline);
    add(arguments, later.arguments);
    for (const auto &[key, value] : later.contexts.asKeyValueRange())
        contexts.insert(key, value);
    add(labels, later.labels);
    override(tags, later.tags);
    override(target, later.target);
    override(call, later.call);
    annotations += later.annotations;
    attestations.insert(attestations.end(), later.attestations.begin(), later.attestations.end());
    removeDoubledAttestations(attestations);
    append(secrets, later.secrets);
    append(ssh, later.ssh);
    override(platforms, later.platforms);
    append(cacheFrom, later.cacheFrom);
    override(cacheTo, later.cacheTo);
    override(outputs, later.outputs);
    override(pull, later.pull);
    override(noCache, later.noCache);
    override(network, later.network);
    noCacheFilter += later.noCacheFilter;
    override(sharedMemory, later.sharedMemory);
    ulimits += later.ulimits;
    if (!later.description.isEmpty())
        description = later.description;
    entitlements += later.entitlements;
    add(extraHosts, later.extraHosts);
    inherits += later.inherits;
}

void Target::normalise()
{
    removeDoubledTexts(annotations);
    removeDoubledAttestations(attestations);
    if (tags)
        removeDoubledTexts(*tags);
    removeDoubles(secrets);
    removeDoubles(ssh);
    if (platforms)
        removeDoubledTexts(*platforms);
    removeDoubles(cacheFrom);
    if (cacheTo)
        removeDoubles(*cacheTo);
    if (outputs)
        removeDoubles(*outputs);
    removeDoubledTexts(noCacheFilter);
    removeDoubledTexts(ulimits);
    if (network == u"host"_s)
        entitlements.append(u"network.host"_s);
    removeDoubledTexts(entitlements);
    contexts.removeIf(
        [](const std::pair<const QString &, QString &> entry) { return entry.second.isEmpty(); });
}

const Target *BakeFile::target(QStringView name) const
{
    const auto found = std::ranges::find(targets, name, &Target::name);
    return found == targets.end() ? nullptr : &*found;
}

const Group *BakeFile::group(QStringView name) const
{
    const auto found = std::ranges::find(groups, name, &Group::name);
    return found == groups.end() ? nullptr : &*found;
}

bool isTargetName(QStringView name)
{
    static const QRegularExpression form(u"^[a-zA-Z0-9_-]+$"_s);
    return form.matchView(name).hasMatch();
}

QString localPlatform()
{
    const QString cpu = QSysInfo::currentCpuArchitecture();
    static const QHash<QString, QString> names{{u"x86_64"_s, u"amd64"_s},
                                               {u"i386"_s, u"386"_s},
                                               {u"arm"_s, u"arm/v7"_s},
                                               {u"power64"_s, u"ppc64le"_s}};
    return u"linux/"_s + names.value(cpu, cpu);
}

}
