// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"
#include "engine/client.h"
#include "engine/nodechoice.h"

#include <QObject>

namespace engine {

/// One build, from what is asked for to the finished image. The way it speaks to the engine is behind it:
/// BuildKit's own protocol (core/engine/buildkit), and POST /build (core/engine/classicbuild) where an engine
/// has none, such as Podman. An option that cannot be had ends it with an Error before anything is sent.
/// Emits finished() exactly once after start().
class BuildJob : public QObject
{
    Q_OBJECT

public:
    enum class Way : quint8 {
        Best, ///< BuildKit's own protocol where the engine has it
        Rest  ///< POST /build, whatever the engine has: knows none of SolveOptions
    };

    /// `client` must be connected. It is kept alive by the job.
    BuildJob(std::shared_ptr<Client> client, BuildRequest request, QObject *parent = nullptr);
    /// Builds by a builder, or by the engine itself when there are no nodes. A single one's image is loaded
    /// into the engine of `client`; what several build is put together, see whyNotShared().
    BuildJob(std::shared_ptr<Client> client, const std::vector<NodeShare> &nodes, BuildRequest request,
             QObject *parent = nullptr);
    ~BuildJob() override; ///< cancels

    [[nodiscard]] const BuildRequest &request() const;
    void setWay(Way way); ///< before start()
    /// Only POST /build needs the list of files beforehand: asked for then, once, if the request has none.
    using Files = std::function<void(base::Result<std::vector<BuildFile>>)>;
    void setFileLister(std::function<void(Files)> lister);
    void start();
    /// finished() follows within a second, with Error::Kind::Cancelled, whatever the engine does.
    void cancel();

Q_SIGNALS:
    /// New or changed; throttled for progress (20 a second and step at most), never for state.
    void stepChanged(const engine::BuildStep &step);
    /// A chunk of a step's output: whole lines may be cut anywhere, UTF-8 sequences are not.
    void logAppended(const QString &stepId, const QString &text);
    void warned(const engine::BuildWarning &warning);
    /// The engine has said nothing for so long, though it says something each few seconds; told again and
    /// again. 0: it speaks again, and the build goes on. Nothing is given up: cancel() is.
    void engineSilent(std::chrono::seconds time);
    void finished(const engine::BuildOutcome &outcome);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}
