// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/buildkitclient.h"

#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/controlvalues.h"
#include "engine/buildkit/frontendanswers.h"
#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/buildkit/solvefailure.h"
#include "engine/buildkit/subrequest.h"
#include "engine/rest/transport.h"
#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;

namespace {
const QByteArray control = "/moby.buildkit.v1.Control/";
const QString newerFrontend = u"docker/dockerfile:1"_s;

Error unsupported(const Ability &ability)
{
    return {.kind = Error::Kind::Unsupported, .message = ability.reason, .where = {}, .hint = ability.mend};
}

Error unreadable(const Endpoint &endpoint)
{
    return {.kind = Error::Kind::Malformed,
            .message = Words::tr("the engine's answer cannot be read"),
            .where = endpoint.url};
}

/// A frontend that knows the request not: 20.10 says so in words, later ones by the code too.
bool isUnknownRequest(const GrpcStatus &status)
{
    return status.code == GrpcCode::Unimplemented || status.message.contains("unsupported request"_L1);
}

}

struct BuildKitClient::Private
{
    /// A call that runs; the worker's.
    struct Running
    {
        std::shared_ptr<ClientCall> call;
        std::unique_ptr<SubRequest> question;
        bool isCancelled = false;

        void cancel()
        {
            isCancelled = true;
            if (call)
                call->cancel();
            call.reset();
            question.reset();
        }
    };
    using Done = std::function<void(const base::Result<void> &)>;

    [[nodiscard]] BuildAbilities canDo() const;
    Cancel begin(const std::shared_ptr<Running> &running, const std::shared_ptr<bool> &isOpen);
    Cancel refuse(const Ability &ability, const Done &done);
    /// Streams the answer's messages into `each`, then says how it ended.
    Cancel ask(const QByteArray &method, const QByteArray &request,
               const std::function<void(const QByteArray &)> &each, const Done &done);
    template <class T>
    Cancel askOne(const Ability &ability, const QByteArray &method, const QByteArray &request,
                  std::optional<T> (*read)(const QByteArray &), const Answer<T> &answer);
    template <class T>
    Cancel question(const Ability &ability, const QByteArray &name, const BuildRequest &request,
                    std::optional<T> (*read)(const QByteArray &), const Answer<T> &answer);
    void askFrontend(const std::shared_ptr<Running> &running, const std::shared_ptr<bool> &isOpen,
                     const SolvePlan &plan, const QByteArray &name, const QString &image,
                     const std::function<void(const SubRequest::End &)> &ended);

    std::shared_ptr<Client> client; ///< null for a BuildKit of its own
    Endpoint endpoint;
    std::shared_ptr<Remote> remote;
    std::shared_ptr<Mailbox> mailbox = Mailbox::make();
    std::vector<std::weak_ptr<Running>> running;
};

BuildKitClient::BuildKitClient(std::shared_ptr<Client> client, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->endpoint = client->endpoint();
    d->remote = client->transport()->buildKit();
    d->client = std::move(client);
}

BuildKitClient::BuildKitClient(const BuildKitAddress &address, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->endpoint = address.endpoint;
    d->remote = std::make_shared<Remote>(address, false);
}

BuildKitClient::~BuildKitClient()
{
    d->mailbox->close();
    for (const auto &weak : d->running) {
        if (auto running = weak.lock())
            d->remote->post([running](Connection &) { running->cancel(); });
    }
}

BuildAbilities BuildKitClient::Private::canDo() const
{
    return client ? abilities(client->info().value_or(EngineInfo{}))
                  : abilities(std::vector<BuildKitWorker>());
}

BuildKitClient::Cancel BuildKitClient::Private::begin(const std::shared_ptr<Running> &it,
                                                      const std::shared_ptr<bool> &isOpen)
{
    std::erase_if(running, [](const auto &weak) { return weak.expired(); });
    running.push_back(it);
    return [remote = remote, weak = std::weak_ptr(it), isOpen] {
        *isOpen = false;
        if (auto strong = weak.lock())
            remote->post([strong](Connection &) { strong->cancel(); });
    };
}

BuildKitClient::Cancel BuildKitClient::Private::refuse(const Ability &ability, const Done &done)
{
    auto isOpen = std::make_shared<bool>(true);
    Mailbox::deliver(mailbox, [isOpen, done, error = unsupported(ability)] {
        if (std::exchange(*isOpen, false))
            done(std::unexpected(error));
    });
    return [isOpen] { *isOpen = false; };
}

