// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/backlog.h"
#include "engine/buildkit/solverun.h"
#include "engine/client.h"
#include "engine/steps/stepboard.h"

#include <QPointer>
#include <QTemporaryDir>

namespace engine {

/// A build by BuildKit's own protocol, seen from the thread that asked for it: what the worker reports goes
/// to the board, and the end becomes an outcome. Deleting it ends the build without an answer.
class BuildKitBuild : public QObject
{
public:
    using Answer = std::function<void(const BuildOutcome &)>;

    /// `remote`: the BuildKit to use; `isEngine`: it is the one inside `client`'s engine, which otherwise
    /// only loads what was built elsewhere.
    BuildKitBuild(Client *client, std::shared_ptr<Remote> remote, bool isEngine, StepBoard *board,
                  const BuildRequest &request, Answer answer, QObject *parent);
    ~BuildKitBuild() override;

    /// Before start(): a last word on the plan.
    void adaptPlan(std::function<void(SolvePlan &)> adapt) { m_adapt = std::move(adapt); }
    void start();
    /// What the exporters said in the end: "containerimage.digest", ...
    [[nodiscard]] const QHash<QString, QString> &response() const { return m_response; }
    /// The engine is told to stop; the answer does not come any more.
    void cancel();

private:
    void handleStatus(const QByteArray &message);
    void handleEnd(const SolveEnd &end);
    void succeed(const SolveEnd &end);
    void load(const BuildOutcome &outcome);
    void pushNext(const BuildOutcome &outcome);
    void fail(const SolveEnd &end);
    [[nodiscard]] base::Error failureOf(const SolveEnd &end, BuildOutcome &outcome) const;
    void failWith(const base::Error &error);
    void finish(const BuildOutcome &outcome);

    Client *m_client;
    std::shared_ptr<Remote> m_remote;
    bool m_isEngine;
    StepBoard *m_board;
    BuildRequest m_request;
    Answer m_answer;
    std::function<void(SolvePlan &)> m_adapt;
    SolvePlan m_plan;
    QHash<QString, QString> m_response;
    std::unique_ptr<QTemporaryDir> m_loadFolder;
    QPointer<QObject> m_after; ///< the load or push that runs
    std::shared_ptr<Mailbox> m_mailbox = Mailbox::make();
    std::shared_ptr<SolveRun *> m_run = std::make_shared<SolveRun *>(nullptr); ///< the worker's
    std::shared_ptr<Backlog> m_backlog = std::make_shared<Backlog>();          ///< of status messages
};

}
