// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"
#include "recipes/recipe.h"

#include <QTemporaryDir>

namespace app {

/// One rung as it came out.
struct RungResult
{
    recipes::Rung rung;
    QString tag; ///< "stageloom-hello:1-single-stage"
    workspace::Snapshot snapshot;
    BuildReport report;
    QString output;                   ///< what the program printed when it ran
    std::optional<base::Error> error; ///< of the build or the run
};

/// Builds every rung of the ladder from a fresh copy of the sample and runs each image once.
class LadderRun : public QObject
{
    Q_OBJECT

public:
    LadderRun(std::shared_ptr<engine::Client> client, history::HistoryStore *store,
              QObject *parent = nullptr);
    ~LadderRun() override;

    void start();
    void cancel();
    [[nodiscard]] bool wasCancelled() const { return m_cancelled; }
    [[nodiscard]] const std::vector<RungResult> &results() const { return m_results; }

Q_SIGNALS:
    void rungStarted(const recipes::Rung &rung);
    void rungFinished(const app::RungResult &result);
    /// After the last rung, or the first that could not be prepared.
    void finished();

private:
    void next();
    void build(const recipes::Rung &rung);
    void built(const BuildReport &report);
    void complete();

    std::shared_ptr<engine::Client> m_client;
    history::HistoryStore *m_store;
    QTemporaryDir m_folder;
    std::vector<recipes::Rung> m_left;
    std::vector<RungResult> m_results;
    RungResult m_current;
    std::unique_ptr<BuildSession> m_session;
    bool m_cancelled = false;
};

}
