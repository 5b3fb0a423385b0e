// SPDX-License-Identifier: Apache-2.0
#include "build/buildsession.h"
#include "commandline/arguments.h"
#include "commandline/buildoutput.h"
#include "commandline/command.h"
#include "commandline/engineconnection.h"
#include "commandline/interrupt.h"
#include "commandline/sourcefile.h"
#include "history/historystore.h"
#include "image/reference.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("BuildCommand", text);
}

void declare(Arguments &options)
{
    options.positional(u"FOLDER"_s, tr("The build context."));
    options.option({u"f"_s, u"file"_s}, tr("The Dockerfile; FOLDER/Dockerfile when left out."), u"file"_s);
    options.option({u"t"_s, u"tag"_s}, tr("Tag of the image; may be given several times."), u"tag"_s);
    options.option({u"target"_s}, tr("The stage to build."), u"stage"_s);
    options.option({u"build-arg"_s}, tr("Value of an ARG; may be given several times."), u"name=value"_s);
    options.option({u"platform"_s}, tr("For example linux/arm64."), u"platform"_s);
    options.option({u"no-cache"_s}, tr("Run every step again."));
    options.option({u"pull"_s}, tr("Pull the base images even when they are there."));
    options.option({u"format"_s}, tr("How the result is printed."), u"text|json"_s, u"text"_s);
}

base::Error wrong(const QString &message, const QString &hint)
{
    return {.kind = base::Error::Kind::Malformed, .message = message, .hint = hint};
}

base::Result<workspace::BuildSettings> settingsFrom(const Arguments &options)
{
    workspace::BuildSettings settings;
    settings.target = options.value(u"target"_s);
    settings.platform = options.value(u"platform"_s);
    settings.noCache = options.has(u"no-cache"_s);
    settings.pull = options.has(u"pull"_s);
    for (const auto &pair : options.values(u"build-arg"_s)) {
        const qsizetype equals = pair.indexOf(u'=');
        const QString name = equals < 0 ? pair : pair.left(equals);
        if (name.isEmpty())
            return std::unexpected(
                wrong(tr("--build-arg \"%1\" names no argument").arg(pair), tr("Write NAME=VALUE.")));
        // Like docker: a bare name takes its value from the environment, and is left out when that has none.
        if (equals >= 0)
            settings.buildArgs.insert(name, pair.mid(equals + 1));
        else if (qEnvironmentVariableIsSet(name.toLocal8Bit().constData()))
            settings.buildArgs.insert(name, qEnvironmentVariable(name.toLocal8Bit().constData()));
    }
    return settings;
}

base::Result<QStringList> tagsFrom(const Arguments &options)
{
    const QStringList tags = options.values(u"tag"_s);
    for (const auto &tag : tags) {
        if (const QString why = image::whyNoReference(tag); !why.isEmpty())
            return std::unexpected(wrong(tr("\"%1\" is no tag").arg(tag), why));
    }
    return tags;
}

base::Result<BuildInput> inputFrom(const Arguments &options, const workspace::BuildSettings &settings)
{
    BuildInput input;
    const QFileInfo folder(options.positionals().constFirst());
    if (!folder.isDir())
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::NotFound,
                        .message = folder.exists() ? tr("this is no folder") : tr("there is no such folder"),
                        .where = folder.filePath(),
                        .hint = tr("Name the folder that holds the sources; -f names the Dockerfile.")});
    input.folder = folder.canonicalFilePath();
    const QString file =
        options.has(u"file"_s) ? options.value(u"file"_s) : QDir(input.folder).filePath(u"Dockerfile"_s);
    const auto text = readSource(file);
    if (!text)
        return std::unexpected(text.error());
    if (file != "-"_L1)
        input.dockerfilePath = QFileInfo(file).canonicalFilePath();
    workspace::Workspace document;
    document.replaceDocument(*text, settings);
    input.snapshot = document.snapshot();
    const auto &graph = input.snapshot.graph;
    if (!settings.target.isEmpty() && !graph.stageCalled(settings.target)) {
        QStringList names;
        for (const auto &stage : graph.stages)
            names.append(stage.displayName());
        return std::unexpected(base::Error{.kind = base::Error::Kind::NotFound,
                                           .message = tr("no stage is called \"%1\"").arg(settings.target),
                                           .where = file,
                                           .hint = tr("There are: %1.").arg(names.join(u", "_s))});
    }
    return input;
}

// The place and the step's own output stand right above the error, which is what a person sees first.
int reportFailure(const Console &console, const BuildInput &input, const engine::BuildOutcome &outcome,
                  const QString &lastLoggedStep)
{
    base::Error error = *outcome.error;
    console.err(failedLinesText(input, outcome));
    const QString log = std::exchange(error.detail, {}).trimmed();
    const bool saysTheSame = log.endsWith(error.message) || error.message.contains(log);
    const bool isOwnOutput = !outcome.failedStep.isEmpty() && !saysTheSame;
    if (!isOwnOutput)
        error.detail = log;
    else if (lastLoggedStep != outcome.failedStep && !log.isEmpty())
        console.err(log + u'\n');
    return console.fail(error);
}

int report(const Console &console, const BuildInput &input, const BuildReport &result, bool json,
           const QString &lastLoggedStep)
{
    for (const auto &note : result.notes)
        console.err(tr("note: %1").arg(note) + u'\n');
    if (json)
        console.outBytes(buildReportJson(input, result));
    if (!result.outcome.succeeded())
        return reportFailure(console, input, result.outcome, lastLoggedStep);
    if (!json)
        console.out(buildReportText(input, result));
    return Done;
}

}

int runBuild(const QStringList &arguments, const Console &console)
{
    Arguments options(u"build"_s, tr("Builds a folder on the engine and shows what every layer costs."));
    declare(options);
    if (const auto over = options.parse(arguments, console, 1, 1))
        return *over;
    const auto format = options.oneOf(u"format"_s, {u"text"_s, u"json"_s}, console);
    if (!format)
        return WrongUsage;
    const auto settings = settingsFrom(options);
    if (!settings)
        return console.fail(settings.error(), WrongUsage);
    const auto tags = tagsFrom(options);
    if (!tags)
        return console.fail(tags.error(), WrongUsage);
    auto input = inputFrom(options, *settings);
    if (!input)
        return console.fail(input.error());
    input->tags = *tags;
    auto store = history::HistoryStore::open();
    if (!store)
        console.err(store.error().text() + u'\n');

    std::optional<Interrupt> interrupt; // until there is something to cancel, Ctrl+C ends us as usual
    std::unique_ptr<BuildSession> session;
    std::unique_ptr<BuildProgressText> progress;
    return withEngine(console, [&](std::shared_ptr<engine::Client> client) {
        interrupt.emplace();
        session = std::make_unique<BuildSession>(std::move(client), store ? &*store : nullptr);
        if (*format == "text"_L1)
            progress = std::make_unique<BuildProgressText>(*session, console);
        QObject::connect(&*interrupt, &Interrupt::interrupted, session.get(), &BuildSession::cancel);
        QObject::connect(
            session.get(), &BuildSession::finished, session.get(), [&](const BuildReport &result) {
                QCoreApplication::exit(report(console, *input, result, *format == "json"_L1,
                                              progress ? progress->lastLoggedStep() : QString()));
            });
        session->start(*input);
    });
}

}
