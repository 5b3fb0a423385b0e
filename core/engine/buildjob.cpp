// SPDX-License-Identifier: Apache-2.0
#include "engine/buildjob.h"

#include "engine/classicbuild/basepulls.h"
#include "engine/classicbuild/classicbuild.h"
#include "engine/words.h"

#include <QElapsedTimer>

namespace engine {

using namespace Qt::StringLiterals;

struct BuildJob::Private
{
    Private(std::shared_ptr<Client> itsClient, BuildRequest itsRequest)
        : client(std::move(itsClient))
        , request(std::move(itsRequest))
    {}

    std::shared_ptr<Client> client;
    BuildRequest request;
    StepBoard board;
    QElapsedTimer clock;
    std::unique_ptr<BasePulls> pulls;
    std::unique_ptr<ClassicBuild> build;
    bool isRunning = false;
};

BuildJob::BuildJob(std::shared_ptr<Client> client, BuildRequest request, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(client), std::move(request)))
{
    connect(&d->board, &StepBoard::stepChanged, this, &BuildJob::stepChanged);
    connect(&d->board, &StepBoard::logAppended, this, &BuildJob::logAppended);
    connect(&d->board, &StepBoard::warned, this, &BuildJob::warned);
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

void BuildJob::start()
{
    Q_ASSERT(!d->clock.isValid());
    d->clock.start();
    d->isRunning = true;
    const auto finish = [this](BuildOutcome outcome) {
        if (!std::exchange(d->isRunning, false))
            return;
        outcome.duration = std::chrono::nanoseconds(d->clock.nsecsElapsed());
        // Queued: the one who tells is still at work, and the listener may delete the job.
        QMetaObject::invokeMethod(this, [this, outcome] { Q_EMIT finished(outcome); }, Qt::QueuedConnection);
        if (outcome.succeeded())
            Q_EMIT d->client->imagesChanged(); // engines before 25 tell no event of a build
    };
    const auto build = [this, finish](const base::Result<void> &pulled) {
        if (!pulled) {
            BuildOutcome outcome;
            outcome.error = pulled.error();
            outcome.failedStep = d->board.trace.failedStep();
            return finish(outcome);
        }
        d->build = std::make_unique<ClassicBuild>(d->client.get(), &d->board, d->request, finish, nullptr);
    };
    d->pulls = std::make_unique<BasePulls>(d->client.get(), &d->board, d->request, build, nullptr);
}

void BuildJob::cancel()
{
    if (!std::exchange(d->isRunning, false))
        return;
    if (d->build)
        d->build->cancel();
    d->pulls.reset();
    d->board.endRunning(BuildStep::State::Cancelled, {});
    BuildOutcome outcome;
    outcome.error = base::Error{.kind = base::Error::Kind::Cancelled,
                                .message = Words::tr("the build was cancelled"),
                                .where = {},
                                .hint = {},
                                .detail = {}};
    outcome.duration = std::chrono::nanoseconds(d->clock.nsecsElapsed());
    QMetaObject::invokeMethod(this, [this, outcome] { Q_EMIT finished(outcome); }, Qt::QueuedConnection);
}

}
