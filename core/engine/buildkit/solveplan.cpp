// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/solveplan.h"

#include "engine/rest/images.h"
#include "engine/words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;

namespace {

Error senseless(const QString &message, const QString &where, const QString &hint)
{
    return {.kind = Error::Kind::Malformed, .message = message, .where = where, .hint = hint, .detail = {}};
}

QString csvField(const QString &field)
{
    if (!field.contains(u',') && !field.contains(u'"') && !field.contains(u'\n'))
        return field;
    return u'"' + QString(field).replace(u'"', u"\"\""_s) + u'"';
}

bool isTrue(const QString &text)
{
    return text == "true"_L1 || text == "1"_L1;
}

bool isFalse(const QString &text)
{
    return text == "false"_L1 || text == "0"_L1;
}

/// The Dockerfile as the editor has it, and the ignore file that stands beside it under its name.
LocalSource dockerfileSource(const BuildRequest &request)
{
    const QString name = QFileInfo(request.dockerfileName).fileName();
    LocalSource source{.name = u"dockerfile"_s, .folder = {}, .files = {{name, request.dockerfile}}};
    if (request.contextFolder.isEmpty())
        return source;
    QFile ignored(QDir(request.contextFolder).filePath(request.dockerfileName + u".dockerignore"));
    if (ignored.open(QIODevice::ReadOnly))
        source.files.push_back({name + u".dockerignore", ignored.readAll()});
    return source;
}

QString addHosts(const QStringList &hosts, bool &needsGateway)
{
    QStringList fields;
    for (const QString &entry : hosts) {
        const qsizetype equals = entry.indexOf(u'=');
        const qsizetype at = equals >= 0 ? equals : entry.indexOf(u':');
        QString ip = entry.sliced(at + 1);
        if (ip.startsWith(u'[') && ip.endsWith(u']'))
            ip = ip.sliced(1, ip.size() - 2);
        needsGateway = needsGateway || ip == "host-gateway"_L1;
        fields += csvField(entry.first(std::max<qsizetype>(at, 0)) + u'=' + ip);
    }
    return fields.join(u',');
}

QString ulimitsText(const std::vector<Ulimit> &ulimits)
{
    QStringList fields;
    for (const Ulimit &limit : ulimits)
        fields += csvField(u"%1=%2:%3"_s.arg(limit.name).arg(limit.soft).arg(limit.hard));
    return fields.join(u',');
}

QString cacheImportsJson(const std::vector<TypedAttributes> &imports)
{
    QJsonArray array;
    for (const TypedAttributes &entry : imports) {
        QJsonObject attributes;
        for (const auto &[key, value] : entry.attributes)
            attributes.insert(key, value);
        array += QJsonObject{{u"Type"_s, entry.type}, {u"Attrs"_s, attributes}};
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

bool isRemote(const QString &value)
{
    for (const auto scheme : {"docker-image://"_L1, "target:"_L1, "http://"_L1, "https://"_L1, "git://"_L1,
                              "ssh://"_L1, "git@"_L1, "github.com/"_L1, "input:"_L1}) {
        if (value.startsWith(scheme))
            return true;
    }
    return false;
}

/// As buildx names them: the short form of an image's name, without ":latest".
QString contextName(const QString &name)
{
    QString plain = shortName(name);
    if (plain.endsWith(":latest"_L1))
        plain.chop(":latest"_L1.size());
    return plain;
}

std::optional<Error> addContexts(SolvePlan &plan, const std::vector<NamedContext> &contexts)
{
    for (const auto &[name, value] : contexts) {
        const QString key = u"context:"_s + contextName(name);
        if (isRemote(value)) {
            plan.attributes.insert_or_assign(key, value);
            continue;
        }
        if (value.startsWith("oci-layout://"_L1)) {
            const auto layout = plan.layouts.addContext(value);
            if (!layout)
                return layout.error().in(Words::tr("the build context \"%1\"").arg(name));
            plan.attributes.insert_or_assign(key, *layout);
            continue;
        }
        if (!QFileInfo(value).isDir()) {
            return senseless(
                Words::tr("the build context \"%1\" is no folder").arg(name), value,
                Words::tr("Give a folder, docker-image://IMAGE, oci-layout://FOLDER, target:STAGE, "
                          "or a git or http address."));
        }
        // These two are taken by the build's own.
        const bool isTaken = name == "context"_L1 || name == "dockerfile"_L1;
        const QString local = isTaken ? QString(u'_' + name) : name;
        plan.attributes.insert_or_assign(key, u"local:"_s + local);
        plan.sources.push_back({.name = local, .folder = QFileInfo(value).absoluteFilePath(), .files = {}});
    }
    return std::nullopt;
}

void addAttributes(SolvePlan &plan, const BuildRequest &request, const PlanFacts &facts)
{
    auto &to = plan.attributes;
    const SolveOptions &options = request.options;
    to[u"filename"_s] = QFileInfo(request.dockerfileName).fileName();
    if (!request.target.isEmpty())
        to[u"target"_s] = request.target;
    for (const auto &[name, value] : request.buildArgs.asKeyValueRange())
        to[u"build-arg:"_s + name] = value;
    for (const auto &[name, value] : request.labels.asKeyValueRange())
        to[u"label:"_s + name] = value;
    if (!options.platforms.isEmpty())
        to[u"platform"_s] = options.platforms.join(u',');
    else if (!request.platform.isEmpty())
        to[u"platform"_s] = request.platform;
    if (request.noCache)
        to[u"no-cache"_s] = QString();
    else if (!options.noCacheStages.isEmpty())
        to[u"no-cache"_s] = options.noCacheStages.join(u',');
    if (request.pull)
        to[u"image-resolve-mode"_s] = u"pull"_s;
    else if (facts.isEngine) // an image that the engine has is taken as it is, without asking a registry
        to[u"image-resolve-mode"_s] = u"local"_s;
    if (!options.addHosts.isEmpty())
        to[u"add-hosts"_s] = addHosts(options.addHosts, plan.needsHostGateway);
    if (!options.network.isEmpty() && options.network != "default"_L1)
        to[u"force-network-mode"_s] = options.network;
    if (options.sharedMemoryBytes > 0)
        to[u"shm-size"_s] = QString::number(options.sharedMemoryBytes);
    if (!options.ulimits.empty())
        to[u"ulimit"_s] = ulimitsText(options.ulimits);
    if (!options.cgroupParent.isEmpty())
        to[u"cgroup-parent"_s] = options.cgroupParent;
    if (options.sourceDateEpoch)
        to[u"build-arg:SOURCE_DATE_EPOCH"_s] = QString::number(*options.sourceDateEpoch);
    for (const TypedAttributes &attestation : options.attestations) {
        if (isTrue(attestation.value(u"disabled")))
            continue;
        auto attributes = attestation.attributes;
        std::erase_if(attributes, [](const auto &it) { return it.first == "disabled"_L1; });
        to[u"attest:"_s + attestation.type] = asCsv(attributes);
    }
}

std::optional<Error> addCaches(SolvePlan &plan, const SolveOptions &options)
{
    for (const TypedAttributes &cache : options.cacheFrom) {
        const auto added = plan.layouts.addImport(cache);
        if (!added)
            return added.error();
        if (*added)
            plan.cacheImports.push_back(**added);
    }
    for (const TypedAttributes &cache : options.cacheTo) {
        const auto added = plan.layouts.addExport(cache);
        if (!added)
            return added.error();
        plan.cacheExports.push_back(*added);
    }
    if (!plan.cacheImports.empty())
        plan.attributes[u"cache-imports"_s] = cacheImportsJson(plan.cacheImports);
    return std::nullopt;
}

TypedAttributes without(TypedAttributes from, QStringView key)
{
    std::erase_if(from.attributes, [key](const auto &it) { return it.first == key; });
    return from;
}

void set(TypedAttributes &in, const QString &key, const QString &value)
{
    in = without(std::move(in), key);
    in.attributes.emplace_back(key, value);
}

/// One output as an exporter of that BuildKit, with where its bytes go.
std::optional<Error> addOutput(SolvePlan &plan, const TypedAttributes &wanted, const BuildRequest &request,
                               const PlanFacts &facts)
{
    TypedAttributes exporter = without(wanted, u"dest");
    const QString dest = wanted.value(u"dest");
    OutputTarget target;
    if (wanted.type == "cacheonly"_L1)
        return std::nullopt;
    if (wanted.type == "local"_L1 || wanted.type == "tar"_L1) {
        if (dest.isEmpty() || dest == "-"_L1)
            return senseless(Words::tr("the output \"%1\" names no destination").arg(wanted.type), {},
                             Words::tr("Add dest=PATH."));
        target.kind = wanted.type == "local"_L1 ? OutputTarget::Kind::Folder : OutputTarget::Kind::File;
        target.path = QFileInfo(dest).absoluteFilePath();
    } else if (wanted.type == "oci"_L1 || (wanted.type == "docker"_L1 && !dest.isEmpty())) {
        const bool isFolder = isFalse(wanted.value(u"tar"));
        if (dest.isEmpty() || dest == "-"_L1)
            return senseless(Words::tr("the output \"%1\" names no destination").arg(wanted.type), {},
                             isFolder ? Words::tr("Add dest=FOLDER.") : Words::tr("Add dest=FILE."));
        const QString path = QFileInfo(dest).absoluteFilePath();
        if (!isFolder)
            target = {.kind = OutputTarget::Kind::File, .path = path};
        else if (const auto added = plan.layouts.addOutput(path); !added)
            return added.error();
    } else if (wanted.type == "image"_L1 || wanted.type == "registry"_L1 || wanted.type == "docker"_L1 ||
               wanted.type == "moby"_L1) {
        if (wanted.type == "registry"_L1)
            set(exporter, u"push"_s, u"true"_s);
        exporter.type = u"image"_s;
        if (facts.isEngine) {
            exporter.type = u"moby"_s;
        } else if (wanted.type == "docker"_L1 || wanted.type == "moby"_L1) {
            exporter.type = u"docker"_s;
            target = {.kind = OutputTarget::Kind::File, .path = facts.loadFile};
            plan.loadAfterwards = true;
        }
    } else {
        return senseless(Words::tr("there is no output of the type \"%1\"").arg(wanted.type), {},
                         Words::tr("Use image, registry, docker, oci, local, tar or cacheonly."));
    }
    const bool isImage = exporter.type != "local"_L1 && exporter.type != "tar"_L1;
    if (isImage && !request.tags.isEmpty())
        set(exporter, u"name"_s, request.tags.join(u','));
    if (exporter.type == "moby"_L1 && isTrue(exporter.value(u"push")) && !facts.hasImageStore) {
        const QString names = exporter.value(u"name");
        plan.pushAfterwards = names.split(u',', Qt::SkipEmptyParts);
        exporter = without(std::move(exporter), u"push");
    }
    if (isTrue(exporter.value(u"push")) && exporter.value(u"name").isEmpty())
        return senseless(Words::tr("an image without a name cannot be pushed"), {},
                         Words::tr("Give it a tag."));
    plan.exporters.push_back(std::move(exporter));
    plan.targets.push_back(std::move(target));
    return std::nullopt;
}

std::optional<Error> addOutputs(SolvePlan &plan, const BuildRequest &request, const PlanFacts &facts)
{
    std::vector<TypedAttributes> outputs = request.options.outputs;
    const auto takesPush = [](const TypedAttributes &it) {
        return it.type == "image"_L1 || it.type == "registry"_L1 || it.type == "moby"_L1;
    };
    if (outputs.empty()) // a push from a buildkitd of its own does not go through the engine's store
        outputs.push_back({.type = request.options.push && !facts.isEngine ? u"image"_s : u"moby"_s});
    else if (request.options.push && std::ranges::none_of(outputs, takesPush))
        outputs.push_back({.type = u"image"_s});
    for (TypedAttributes output : outputs) {
        if (request.options.push && takesPush(output))
            set(output, u"push"_s, u"true"_s);
        if (auto error = addOutput(plan, output, request, facts))
            return error;
    }
    return std::nullopt;
}

}

QString asCsv(const std::vector<std::pair<QString, QString>> &attributes)
{
    QStringList fields;
    for (const auto &[key, value] : attributes)
        fields += csvField(key + u'=' + value);
    return fields.join(u',');
}

base::Result<SolvePlan> planQuestion(const BuildRequest &request, const PlanFacts &facts)
{
    SolvePlan plan;
    addAttributes(plan, request, facts);
    plan.sources.push_back(dockerfileSource(request));
    plan.sources.push_back({.name = u"context"_s, .folder = request.contextFolder, .files = {}});
    plan.sharedKey = request.contextFolder.isEmpty() ? QByteArray() : sharedKeyOf(request.contextFolder);
    if (const auto error = addContexts(plan, request.options.contexts))
        return std::unexpected(*error);
    return plan;
}

base::Result<SolvePlan> planSolve(const BuildRequest &request, const PlanFacts &facts)
{
    auto plan = planQuestion(request, facts);
    if (!plan)
        return plan;
    if (const auto error = addCaches(*plan, request.options))
        return std::unexpected(*error);
    plan->entitlements = request.options.entitlements;
    if (request.options.network == "host"_L1 && !plan->entitlements.contains("network.host"_L1))
        plan->entitlements += u"network.host"_s; // who asks for it grants it, as buildx has it
    if (const auto error = addOutputs(*plan, request, facts))
        return std::unexpected(*error);
    return plan;
}

}
