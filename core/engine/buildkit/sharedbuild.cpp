// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sharedbuild.h"

#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/registry/listpush.h"
#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// News of a step are a moment old; more than that is a clock that goes wrong.
constexpr std::chrono::milliseconds toleratedLag = std::chrono::seconds(2);

QString idOf(const NodeShare &share, const QString &id)
{
    return share.node + u'/' + id;
}

}

SharedBuild::SharedBuild(Client *client, const std::vector<NodeShare> &nodes, StepBoard *board,
                         const BuildRequest &request, Answer answer, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_board(board)
    , m_request(request)
    , m_answer(std::move(answer))
{
    for (const NodeShare &share : nodes) {
        m_parts.push_back(std::make_unique<Part>());
        m_parts.back()->share = share;
    }
}

SharedBuild::~SharedBuild()
{
    cancel();
}

void SharedBuild::start()
{
    for (const auto &cache : m_request.options.cacheTo) {
        if (cache.type == "registry"_L1)
            Q_EMIT m_board->warned(
                {.message = Words::tr("every node writes its cache to %1: the last one's stays")
                                .arg(cache.value(u"ref")),
                 .url = {}});
    }
    for (const auto &it : m_parts) {
        Part &part = *it;
        join(part);
        BuildRequest request = m_request;
        request.options.platforms = part.share.platforms;
        part.build = std::make_unique<BuildKitBuild>(
            m_client, std::make_shared<Remote>(part.share.address, false), false, &part.board, request,
            [this, &part](const BuildOutcome &outcome) { handleEnd(part, outcome); }, nullptr);
        part.build->adaptPlan([&part](SolvePlan &plan) { part.push = sharePlan(plan); });
    }
    for (const auto &part : m_parts) {
        part->build->start();
        if (!m_answer)
            return; // a plan that cannot be: all have the same
    }
}

void SharedBuild::join(Part &part)
{
    connect(&part.board, &StepBoard::stepChanged, this,
            [this, &part](const BuildStep &step) { m_board->put(tagged(part, step)); });
    connect(&part.board, &StepBoard::logAppended, this,
            [this, &part](const QString &step, const QString &text) {
                const QString id = idOf(part.share, step);
                m_board->trace.appendLog(id, text);
                m_board->tell({.changed = {}, .progress = {}, .logs = {{id, text}}, .warnings = {}});
            });
    connect(&part.board, &StepBoard::warned, this, [this](const BuildWarning &warning) {
        if (std::ranges::contains(m_warnings, warning))
            return; // each node says what the Dockerfile is
        m_warnings.push_back(warning);
        Q_EMIT m_board->warned(warning);
    });
    connect(&part.board, &StepBoard::engineSilent, m_board, &StepBoard::engineSilent);
}

BuildStep SharedBuild::tagged(Part &part, const BuildStep &step) const
{
    BuildStep out = step;
    out.id = idOf(part.share, step.id);
    for (QString &input : out.inputs)
        input = idOf(part.share, input);
    if (out.platform.isEmpty())
        out.platform = part.share.platforms.join(u',');
    if (out.isInternal()) { // "[internal] load build context" is there once a node
        out.name = u"%1: %2"_s.arg(part.share.node, step.name);
        out.instruction = u"%1: %2"_s.arg(part.share.node, step.instruction);
    }
    if (!part.lag && step.started.isValid()) {
        const std::chrono::milliseconds lag(step.started.msecsTo(QDateTime::currentDateTimeUtc()));
        part.lag = std::chrono::abs(lag) > toleratedLag ? lag : std::chrono::milliseconds(0);
    }
    if (part.lag && out.started.isValid())
        out.started = out.started.addDuration(*part.lag);
    if (part.lag && out.completed.isValid())
        out.completed = out.completed.addDuration(*part.lag);
    return out;
}

void SharedBuild::cancel()
{
    m_answer = nullptr;
    for (const auto &part : m_parts) {
        part->board.disconnect();
        if (part->build)
            part->build->cancel();
    }
    const QObjectList pushes = children();
    qDeleteAll(pushes);
}

void SharedBuild::handleEnd(Part &part, const BuildOutcome &outcome)
{
    part.hasEnded = true;
    if (!outcome.succeeded()) {
        BuildOutcome told = outcome;
        if (!told.failedStep.isEmpty())
            told.failedStep = idOf(part.share, told.failedStep);
        told.error = told.error->in(
            Words::tr("%1 on the node \"%2\"").arg(part.share.platforms.join(u", "_s), part.share.node));
        for (const auto &other : m_parts) {
            if (!other->hasEnded && other->build)
                other->build->cancel();
        }
        m_board->endRunning(BuildStep::State::Cancelled, {});
        return finish(told);
    }
    if (std::ranges::all_of(m_parts, [](const auto &it) { return it->hasEnded; }))
        pushList();
}

void SharedBuild::pushList()
{
    const SharedPush &push = m_parts.front()->push;
    ListOrder order{
        .parts = {}, .names = push.names, .annotations = push.annotations, .isInsecure = push.isInsecure};
    for (const auto &part : m_parts) {
        const QStringList &platforms = part->share.platforms;
        order.parts.push_back({.digest = part->build->response().value(u"containerimage.digest"_s),
                               .platform = platforms.size() == 1 ? platforms.front() : QString()});
    }
    if (order.names.isEmpty())
        return finish({});
    BuildStep step;
    step.id = u"list"_s;
    step.name = Words::tr("push the list of platforms to %1").arg(order.names.join(u", "_s));
    step.instruction = step.name;
    step.state = BuildStep::State::Running;
    step.started = QDateTime::currentDateTimeUtc();
    m_board->put(step);
    new ListPush(
        order, dockerConfigFolder(),
        [this, step](const base::Result<QString> &digest) {
            BuildStep ended = step;
            ended.state = digest ? BuildStep::State::Done : BuildStep::State::Failed;
            ended.error = digest ? QString() : digest.error().message;
            ended.completed = QDateTime::currentDateTimeUtc();
            ended.duration = std::chrono::milliseconds(ended.started.msecsTo(ended.completed));
            m_board->put(ended);
            BuildOutcome outcome;
            if (digest)
                outcome.imageId = *digest;
            else
                outcome.error = digest.error();
            finish(outcome);
        },
        this);
}

void SharedBuild::finish(const BuildOutcome &outcome)
{
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(outcome);
}

}
