// SPDX-License-Identifier: Apache-2.0
#include "build/buildrequest.h"

#include "build/secretvalues.h"
#include "build/sourcemap.h"
#include "build/stepstate.h"
#include "build/targetsettings.h"
#include "dockerfile/textfile.h"

#include <QDir>
#include <QSet>

namespace app {

using namespace Qt::StringLiterals;

namespace {

engine::BuildFile::Type fileType(project::ContextEntry::Type type)
{
    switch (type) {
    case project::ContextEntry::Type::File:
        return engine::BuildFile::Type::File;
    case project::ContextEntry::Type::Folder:
        return engine::BuildFile::Type::Folder;
    case project::ContextEntry::Type::Link:
        return engine::BuildFile::Type::Link;
    }
    Q_UNREACHABLE_RETURN(engine::BuildFile::Type::File);
}

QString outcomeText(const engine::BuildOutcome &outcome)
{
    if (outcome.succeeded())
        return u"done"_s;
    return outcome.error->kind == base::Error::Kind::Cancelled ? u"cancelled"_s : u"failed"_s;
}

QStringList baseImages(const graph::StageGraph &graph)
{
    QStringList references;
    for (const auto &image : graph.images) {
        if (image.reachable && !image.isScratch && !image.undefined)
            references.append(image.reference);
    }
    return references;
}

// FROM --platform of one line, expanded; empty without.
QString platformOf(const BuildInput &input, const graph::Stage &stage, const QString &enginePlatform)
{
    if (stage.platform.isEmpty())
        return {};
    const auto &settings = input.snapshot.settings;
    const dockerfile::BuildContextValues values{.buildArgs = settings.buildArgs,
                                                .buildPlatform = enginePlatform,
                                                .targetPlatform = settings.platform,
                                                .targetStage = settings.target};
    const auto &tree = input.snapshot.tree;
    return dockerfile::expand(stage.platform, dockerfile::variablesAt(tree, stage.fromLine, values),
                              tree.escape())
        .text;
}

// The bases that are wanted for another platform than the build's. An image that is wanted for two of them is
// left to the engine: one name holds one image there.
QHash<QString, QString> basePlatforms(const BuildInput &input, const QString &enginePlatform)
{
    const QString &wanted = input.snapshot.settings.platform;
    const QString usual = wanted.isEmpty() ? enginePlatform : wanted;
    QHash<QString, QSet<QString>> platforms;
    for (const auto &stage : input.snapshot.graph.stages) {
        if (stage.baseStage >= 0 || !stage.reachable)
            continue;
        const QString own = platformOf(input, stage, enginePlatform);
        platforms[stage.resolvedBase].insert(own.isEmpty() ? usual : own);
    }
    QHash<QString, QString> differing;
    for (const auto &[reference, found] : platforms.asKeyValueRange()) {
        if (found.size() == 1 && !found.contains(usual))
            differing.insert(reference, *found.cbegin());
    }
    return differing;
}

}

QString dockerfileNameIn(const BuildInput &input)
{
    const QString relative = QDir(input.folder).relativeFilePath(input.dockerfilePath);
    const bool outside =
        input.dockerfilePath.isEmpty() || relative.startsWith("../"_L1) || QDir::isAbsolutePath(relative);
    return outside ? u".stageloom.Dockerfile"_s : relative;
}

QStringList wantedPlatforms(const BuildInput &input)
{
    return chosenPlatforms(input.options.platforms, input.snapshot.settings.platform);
}

std::vector<engine::BuildFile> buildFiles(const project::ContextScan &scan)
{
    std::vector<engine::BuildFile> files;
    files.reserve(scan.entries.size());
    for (const auto &entry : scan.entries) {
        files.push_back({.path = entry.path,
                         .type = fileType(entry.type),
                         .sizeBytes = entry.sizeBytes,
                         .mode = entry.mode,
                         .modifiedSeconds = entry.modifiedSeconds,
                         .linkTarget = entry.linkTarget});
    }
    return files;
}

engine::BuildRequest buildRequest(const BuildInput &input, const QString &enginePlatform)
{
    const auto &settings = input.snapshot.settings;
    engine::BuildRequest request;
    request.contextFolder = QDir(input.folder).absolutePath();
    request.dockerfile = dockerfile::bytesFromText(input.snapshot.text);
    request.dockerfileName = dockerfileNameIn(input);
    request.baseImages = baseImages(input.snapshot.graph);
    request.basePlatforms = basePlatforms(input, enginePlatform);
    request.tags = input.tags;
    request.target = settings.target;
    request.platform = settings.platform;
    request.buildArgs = settings.buildArgs;
    request.noCache = settings.noCache;
    request.pull = settings.pull;
    request.labels = input.labels;
    request.options = input.options;
    return request;
}

history::BuildRecord buildRecord(const BuildInput &input, const BuildReport &report, const QDateTime &started)
{
    history::BuildRecord record;
    record.dockerfilePath = input.dockerfilePath;
    record.target = input.snapshot.settings.target;
    record.platform = input.snapshot.settings.platform;
    record.tags = input.tags;
    record.dockerfileText = SecretValues().hidden(input.snapshot.text);
    record.started = started;
    record.durationNs = report.outcome.duration.count();
    record.outcome = outcomeText(report.outcome);
    record.error = report.outcome.error ? report.outcome.error->text() : QString();
    record.imageId = report.outcome.imageId;
    for (const auto &step : report.steps) {
        record.steps.push_back({.name = step.name,
                                .state = stateName(step.state),
                                .durationNs = step.duration.count(),
                                .row = rowOfStep(input.snapshot, step)});
    }
    if (!report.sizes)
        return record;
    record.imageBytes = report.sizes->totalBytes;
    for (const auto &layer : report.sizes->layers) {
        record.layers.push_back({.instruction = layer.instruction,
                                 .sizeBytes = layer.sizeBytes,
                                 .row = layer.row,
                                 .fromBase = layer.fromBase});
    }
    return record;
}

image::ImageSizes rememberedSizes(const history::BuildRecord &record)
{
    image::ImageSizes sizes;
    sizes.reference = record.tags.value(0, record.imageId.mid(7, 12));
    sizes.id = record.imageId;
    sizes.created = record.started;
    sizes.totalBytes = record.imageBytes;
    for (const auto &layer : record.layers) {
        sizes.layers.push_back({.instruction = layer.instruction,
                                .keyword = layer.instruction.section(u' ', 0, 0),
                                .sizeBytes = layer.sizeBytes,
                                .isEmpty = layer.sizeBytes == 0,
                                .row = layer.row,
                                .fromBase = layer.fromBase});
    }
    return sizes;
}

}