BuildKitClient::Cancel BuildKitClient::Private::ask(const QByteArray &method, const QByteArray &request,
                                                    const std::function<void(const QByteArray &)> &each,
                                                    const Done &done)
{
    auto it = std::make_shared<Running>();
    auto isOpen = std::make_shared<bool>(true); // ours, never the worker's
    const auto hear = [box = mailbox, isOpen, each](const QByteArray &message) {
        Mailbox::deliver(box, [isOpen, each, message] {
            if (*isOpen)
                each(message);
        });
    };
    const auto end = [box = mailbox, isOpen, done](const base::Result<void> &result) {
        Mailbox::deliver(box, [isOpen, done, result] {
            if (std::exchange(*isOpen, false))
                done(result);
        });
    };
    remote->post([it, method, request, hear, end, at = endpoint](Connection &connection) {
        connection.use([=](const base::Result<GrpcClient *> &grpc) {
            if (it->isCancelled)
                return;
            if (!grpc)
                return end(std::unexpected(grpc.error()));
            const auto call = (*grpc)->call(method, {}, [=](ClientCall &to) {
                to.received = hear;
                to.finished = [=](const GrpcStatus &status) {
                    it->call.reset();
                    if (status.code == GrpcCode::Ok)
                        end({});
                    else
                        end(std::unexpected(callFailure(status, at)));
                };
            });
            it->call = call;
            call->send(request);
            call->halfClose();
        });
    });
    return begin(it, isOpen);
}

template <class T>
BuildKitClient::Cancel
BuildKitClient::Private::askOne(const Ability &ability, const QByteArray &method, const QByteArray &request,
                                std::optional<T> (*read)(const QByteArray &), const Answer<T> &answer)
{
    auto value = std::make_shared<std::optional<T>>();
    const Done done = [value, answer, at = endpoint](const base::Result<void> &result) {
        if (!result)
            return answer(std::unexpected(result.error()));
        if (!*value)
            return answer(std::unexpected(unreadable(at)));
        answer(std::move(**value));
    };
    if (!ability.can)
        return refuse(ability, done);
    return ask(
        control + method, request, [value, read](const QByteArray &message) { *value = read(message); },
        done);
}

BuildKitClient::Cancel BuildKitClient::listWorkers(Answer<std::vector<BuildKitWorker>> answer)
{
    return d->askOne<std::vector<BuildKitWorker>>(d->canDo().session, "ListWorkers", {}, readWorkers, answer);
}

BuildKitClient::Cancel BuildKitClient::diskUsage(Answer<std::vector<CacheRecord>> answer)
{
    return d->askOne<std::vector<CacheRecord>>(d->canDo().cacheRecords, "DiskUsage", {}, readDiskUsage,
                                               answer);
}

BuildKitClient::Cancel BuildKitClient::prune(const PruneSpec &spec,
                                             std::function<void(const CacheRecord &)> freed,
                                             Answer<std::vector<CacheRecord>> answer)
{
    auto records = std::make_shared<std::vector<CacheRecord>>();
    const Private::Done done = [records, answer](const base::Result<void> &result) {
        if (!result)
            return answer(std::unexpected(result.error()));
        answer(std::move(*records));
    };
    if (const Ability ability = d->canDo().cacheRecords; !ability.can)
        return d->refuse(ability, done);
    return d->ask(
        control + "Prune", pruneRequest(spec),
        [records, freed](const QByteArray &message) {
            const auto record = readCacheRecord(message);
            if (!record)
                return;
            records->push_back(*record);
            if (freed)
                freed(*record);
        },
        done);
}

BuildKitClient::Cancel BuildKitClient::history(Answer<std::vector<EngineBuild>> answer)
{
    auto builds = std::make_shared<std::vector<EngineBuild>>();
    const Private::Done done = [builds, answer](const base::Result<void> &result) {
        if (!result)
            return answer(std::unexpected(result.error()));
        std::ranges::stable_sort(*builds, std::ranges::greater(), &EngineBuild::started);
        answer(std::move(*builds));
    };
    if (const Ability ability = d->canDo().history; !ability.can)
        return d->refuse(ability, done);
    return d->ask(
        control + "ListenBuildHistory", historyRequest(true),
        [builds](const QByteArray &message) {
            if (const auto news = readHistoryEvent(message); news && !news->isGone)
                builds->push_back(news->build);
        },
        done);
}

BuildKitClient::Cancel
BuildKitClient::followHistory(std::function<void(const EngineBuild &build, bool isGone)> heard,
                              Answer<void> answer)
{
    if (const Ability ability = d->canDo().history; !ability.can)
        return d->refuse(ability, answer);
    return d->ask(
        control + "ListenBuildHistory", historyRequest(false),
        [heard](const QByteArray &message) {
            if (const auto news = readHistoryEvent(message))
                heard(news->build, news->isGone);
        },
        answer);
}

BuildKitClient::Cancel BuildKitClient::pinBuild(const QString &ref, bool isPinned, Answer<void> answer)
{
    if (const Ability ability = d->canDo().history; !ability.can)
        return d->refuse(ability, answer);
    return d->ask(
        control + "UpdateBuildHistory", updateHistoryRequest(ref, isPinned), [](const QByteArray &) {},
        answer);
}

