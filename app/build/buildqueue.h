// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"

#include <map>

namespace app {

/// One build of a queue.
struct QueuedBuild
{
    enum class State : quint8 { Waiting, Running, Succeeded, Failed, Cancelled };

    int id = 0;
    QString name; ///< for a person: the target of a bake file, a variant
    State state = State::Waiting;
    BuildInput input;
    std::vector<int> after; ///< builds that must have succeeded before it
    QString linkTag;        ///< a name of its own in the engine, for those that are FROM it; empty without
    BuildReport report;     ///< when it has ended

    [[nodiscard]] bool hasEnded() const { return state != State::Waiting && state != State::Running; }
};

/// Builds that run side by side up to a limit, each a BuildSession with its own record in the history. They
/// start by themselves; one that needs another waits for it.
class BuildQueue : public QObject
{
    Q_OBJECT

public:
    /// `store` may be null: nothing is remembered then. It must outlive the queue.
    BuildQueue(std::shared_ptr<engine::Client> client, history::HistoryStore *store,
               QObject *parent = nullptr);
    ~BuildQueue() override;

    void setLimit(int atOnce); ///< at least one
    [[nodiscard]] int limit() const { return m_limit; }

    /// `after` are ids of builds that it needs: their images stand in for "target:NAME" of its contexts, NAME
    /// being the other's name. The id of the new build.
    int add(const QString &name, const BuildInput &input, const std::vector<int> &after = {});
    void cancel(int id);
    void cancelAll();
    /// Forgets what has ended.
    void clearEnded();

    [[nodiscard]] const std::vector<QueuedBuild> &builds() const { return m_builds; }
    [[nodiscard]] const QueuedBuild *build(int id) const; ///< null when it is not there
    [[nodiscard]] bool isRunning() const;
    /// BuildSession::timesBefore() of a build that runs; nothing of others.
    [[nodiscard]] QHash<QString, std::chrono::nanoseconds> timesBefore(int id) const;

Q_SIGNALS:
    void added(int id);
    void started(int id);
    void stepChanged(int id, const engine::BuildStep &step);
    void logAppended(int id, const QString &stepId, const QString &text);
    void warned(int id, const engine::BuildWarning &warning);
    void engineSilent(int id, std::chrono::seconds time);
    /// Its report is there.
    void ended(int id);
    void removed(int id);
    /// Nothing runs and nothing waits any more.
    void idle();

private:
    void startMore();
    void start(QueuedBuild &build);
    void giveLinksNames(QueuedBuild &build);
    void end(int id, QueuedBuild::State state, const BuildReport &report);
    void removeLinkTags();
    void tellIdle();
    [[nodiscard]] QueuedBuild *find(int id);

    std::shared_ptr<engine::Client> m_client;
    history::HistoryStore *m_store;
    int m_limit = 2;
    int m_lastId = 0;
    std::vector<QueuedBuild> m_builds;
    std::map<int, std::unique_ptr<BuildSession>> m_sessions;
    bool m_isScheduled = false;
    bool m_wasBusy = false;
    int m_removals = 0; ///< of link tags, not answered yet
};

}
