// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"
#include "engine/buildkit/buildkitvalues.h"
#include "engine/client.h"

#include <QObject>

#include <functional>
#include <memory>

namespace engine {

/// What BuildKit can be asked beside a build: its workers, its cache, its history, and what its Dockerfile
/// frontend knows of a file. Lives in any thread with an event loop; every call answers exactly once through
/// its callback on that thread, unless it was cancelled or the client died first. The connection behind it is
/// the one that builds use too, is kept, and is opened again when it was lost.
///
/// Error::Kind::Unsupported: this engine cannot be asked that (Podman has no BuildKit, Engine 23 no history,
/// Engine 26 no checks); the message says why, the hint what would help.
class BuildKitClient : public QObject
{
    Q_OBJECT

public:
    template <class T>
    using Answer = Client::Answer<T>;
    /// Ends the question; its answer will not come. May be called late, and may be ignored.
    using Cancel = std::function<void()>;

    /// The BuildKit inside an engine; `client` must be connected.
    explicit BuildKitClient(std::shared_ptr<Client> client, QObject *parent = nullptr);
    /// A BuildKit of its own.
    explicit BuildKitClient(const BuildKitAddress &address, QObject *parent = nullptr);
    ~BuildKitClient() override;

    Cancel listWorkers(Answer<std::vector<BuildKitWorker>> answer);

    Cancel diskUsage(Answer<std::vector<CacheRecord>> answer);
    /// `freed` is told of each record when it goes; the answer has them all.
    Cancel prune(const PruneSpec &spec, std::function<void(const CacheRecord &)> freed,
                 Answer<std::vector<CacheRecord>> answer);

    /// Builds that have ended and those that run, newest first.
    Cancel history(Answer<std::vector<EngineBuild>> answer);
    /// Follows the history until cancelled or lost (then the answer is the Error): each build when it starts,
    /// when it ends, and those remembered at first. `isGone`: the engine has forgotten it.
    Cancel followHistory(std::function<void(const EngineBuild &build, bool isGone)> heard,
                         Answer<void> answer);
    Cancel pinBuild(const QString &ref, bool isPinned, Answer<void> answer);
    Cancel forgetBuild(const QString &ref, Answer<void> answer);

    /// What the frontend says of `request`'s Dockerfile, target, arguments and contexts; nothing is built.
    Cancel outline(const BuildRequest &request, Answer<DockerfileOutline> answer);
    Cancel targets(const BuildRequest &request, Answer<std::vector<DockerfileTarget>> answer);
    Cancel check(const BuildRequest &request, Answer<DockerfileChecks> answer);
    /// The names of the requests that the frontend answers: "frontend.lint", "frontend.outline", ...
    Cancel describe(const BuildRequest &request, Answer<QStringList> answer);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}
