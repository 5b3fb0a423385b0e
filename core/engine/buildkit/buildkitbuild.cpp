// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/buildkitbuild.h"

#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/buildkit/solvefailure.h"
#include "engine/rest/archiveload.h"
#include "engine/rest/push.h"
#include "engine/steps/buildfailure.h"
#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;

namespace {

QString lastLines(const QString &log)
{
    constexpr qsizetype most = 50;
    const QStringList lines = log.trimmed().split(u'\n');
    return lines.mid(std::max<qsizetype>(0, lines.size() - most)).join(u'\n');
}

BuildStep localStep(const QString &id, const QString &name)
{
    BuildStep step;
    step.id = id;
    step.name = name;
    step.instruction = name;
    step.state = BuildStep::State::Running;
    step.started = QDateTime::currentDateTimeUtc();
    return step;
}

void endStep(StepBoard *board, const QString &id, const base::Result<void> &result)
{
    BuildStep step = board->trace.step(id);
    step.state = result ? BuildStep::State::Done : BuildStep::State::Failed;
    step.error = result ? QString() : result.error().message;
    step.completed = QDateTime::currentDateTimeUtc();
    step.duration = std::chrono::milliseconds(step.started.msecsTo(step.completed));
    board->put(step);
}

}

BuildKitBuild::BuildKitBuild(Client *client, std::shared_ptr<Remote> remote, bool isEngine, StepBoard *board,
                             const BuildRequest &request, Answer answer, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_remote(std::move(remote))
    , m_isEngine(isEngine)
    , m_board(board)
    , m_request(request)
    , m_answer(std::move(answer))
{}

BuildKitBuild::~BuildKitBuild()
{
    cancel();
}

void BuildKitBuild::start()
{
    const EngineInfo engine = m_client->info().value_or(EngineInfo{});
    PlanFacts facts{.isEngine = m_isEngine, .hasImageStore = engine.containerdStore};
    if (!m_isEngine) {
        m_loadFolder = std::make_unique<QTemporaryDir>();
        facts.loadFile = m_loadFolder->filePath(u"image.tar"_s);
    }
    const auto plan = planSolve(m_request, facts);
    if (!plan)
        return failWith(plan.error());
    m_plan = *plan;
    if (m_adapt)
        m_adapt(m_plan);
    if (const auto prepared = prepareContent(m_plan.layouts.places); !prepared)
        return failWith(prepared.error().in(Words::tr("preparing the folder of the result")));
    for (const Error &note : m_plan.layouts.notes)
        Q_EMIT m_board->warned({.message = note.text(), .url = {}});
    const SessionParts parts{.sources = m_plan.sources,
                             .targets = m_plan.targets,
                             .places = m_plan.layouts.places,
                             .secrets = m_request.options.secrets,
                             .ssh = m_request.options.ssh,
                             .configFolder = dockerConfigFolder()};
    // The reports run in the worker; `this` is only touched by what the mailbox delivers here.
    SolveRun::Reports reports{
        .status =
            [this, box = m_mailbox, run = m_run, backlog = m_backlog](const QByteArray &message) {
                if (backlog->sent(message.size()) && *run)
                    (*run)->holdStatus(true);
                Mailbox::deliver(box, [this, message] { handleStatus(message); });
            },
        .noted =
            [this, box = m_mailbox](const Error &problem) {
                Mailbox::deliver(
                    box, [this, problem] { Q_EMIT m_board->warned({.message = problem.text(), .url = {}}); });
            },
        .ended = [this, box = m_mailbox](
                     const SolveEnd &end) { Mailbox::deliver(box, [this, end] { handleEnd(end); }); },
        .silent =
            [this, box = m_mailbox](std::chrono::seconds time) {
                Mailbox::deliver(box, [this, time] { Q_EMIT m_board->engineSilent(time); });
            }};
    m_remote->post([run = m_run, plan = m_plan, parts, reports = std::move(reports)](Connection &connection) {
        *run = new SolveRun(plan, parts, reports);
        (*run)->start(connection);
    });
}

void BuildKitBuild::cancel()
{
    m_answer = nullptr;
    m_mailbox->close();
    delete m_after;
    // With the run its calls are reset: the engine stops the build's programs at once.
    m_remote->post([run = m_run](Connection &) { delete std::exchange(*run, nullptr); });
}

// Log comes as fast as the engine can send it, and is read as fast as a window can show it.
void BuildKitBuild::handleStatus(const QByteArray &message)
{
    if (m_backlog->read(message.size()))
        m_remote->post([run = m_run](Connection &) {
            if (*run)
                (*run)->holdStatus(false);
        });
    if (const auto news = m_board->trace.feed(message))
        m_board->tell(*news);
}

void BuildKitBuild::handleEnd(const SolveEnd &end)
{
    m_remote->post([run = m_run](Connection &) { delete std::exchange(*run, nullptr); });
    if (end.unreachable)
        failWith(*end.unreachable);
    else if (end.status.code == GrpcCode::Ok && end.troubles.output)
        failWith(*end.troubles.output); // the engine is done, and we could not write down what it made
    else if (end.status.code == GrpcCode::Ok)
        succeed(end);
    else
        fail(end);
}

void BuildKitBuild::succeed(const SolveEnd &end)
{
    m_response = end.response;
    const QString digest = end.response.value(u"containerimage.digest"_s);
    const QString config = end.response.value(u"containerimage.config.digest"_s);
    const bool makesImage =
        std::ranges::any_of(m_plan.exporters, [](const TypedAttributes &it) { return it.type == "moby"_L1; });
    BuildOutcome outcome;
    if (makesImage)
        outcome.imageId = digest;
    if (!m_plan.loadAfterwards)
        return pushNext(outcome);
    const bool isByManifest = m_client->info().value_or(EngineInfo{}).containerdStore;
    outcome.imageId = isByManifest || config.isEmpty() ? digest : config;
    load(outcome);
}

void BuildKitBuild::load(const BuildOutcome &outcome)
{
    const QString id = u"load"_s;
    m_board->put(localStep(id, Words::tr("load the image into the engine")));
    m_after = new ArchiveLoad(m_client->transport(), m_loadFolder->filePath(u"image.tar"_s),
                              [this, outcome, id](const base::Result<void> &result) {
                                  endStep(m_board, id, result);
                                  if (!result)
                                      return failWith(result.error().in(Words::tr("loading the image")));
                                  pushNext(outcome);
                              });
}

void BuildKitBuild::pushNext(const BuildOutcome &outcome)
{
    if (m_plan.pushAfterwards.isEmpty())
        return finish(outcome);
    const QString tag = m_plan.pushAfterwards.takeFirst();
    const QString id = u"push:"_s + tag;
    m_board->put(localStep(id, u"push "_s + tag));
    m_after = new ImagePush(
        m_client->transport(), tag,
        [this, id](const Client::PullProgress &progress) {
            BuildStep step = m_board->trace.step(id);
            auto row = std::ranges::find(step.progress, progress.layer, &BuildStep::Progress::id);
            if (row == step.progress.end())
                row = step.progress.insert(row, BuildStep::Progress{.id = progress.layer, .name = {}});
            row->name = progress.layer + u": "_s + progress.status;
            row->current = progress.current;
            row->total = std::max(row->total, progress.total);
            row->completed = progress.status == "Pushed"_L1 || progress.status == "Layer already exists"_L1;
            m_board->putProgress(step);
        },
        [this, id, tag, outcome](const base::Result<void> &result) {
            endStep(m_board, id, result);
            if (!result)
                return failWith(result.error().in(Words::tr("pushing %1").arg(tag)));
            pushNext(outcome);
        });
}

void BuildKitBuild::fail(const SolveEnd &end)
{
    BuildOutcome outcome;
    outcome.error = failureOf(end, outcome);
    // BuildKit stops what runs beside the step that failed.
    m_board->endRunning(BuildStep::State::Cancelled, {});
    finish(outcome);
}

Error BuildKitBuild::failureOf(const SolveEnd &end, BuildOutcome &outcome) const
{
    const bool isLost = end.status.code == GrpcCode::Unavailable;
    if (isLost)
        return callFailure(end.status, m_client->endpoint());
    const FailureDetails details = readFailureDetails(end.status.details);
    const auto &trace = m_board->trace;
    outcome.failedStep = trace.ids().contains(details.vertex) ? details.vertex : trace.failedStep();
    // Rows of another file (a frontend's own) are none of ours.
    const bool isOurs = details.file.isEmpty() || m_request.dockerfileName.endsWith(details.file);
    const bool hasRows = details.rows.first > 0 && isOurs;
    outcome.errorRow = hasRows ? details.rows.first : errorRow(end.status.message);
    outcome.errorLastRow = hasRows ? details.rows.last : outcome.errorRow;
    outcome.exitCode = details.exitCode ? details.exitCode : exitCodeOf(end.status.message);

    const SessionTroubles &troubles = end.troubles;
    if (troubles.output)
        return *troubles.output;
    if (troubles.sync)
        return *troubles.sync;
    for (const Error &trouble : troubles.content) {
        if (end.status.message.contains(trouble.message)) // in our own words
            return trouble;
    }
    if (const auto damage = damagedBlob(m_plan.layouts.places, end.status.message))
        return *damage;
    const BuildStep *step = outcome.failedStep.isEmpty() ? nullptr : &trace.step(outcome.failedStep);
    const QString log = lastLines(trace.logTail(outcome.failedStep));
    Error error = buildFailure(end.status.message, m_request.dockerfileName, step, log);
    if (outcome.errorRow > 0)
        error.where = u"%1:%2"_s.arg(m_request.dockerfileName).arg(outcome.errorRow);
    if (!troubles.missingSecrets.isEmpty() && end.status.message.contains("not found"_L1))
        error.hint =
            Words::tr("Give the build a secret with the id \"%1\".").arg(troubles.missingSecrets.last());
    for (const auto &trouble : {troubles.secret, troubles.ssh, troubles.credentials}) {
        if (trouble)
            error.hint = trouble->text();
    }
    return error;
}

void BuildKitBuild::failWith(const Error &error)
{
    m_board->endRunning(BuildStep::State::Failed, error.message);
    BuildOutcome outcome;
    outcome.error = error;
    finish(outcome);
}

void BuildKitBuild::finish(const BuildOutcome &outcome)
{
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(outcome);
}

}
