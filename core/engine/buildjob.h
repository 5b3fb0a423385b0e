// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"
#include "engine/client.h"

#include <QObject>

namespace engine {

/// One build, from the missing base images to the finished image. The way it speaks to the engine is behind
/// it: POST /build?version=2 with BuildKit's trace (core/engine/classicbuild) today, BuildKit's own client
/// beside it later. Emits finished() exactly once after start().
class BuildJob : public QObject
{
    Q_OBJECT

public:
    /// `client` must be connected. It is kept alive by the job.
    BuildJob(std::shared_ptr<Client> client, BuildRequest request, QObject *parent = nullptr);
    ~BuildJob() override; ///< cancels

    [[nodiscard]] const BuildRequest &request() const;
    void start();
    /// finished() follows within a second, with Error::Kind::Cancelled, whatever the engine does.
    void cancel();

Q_SIGNALS:
    /// New or changed; throttled for progress (20 a second and step at most), never for state.
    void stepChanged(const engine::BuildStep &step);
    /// A chunk of a step's output: whole lines may be cut anywhere, UTF-8 sequences are not.
    void logAppended(const QString &stepId, const QString &text);
    void warned(const engine::BuildWarning &warning);
    void finished(const engine::BuildOutcome &outcome);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}
