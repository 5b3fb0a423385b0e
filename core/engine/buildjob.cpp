// SPDX-License-Identifier: Apache-2.0
#include "engine/buildjob.h"

#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/buildkitbuild.h"
#include "engine/buildkit/sharedbuild.h"
#include "engine/classicbuild/basepulls.h"
#include "engine/classicbuild/classicbuild.h"
#include "engine/words.h"

#include <QElapsedTimer>
#include <QPointer>

namespace engine {

using namespace Qt::StringLiterals;

struct BuildJob::Private
{
    Private(BuildJob *itsJob, std::shared_ptr<Client> itsClient, BuildRequest itsRequest)
        : job(itsJob)
        , client(std::move(itsClient))
        , request(std::move(itsRequest))
    {}

    [[nodiscard]] BuildAbilities canDo() const;
    void buildTogether();
    void buildBySession();
    void buildByRest();
    void pullAndBuild();
    void handleSessionEnd(const BuildOutcome &outcome);
    void finish(BuildOutcome outcome);
    void fail(const base::Error &error);

    BuildJob *job;
    std::shared_ptr<Client> client;
    std::vector<NodeShare> nodes; ///< of a builder
    BuildRequest request;
    std::function<void(Files)> lister;
    Way way = Way::Best;
    StepBoard board;
    QElapsedTimer clock;
    std::unique_ptr<BuildKitBuild> session;
    std::unique_ptr<SharedBuild> shared;
    std::unique_ptr<BasePulls> pulls;
    std::unique_ptr<ClassicBuild> build;
    bool isRunning = false;
};

BuildJob::BuildJob(std::shared_ptr<Client> client, BuildRequest request, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(client), std::move(request)))
{
    connect(&d->board, &StepBoard::stepChanged, this, &BuildJob::stepChanged);
    connect(&d->board, &StepBoard::logAppended, this, &BuildJob::logAppended);
    connect(&d->board, &StepBoard::warned, this, &BuildJob::warned);
    connect(&d->board, &StepBoard::engineSilent, this, &BuildJob::engineSilent);
}

BuildJob::BuildJob(std::shared_ptr<Client> client, const std::vector<NodeShare> &nodes, BuildRequest request,
                   QObject *parent)
    : BuildJob(std::move(client), std::move(request), parent)
{
    d->nodes = nodes;
}

BuildJob::~BuildJob()
{
    d->board.disconnect(this);
    if (d->build)
        d->build->cancel();
}

const BuildRequest &BuildJob::request() const
{
    return d->request;
}

void BuildJob::setWay(Way way)
{
    d->way = way;
}

void BuildJob::setFileLister(std::function<void(Files)> lister)
{
    d->lister = std::move(lister);
}

void BuildJob::start()
{
    Q_ASSERT(!d->clock.isValid());
    d->clock.start();
    d->isRunning = true;
    const BuildAbilities can = d->canDo();
    const bool isShared = d->nodes.size() > 1;
    const auto hindrance = isShared ? whyNotShared(d->request.options) : std::nullopt;
    if (const auto error = hindrance ? hindrance : whyNot(d->request, can))
        return d->fail(*error);
    if (isShared)
        d->buildTogether();
    else if (can.session.can)
        d->buildBySession();
    else
        d->buildByRest();
}

BuildAbilities BuildJob::Private::canDo() const
{
    if (!nodes.empty())
        return abilities(std::vector<BuildKitWorker>());
    EngineInfo engine = client->info().value_or(EngineInfo{});
    engine.hasBuildKit = engine.hasBuildKit && way == Way::Best;
    return abilities(engine);
}

void BuildJob::Private::buildTogether()
{
    shared = std::make_unique<SharedBuild>(
        client.get(), nodes, &board, request, [this](const BuildOutcome &outcome) { finish(outcome); },
        nullptr);
    shared->start();
}

void BuildJob::Private::buildBySession()
{
    const bool isEngine = nodes.empty();
    const auto remote =
        isEngine ? client->transport()->buildKit() : std::make_shared<Remote>(nodes.front().address, false);
    session = std::make_unique<BuildKitBuild>(
        client.get(), remote, isEngine, &board, request,
        [this](const BuildOutcome &outcome) { handleSessionEnd(outcome); }, nullptr);
    session->start();
}

// Before anything was built: an engine that does not let us speak to its BuildKit still builds what a session
// is not needed for.
void BuildJob::Private::handleSessionEnd(const BuildOutcome &outcome)
{
    const bool isUnsupported =
        outcome.error && outcome.error->kind == base::Error::Kind::Unsupported && board.trace.ids().isEmpty();
    if (!nodes.empty() || !isUnsupported)
        return finish(outcome);
    BuildAbilities byRest = abilities(EngineInfo{.version = client->info()->version});
    if (whyNot(request, byRest))
        return finish(outcome);
    buildByRest();
}

void BuildJob::Private::buildByRest()
{
    if (!lister || !request.files.empty())
        return pullAndBuild();
    lister([this, alive = QPointer(job)](base::Result<std::vector<BuildFile>> files) {
        if (!alive || !isRunning)
            return;
        if (!files)
            return fail(files.error());
        request.files = std::move(*files);
        pullAndBuild();
    });
}

void BuildJob::Private::pullAndBuild()
{
    const auto go = [this](const base::Result<void> &pulled) {
        if (!pulled) {
            BuildOutcome outcome;
            outcome.error = pulled.error();
            outcome.failedStep = board.trace.failedStep();
            return finish(outcome);
        }
        build = std::make_unique<ClassicBuild>(
            client.get(), &board, request, [this](const BuildOutcome &outcome) { finish(outcome); }, nullptr);
    };
    pulls = std::make_unique<BasePulls>(client.get(), &board, request, go, nullptr);
}

void BuildJob::Private::finish(BuildOutcome outcome)
{
    if (!std::exchange(isRunning, false))
        return;
    outcome.duration = std::chrono::nanoseconds(clock.nsecsElapsed());
    // Queued: the one who tells is still at work, and the listener may delete the job.
    QMetaObject::invokeMethod(
        job, [it = job, outcome] { Q_EMIT it->finished(outcome); }, Qt::QueuedConnection);
    if (outcome.succeeded())
        Q_EMIT client->imagesChanged(); // engines before 25 tell no event of a build
}

void BuildJob::Private::fail(const base::Error &error)
{
    BuildOutcome outcome;
    outcome.error = error;
    finish(outcome);
}

void BuildJob::cancel()
{
    if (!d->isRunning)
        return;
    if (d->session)
        d->session->cancel();
    if (d->shared)
        d->shared->cancel();
    if (d->build)
        d->build->cancel();
    d->pulls.reset();
    d->board.endRunning(BuildStep::State::Cancelled, {});
    d->fail({.kind = base::Error::Kind::Cancelled,
             .message = Words::tr("the build was cancelled"),
             .where = {},
             .hint = {},
             .detail = {}});
}

}
