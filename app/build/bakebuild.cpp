// SPDX-License-Identifier: Apache-2.0
#include "build/bakebuild.h"

#include "build/bakeoptions.h"
#include "dockerfile/textfile.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("BakeBuild", text);
}

base::Error problem(base::Error::Kind kind, const QString &message, const QString &where, const QString &hint)
{
    return {.kind = kind, .message = message, .where = where, .hint = hint};
}

bool isRemote(const QString &context)
{
    static const QRegularExpression remote(u"^([a-z][a-z0-9+.-]*://|git@|github\\.com/)"_s);
    return remote.match(context).hasMatch();
}

base::Result<BuildInput> inputWithoutOptions(const bake::Target &target, const QString &folder)
{
    const QString context = target.context.value_or(u"."_s);
    if (isRemote(context))
        return std::unexpected(
            problem(base::Error::Kind::Unsupported, tr("the context is not a folder here"), context,
                    tr("Fetch it, and name the folder: --set %1.context=FOLDER.").arg(target.name)));
    if (target.call && *target.call != "build"_L1)
        return std::unexpected(problem(base::Error::Kind::Unsupported,
                                       tr("the target asks for \"%1\" instead of a build").arg(*target.call),
                                       {}, tr("Build it with --set %1.call=build.").arg(target.name)));
    BuildInput input;
    const QFileInfo place(QDir(folder).absoluteFilePath(context));
    if (!place.isDir())
        return std::unexpected(problem(base::Error::Kind::NotFound, tr("the context is no folder"),
                                       place.filePath(),
                                       tr("Paths of a bake file begin in the folder where it is run.")));
    input.folder = place.canonicalFilePath();
    input.dockerfilePath =
        QDir::cleanPath(QDir(input.folder).absoluteFilePath(target.dockerfile.value_or(u"Dockerfile"_s)));
    QString text;
    if (target.dockerfileInline) {
        text = *target.dockerfileInline;
    } else {
        const auto read = dockerfile::readTextFile(input.dockerfilePath);
        if (!read)
            return std::unexpected(read.error());
        text = *read;
    }
    const auto document = documentOf(text, settingsOf(target), input.dockerfilePath);
    if (!document)
        return std::unexpected(document.error());
    input.snapshot = *document;
    return input;
}

}

base::Result<workspace::Snapshot> documentOf(const QString &text, const workspace::BuildSettings &settings,
                                             const QString &file)
{
    workspace::Workspace document;
    document.replaceDocument(text, settings);
    const auto &graph = document.snapshot().graph;
    if (settings.target.isEmpty() || graph.stageCalled(settings.target))
        return document.snapshot();
    QStringList names;
    for (const auto &stage : graph.stages)
        names.append(stage.displayName());
    return std::unexpected(problem(base::Error::Kind::NotFound,
                                   tr("no stage is called \"%1\"").arg(settings.target), file,
                                   tr("There are: %1.").arg(names.join(u", "_s))));
}

workspace::BuildSettings settingsOf(const bake::Target &target)
{
    workspace::BuildSettings settings;
    settings.target = target.target.value_or(QString());
    settings.noCache = target.noCache.value_or(false);
    settings.pull = target.pull.value_or(false);
    const auto platforms = target.platforms.value_or(QStringList());
    if (platforms.size() == 1 && !platforms.constFirst().contains(u','))
        settings.platform =
            platforms.constFirst() == "local"_L1 ? bake::localPlatform() : platforms.constFirst();
    for (const auto &[name, value] : target.arguments.asKeyValueRange()) {
        if (value)
            settings.buildArgs.insert(name, *value);
    }
    return settings;
}

std::optional<qint64> sourceDateEpoch(const bake::Target &target)
{
    const QString text =
        target.arguments.value(u"SOURCE_DATE_EPOCH"_s).value_or(qEnvironmentVariable("SOURCE_DATE_EPOCH"));
    bool isNumber = false;
    const qint64 seconds = text.toLongLong(&isNumber);
    return isNumber ? std::optional(seconds) : std::nullopt;
}

base::Result<BuildInput> buildInput(const bake::Target &target, const QString &folder)
{
    auto input = inputWithoutOptions(target, folder);
    auto options = solveOptions(target, folder);
    if (!input || !options) {
        const auto &error = input ? options.error() : input.error();
        return std::unexpected(error.in(tr("target \"%1\"").arg(target.name)));
    }
    input->tags = target.tags.value_or(QStringList());
    for (const auto &[name, value] : target.labels.asKeyValueRange())
        input->labels.insert(name, value.value_or(QString()));
    input->options = std::move(*options);
    input->options.sourceDateEpoch = sourceDateEpoch(target);
    return input;
}

}
