// SPDX-License-Identifier: Apache-2.0
#include "build/bakebuild.h"
#include "build/buildrequest.h"
#include "build/buildsession.h"
#include "commandline/arguments.h"
#include "commandline/buildflags.h"
#include "commandline/buildoutput.h"
#include "commandline/command.h"
#include "commandline/engineconnection.h"
#include "commandline/interrupt.h"
#include "commandline/progressjson.h"
#include "commandline/sourcefile.h"
#include "history/historystore.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

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
    declareBuildFlags(options);
    options.option({u"format"_s}, tr("How the result is printed."), u"text|json"_s, u"text"_s);
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
    auto document = documentOf(*text, settings, file);
    if (!document)
        return std::unexpected(document.error());
    input.snapshot = std::move(*document);
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

/// One `stageloom build`, from its flags to its exit code.
class BuildRun
{
public:
    BuildRun(const Arguments &options, const Console &console, Progress progress)
        : m_options(options)
        , m_console(console)
        , m_progress(progress)
        , m_json(console, {})
        , m_text(console)
        , m_isJson(options.value(u"format"_s) == "json"_L1)
    {}

    /// -o - is a tar on standard output: a file that is copied there in the end.
    base::Result<void> takeStandardOutput(engine::SolveOptions &options)
    {
        for (auto &output : options.outputs) {
            for (auto &[key, value] : output.attributes) {
                if (key != "dest"_L1 || value != "-"_L1)
                    continue;
                if (m_isJson || !m_streamed.isEmpty() || !m_folder.isValid())
                    return std::unexpected(
                        base::Error{.kind = base::Error::Kind::Refused,
                                    .message = tr("standard output cannot take all of this"),
                                    .hint = tr("Write --output type=tar,dest=FILE.")});
                m_streamed = value = m_folder.filePath(u"output.tar"_s);
            }
        }
        return {};
    }

    void watch(const BuildSession &session)
    {
        QObject::connect(&session, &BuildSession::stepChanged, &session,
                         [this, &session](const engine::BuildStep &step) {
                             if (m_progress == Progress::Json)
                                 m_json.step(session.input(), step);
                             else if (m_progress == Progress::Text && !m_isJson)
                                 m_text.show(step);
                         });
        QObject::connect(&session, &BuildSession::logAppended, &session,
                         [this](const QString &step, const QString &text) {
                             if (m_progress == Progress::Json)
                                 m_json.log(step, text);
                             else if (m_progress == Progress::Text && !m_isJson)
                                 m_text.showLog(step, text);
                         });
        QObject::connect(&session, &BuildSession::engineSilent, &session, [this](std::chrono::seconds time) {
            if (m_progress == Progress::Json)
                m_json.silence(time);
            else if (m_progress == Progress::Text && !m_isJson)
                m_text.showSilence(time);
        });
        QObject::connect(&session, &BuildSession::warned, &session,
                         [this](const engine::BuildWarning &warning) {
                             if (m_progress == Progress::Json)
                                 m_json.warning(warning);
                             else if (m_progress == Progress::Text && !m_isJson)
                                 m_text.showNote(warning);
                         });
    }

    int end(const BuildInput &input, const BuildReport &result)
    {
        if (m_progress == Progress::Json)
            m_json.finished(result);
        else
            for (const auto &note : result.notes)
                m_console.err(tr("note: %1").arg(note) + u'\n');
        if (m_isJson)
            m_console.outBytes(buildReportJson(input, result));
        if (!result.outcome.succeeded())
            return m_progress == Progress::Json
                       ? m_console.fail(*result.outcome.error)
                       : reportFailure(m_console, input, result.outcome, m_text.lastLoggedStep());
        if (const int code = writeFiles(input, result); code != Done)
            return code;
        if (!m_streamed.isEmpty())
            return stream();
        if (m_progress == Progress::None && !m_isJson)
            m_console.out(result.outcome.imageId + u'\n');
        else if (!m_isJson)
            m_console.out(buildReportText(input, result));
        return Done;
    }

private:
    int writeFiles(const BuildInput &input, const BuildReport &result) const
    {
        if (m_options.has(u"iidfile"_s)) {
            const int code =
                m_console.deliver(result.outcome.imageId.toUtf8(), m_options.value(u"iidfile"_s));
            if (code != Done)
                return code;
        }
        return m_options.has(u"metadata-file"_s)
                   ? m_console.deliver(buildMetadataJson(input, result), m_options.value(u"metadata-file"_s))
                   : Done;
    }

    int stream() const
    {
        QFile file(m_streamed);
        if (!file.open(QIODevice::ReadOnly))
            return m_console.fail(
                {.kind = base::Error::Kind::NotFound, .message = file.errorString(), .where = m_streamed});
        constexpr qint64 most = 1 << 20;
        while (!file.atEnd())
            m_console.outBytes(file.read(most));
        return Done;
    }

    const Arguments &m_options;
    const Console &m_console;
    Progress m_progress;
    ProgressJson m_json;
    BuildProgressText m_text;
    bool m_isJson;
    QTemporaryDir m_folder;
    QString m_streamed; ///< the file that goes to standard output
};

}

int runBuild(const QStringList &arguments, const Console &console)
{
    Arguments options(u"build"_s, tr("Builds a folder on the engine and shows what every layer costs."));
    declare(options);
    if (const auto over = options.parse(arguments, console, 1, 1))
        return *over;
    const auto format = options.oneOf(u"format"_s, {u"text"_s, u"json"_s}, console);
    const auto progress = format ? progressFrom(options, console) : std::nullopt;
    if (!progress)
        return WrongUsage;
    const auto target = targetFromFlags(options);
    if (!target)
        return console.fail(target.error(), WrongUsage);
    auto input = inputFrom(options, settingsOf(*target));
    if (!input)
        return console.fail(input.error());
    if (const auto done = applyFlags(*target, options, *input); !done)
        return console.fail(done.error(), WrongUsage);
    BuildRun run(options, console, *progress);
    if (const auto done = run.takeStandardOutput(input->options); !done)
        return console.fail(done.error(), WrongUsage);
    auto store = history::HistoryStore::open();
    if (!store)
        console.err(store.error().text() + u'\n');

    std::optional<Interrupt> interrupt; // until there is something to cancel, Ctrl+C ends us as usual
    std::unique_ptr<BuildSession> session;
    const auto begin = [&](const std::shared_ptr<engine::Client> &client,
                           const std::vector<engine::KnownNode> &nodes) {
        auto shares =
            engine::sharesOf(options.value(u"builder"_s), nodes, wantedPlatforms(*input), input->options);
        if (!shares)
            return QCoreApplication::exit(console.fail(shares.error()));
        input->nodes = std::move(*shares);
        interrupt.emplace();
        session = std::make_unique<BuildSession>(client, store ? &*store : nullptr);
        run.watch(*session);
        QObject::connect(&*interrupt, &Interrupt::interrupted, session.get(), &BuildSession::cancel);
        QObject::connect(session.get(), &BuildSession::finished, session.get(),
                         [&](const BuildReport &result) { QCoreApplication::exit(run.end(*input, result)); });
        session->start(*input);
    };
    return withEngine(console, [&](const std::shared_ptr<engine::Client> &client) {
        withNodes(client.get(), options, console,
                  [&begin, client](const std::vector<engine::KnownNode> &nodes) { begin(client, nodes); });
    });
}

}
