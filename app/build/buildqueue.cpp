// SPDX-License-Identifier: Apache-2.0
#include "build/buildqueue.h"

#include <QCryptographicHash>
#include <QPointer>
#include <QTimer>

namespace app {

using namespace Qt::StringLiterals;
using State = QueuedBuild::State;

namespace {

BuildReport reportOf(base::Error error)
{
    BuildReport report;
    report.outcome.error = std::move(error);
    return report;
}

base::Error cancelled()
{
    return {.kind = base::Error::Kind::Cancelled, .message = BuildQueue::tr("the build was cancelled")};
}

}

BuildQueue::BuildQueue(std::shared_ptr<engine::Client> client, history::HistoryStore *store, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_store(store)
{}

BuildQueue::~BuildQueue() = default;

void BuildQueue::setLimit(int atOnce)
{
    m_limit = std::max(atOnce, 1);
    startMore();
}

int BuildQueue::add(const QString &name, const BuildInput &input, const std::vector<int> &after)
{
    m_builds.push_back({.id = ++m_lastId, .name = name, .input = input, .after = after});
    for (const int id : after) {
        auto *needed = find(id);
        if (!needed || !needed->linkTag.isEmpty() || needed->state != State::Waiting)
            continue;
        // A name that nobody else uses: the image is found by it while the queue runs, and it goes
        // afterwards.
        const QByteArray seed = needed->name.toUtf8() + QByteArray::number(quintptr(this)) +
                                QByteArray::number(id) +
                                QByteArray::number(QCoreApplication::applicationPid());
        const auto digest = QCryptographicHash::hash(seed, QCryptographicHash::Sha256).toHex().first(16);
        needed->linkTag = u"stageloom-link:"_s + QString::fromLatin1(digest);
    }
    const int id = m_lastId;
    Q_EMIT added(id);
    if (!std::exchange(m_isScheduled, true)) // after all that is added in one go
        QTimer::singleShot(0, this, &BuildQueue::startMore);
    return id;
}

void BuildQueue::startMore()
{
    m_isScheduled = false;
    for (std::size_t i = 0; i < m_builds.size() && int(m_sessions.size()) < m_limit; ++i) {
        if (m_builds[i].state != State::Waiting)
            continue;
        bool isReady = true;
        for (const int id : m_builds[i].after) {
            const auto *needed = build(id);
            if (!needed || needed->state == State::Succeeded)
                continue;
            isReady = false;
            if (needed->hasEnded()) {
                end(m_builds[i].id, State::Failed,
                    reportOf({.message = tr("\"%1\" is needed, and was not built").arg(needed->name)}));
                break;
            }
        }
        if (isReady)
            start(m_builds[i]);
    }
    if (m_wasBusy && !isRunning()) {
        m_wasBusy = false;
        removeLinkTags();
        tellIdle();
    }
}

// Whoever hears it may end the program: what was asked of the engine has to be done by then.
void BuildQueue::tellIdle()
{
    if (m_removals == 0 && !isRunning())
        Q_EMIT idle();
}

void BuildQueue::start(QueuedBuild &build)
{
    m_wasBusy = true;
    build.state = State::Running;
    giveLinksNames(build);
    const int id = build.id;
    auto &session = m_sessions[id];
    session = std::make_unique<BuildSession>(m_client, m_store);
    connect(session.get(), &BuildSession::stepChanged, this,
            [this, id](const engine::BuildStep &step) { Q_EMIT stepChanged(id, step); });
    connect(session.get(), &BuildSession::logAppended, this,
            [this, id](const QString &step, const QString &text) { Q_EMIT logAppended(id, step, text); });
    connect(session.get(), &BuildSession::warned, this,
            [this, id](const engine::BuildWarning &warning) { Q_EMIT warned(id, warning); });
    connect(session.get(), &BuildSession::engineSilent, this,
            [this, id](std::chrono::seconds time) { Q_EMIT engineSilent(id, time); });
    connect(session.get(), &BuildSession::finished, this, [this, id](const BuildReport &report) {
        const auto &error = report.outcome.error;
        const bool wasCancelled = error && error->kind == base::Error::Kind::Cancelled;
        end(id, wasCancelled ? State::Cancelled : error ? State::Failed : State::Succeeded, report);
    });
    Q_EMIT started(id);
    BuildInput input = build.input;
    if (!build.linkTag.isEmpty()) {
        input.tags.append(build.linkTag);
        // Others are FROM it: it has to be in the engine's store, whatever else becomes of it.
        auto &outputs = input.options.outputs;
        std::erase_if(outputs,
                      [](const engine::TypedAttributes &output) { return output.type == "cacheonly"_L1; });
        if (!isKeptByEngine(input.options))
            outputs.push_back({.type = u"docker"_s, .attributes = {}});
    }
    session->start(std::move(input));
}

// "target:base" of a context becomes the image that the other build left in the engine.
void BuildQueue::giveLinksNames(QueuedBuild &build)
{
    for (auto &context : build.input.options.contexts) {
        for (const int id : build.after) {
            const auto *needed = this->build(id);
            if (needed && context.value == u"target:"_s + needed->name)
                context.value = u"docker-image://"_s + needed->linkTag;
        }
    }
}

void BuildQueue::end(int id, State state, const BuildReport &report)
{
    auto *build = find(id);
    build->state = state;
    build->report = report;
    if (const auto session = m_sessions.find(id); session != m_sessions.end()) {
        session->second->disconnect(this);
        session->second.release()->deleteLater(); // we may be inside its finished()
        m_sessions.erase(session);
    }
    m_wasBusy = true;
    Q_EMIT ended(id);
    if (!std::exchange(m_isScheduled, true))
        QTimer::singleShot(0, this, &BuildQueue::startMore);
}

void BuildQueue::cancel(int id)
{
    const auto *build = find(id);
    if (!build || build->hasEnded())
        return;
    if (const auto session = m_sessions.find(id); session != m_sessions.end())
        session->second->cancel();
    else
        end(id, State::Cancelled, reportOf(cancelled()));
}

void BuildQueue::cancelAll()
{
    std::vector<int> ids; // those that wait first, or they would start
    for (const auto &build : m_builds)
        ids.push_back(build.id);
    std::ranges::stable_partition(ids, [this](int id) { return build(id)->state == State::Waiting; });
    for (const int id : ids)
        cancel(id);
}

void BuildQueue::clearEnded()
{
    std::vector<int> gone;
    for (const auto &build : m_builds) {
        if (build.hasEnded())
            gone.push_back(build.id);
    }
    std::erase_if(m_builds, [](const QueuedBuild &build) { return build.hasEnded(); });
    for (const int id : gone)
        Q_EMIT removed(id);
}

void BuildQueue::removeLinkTags()
{
    for (auto &build : m_builds) {
        const QString tag = std::exchange(build.linkTag, {});
        if (tag.isEmpty() || build.state != State::Succeeded)
            continue;
        ++m_removals;
        m_client->removeImage(tag, false,
                              [this](const base::Result<QStringList> &) { // it may be gone already
                                  --m_removals;
                                  tellIdle();
                              });
    }
}

const QueuedBuild *BuildQueue::build(int id) const
{
    const auto found = std::ranges::find(m_builds, id, &QueuedBuild::id);
    return found == m_builds.end() ? nullptr : &*found;
}

QueuedBuild *BuildQueue::find(int id)
{
    return const_cast<QueuedBuild *>(build(id));
}

QHash<QString, std::chrono::nanoseconds> BuildQueue::timesBefore(int id) const
{
    const auto session = m_sessions.find(id);
    return session == m_sessions.end() ? QHash<QString, std::chrono::nanoseconds>()
                                       : session->second->timesBefore();
}

bool BuildQueue::isRunning() const
{
    return !std::ranges::all_of(m_builds, &QueuedBuild::hasEnded);
}

}
