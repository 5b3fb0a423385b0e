// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/latestjob.h"
#include "build/secretvalues.h"
#include "build/takenfiles.h"
#include "engine/buildjob.h"
#include "history/cachemiss.h"
#include "image/imagesizes.h"
#include "project/contextscan.h"
#include "workspace/workspace.h"

#include <QElapsedTimer>
#include <QObject>

namespace history {
class HistoryStore;
}

namespace app {

/// What to build: one revision of a document, frozen.
struct BuildInput
{
    QString folder;         ///< the context, absolute
    QString dockerfilePath; ///< absolute; where the text lives, or would
    workspace::Snapshot snapshot;
    QStringList tags;
    QHash<QString, QString> labels;
    engine::SolveOptions options;           ///< what the settings have no word for
    std::vector<engine::NodeShare> nodes{}; ///< of a builder, who builds what; none: the engine
};

/// The image ends up in the engine's store, where it can be looked at.
bool isKeptByEngine(const engine::SolveOptions &options);

/// Why a step ran instead of coming from the cache, as a sentence, and its row in the built text; 0: none.
struct MissSentence
{
    QString text;
    int row = 0;
};

/// What came of it.
struct BuildReport
{
    engine::BuildOutcome outcome;
    std::optional<image::ImageSizes> sizes;  ///< of the image, with rows of the Dockerfile
    std::optional<image::ImageSizes> before; ///< of the last successful build of the same file and target
    std::vector<engine::BuildStep> steps;    ///< in the order in which they appeared
    std::vector<MissSentence> misses;        ///< compared with the last build of the same file and target
    QStringList notes; ///< what was left out of the context, history that could not be kept
};

/// A build from the folder to the remembered record: scan the context, build, read the sizes, tie them to
/// rows, keep them. The window and the command line both use it.
class BuildSession : public QObject
{
    Q_OBJECT

public:
    /// `store` may be null: nothing is remembered then. It must outlive the session.
    BuildSession(std::shared_ptr<engine::Client> client, history::HistoryStore *store,
                 QObject *parent = nullptr);
    ~BuildSession() override;

    void start(BuildInput input);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] const BuildInput &input() const { return m_input; }
    /// What steps took when they last ran, by name, from the builds remembered of the same file.
    [[nodiscard]] QHash<QString, std::chrono::nanoseconds> timesBefore() const;

Q_SIGNALS:
    void stepChanged(const engine::BuildStep &step);
    void logAppended(const QString &stepId, const QString &text);
    void warned(const engine::BuildWarning &warning);
    /// See engine::BuildJob.
    void engineSilent(std::chrono::seconds time);
    void finished(const app::BuildReport &report);

private:
    /// What a look at the context's folder gives: the files to send, and what each line takes of them.
    struct ContextFacts
    {
        base::Result<project::ContextScan> scan;
        FilesByLine taken;
    };

    void readContext();
    void contextRead(ContextFacts facts);
    void giveFiles();
    void askForBases();
    void startJob();
    void jobFinished(const engine::BuildOutcome &outcome);
    void findErrorInSource();
    void imageInspected(base::Result<engine::ImageDocuments> documents);
    void conclude();
    void remember();
    void explain(history::BuildRecord &record);
    void finishWith(base::Error error);
    void finish();

    std::shared_ptr<engine::Client> m_client;
    history::HistoryStore *m_store;
    BuildInput m_input;
    BuildReport m_report;
    SecretValues m_secrets; ///< nothing that is told or kept holds them
    QDateTime m_started;
    QElapsedTimer m_clock;
    bool m_running = false;
    bool m_isConcluding = false; ///< only the context's facts are still awaited
    base::LatestJob m_contextJob;
    std::optional<ContextFacts> m_context;
    engine::BuildJob::Files m_filesWanted;
    QHash<QString, QString> m_baseDigests;
    std::optional<history::BuildRecord> m_recordBefore;
    std::unique_ptr<engine::BuildJob> m_job;
};

}