BuildKitClient::Cancel BuildKitClient::forgetBuild(const QString &ref, Answer<void> answer)
{
    if (const Ability ability = d->canDo().history; !ability.can)
        return d->refuse(ability, answer);
    return d->ask(
        control + "UpdateBuildHistory", updateHistoryRequest(ref, std::nullopt), [](const QByteArray &) {},
        answer);
}

void BuildKitClient::Private::askFrontend(const std::shared_ptr<Running> &it,
                                          const std::shared_ptr<bool> &isOpen, const SolvePlan &plan,
                                          const QByteArray &name, const QString &image,
                                          const std::function<void(const SubRequest::End &)> &ended)
{
    const auto tell = [box = mailbox, isOpen, ended](const SubRequest::End &end) {
        Mailbox::deliver(box, [isOpen, ended, end] {
            if (*isOpen)
                ended(end);
        });
    };
    remote->post([it, plan, name, image, tell, folder = dockerConfigFolder()](Connection &connection) {
        if (it->isCancelled)
            return;
        it->question = std::make_unique<SubRequest>(plan, folder, name, image, tell);
        it->question->start(connection);
    });
}

template <class T>
BuildKitClient::Cancel
BuildKitClient::Private::question(const Ability &ability, const QByteArray &name, const BuildRequest &request,
                                  std::optional<T> (*read)(const QByteArray &), const Answer<T> &answer)
{
    const auto can = canDo();
    if (!can.session.can)
        return refuse(can.session, [answer](const auto &result) { answer(std::unexpected(result.error())); });
    auto it = std::make_shared<Running>();
    auto isOpen = std::make_shared<bool>(true);
    const auto settle = [this, it, isOpen, answer](const base::Result<T> &result) {
        *isOpen = false;
        remote->post([it](Connection &) { it->cancel(); });
        answer(result);
    };
    const auto plan = planQuestion(request, {.isEngine = client != nullptr});
    if (!plan) {
        Mailbox::deliver(mailbox, [isOpen, settle, error = plan.error()] {
            if (*isOpen)
                settle(std::unexpected(error));
        });
        return begin(it, isOpen);
    }
    const auto take = [this, settle, read](const SubRequest::End &end) {
        if (end.unreachable)
            return settle(std::unexpected(*end.unreachable));
        if (end.status.code != GrpcCode::Ok)
            return settle(std::unexpected(end.trouble.value_or(callFailure(end.status, endpoint))));
        auto value = read(end.values.value(u"result.json"_s));
        if (!value)
            return settle(std::unexpected(unreadable(endpoint)));
        settle(std::move(*value));
    };
    // An engine whose own frontend is too old for it may have a newer one as an image.
    const auto takeOrAskNewer = [this, it, isOpen, plan = *plan, name, ability, take,
                                 settle](const SubRequest::End &end) {
        if (end.unreachable || !isUnknownRequest(end.status))
            return take(end);
        const Error error = ability.can ? callFailure(end.status, endpoint) : unsupported(ability);
        if (!client)
            return settle(std::unexpected(error));
        client->imageExists(newerFrontend, [=, this, box = mailbox](const base::Result<bool> &is) {
            const bool hasNewer = is && *is;
            // By the mailbox: we may be gone by now.
            Mailbox::deliver(box, [=, this] {
                if (!*isOpen)
                    return;
                if (hasNewer)
                    return askFrontend(it, isOpen, plan, name, newerFrontend, take);
                Error told = error;
                told.hint =
                    Words::tr("Update the engine, or give it a newer frontend with \"docker pull %1\".")
                        .arg(newerFrontend);
                settle(std::unexpected(told));
            });
        });
    };
    askFrontend(it, isOpen, *plan, name, {}, takeOrAskNewer);
    return begin(it, isOpen);
}

BuildKitClient::Cancel BuildKitClient::outline(const BuildRequest &request, Answer<DockerfileOutline> answer)
{
    return d->question<DockerfileOutline>(d->canDo().outline, "frontend.outline", request, readOutline,
                                          answer);
}

BuildKitClient::Cancel BuildKitClient::targets(const BuildRequest &request,
                                               Answer<std::vector<DockerfileTarget>> answer)
{
    return d->question<std::vector<DockerfileTarget>>(d->canDo().outline, "frontend.targets", request,
                                                      readTargets, answer);
}

BuildKitClient::Cancel BuildKitClient::check(const BuildRequest &request, Answer<DockerfileChecks> answer)
{
    return d->question<DockerfileChecks>(d->canDo().checks, "frontend.lint", request, readChecks, answer);
}

BuildKitClient::Cancel BuildKitClient::describe(const BuildRequest &request, Answer<QStringList> answer)
{
    return d->question<QStringList>(d->canDo().session, "frontend.subrequests.describe", request,
                                    readDescription, answer);
}

}
