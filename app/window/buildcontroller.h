// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"
#include "editor/rownote.h"
#include "image/imagearchive.h"
#include "window/rowfollower.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>

namespace history {
class HistoryStore;
}

namespace ui {
class BuildPanel;
class SizesPanel;
}

namespace app {

class EngineHub;

/// One build at a time, from the button to the panels: steps and log while it runs, layers and notes
/// afterwards.
class BuildController : public QObject
{
    Q_OBJECT

public:
    /// `store` may be null. All must outlive it.
    BuildController(workspace::Workspace &workspace, EngineHub &hub, history::HistoryStore *store);
    ~BuildController() override;

    void setPanels(ui::BuildPanel *build, ui::SizesPanel *sizes);
    /// In the chart, in place of what it shows.
    void showImages(std::vector<image::ImageSizes> images);

    [[nodiscard]] bool isRunning() const { return m_session != nullptr; }
    /// What is known of the rows, by row of the document as it is now.
    [[nodiscard]] QHash<int, ui::RowNote> rowNotes() const;
    /// Where a row of the document as it was built is now; 0 when its text is gone.
    [[nodiscard]] int rowNow(int builtRow) const;
    [[nodiscard]] const std::vector<engine::BuildStep> &steps() const { return m_steps; }
    /// Of the image that the last build made.
    [[nodiscard]] const std::optional<image::ImageSizes> &sizes() const { return m_sizes; }
    /// The document as it was when the build began.
    [[nodiscard]] const workspace::Snapshot &builtSnapshot() const { return m_built; }

public Q_SLOTS:
    /// Of the image that is to be put beside: what still arrives of it is dropped.
    void cancelReading();
    /// `typed`: secrets by id, which are kept no longer than the build.
    void build(const QString &folder, const QString &dockerfilePath,
               const QHash<QString, QByteArray> &typed = {});
    void cancel();

Q_SIGNALS:
    /// An image is being read to be put beside the design's own.
    void readingStarted(const QString &what);
    void readingFinished();
    void started();
    void stepsChanged();
    void notesChanged();
    void warned(const engine::BuildWarning &warning);
    void finished(const app::BuildReport &report);
    void failed(const base::Error &error);
    /// It was not begun: a person has to allow these first.
    void permissionWanted(const QStringList &entitlements);

private:
    /// Another document: what was known of the last one is gone.
    void forget();
    void stepChanged(const engine::BuildStep &step);
    void sessionFinished(const BuildReport &report);
    void noteRows();
    [[nodiscard]] base::Result<BuildInput> inputFor(const QString &folder, const QString &dockerfilePath,
                                                    const QHash<QString, QByteArray> &typed) const;
    void compareWith(const QString &reference);
    void compareWithBefore();
    void compareWithFile(const QString &path);
    void compareWithBuild(qint64 id);
    void offerBuilds();
    /// One image a platform, of what the last build made.
    void readPlatforms(const BuildReport &report);
    void savePlatforms(const QString &reference);
    void showPlatforms(std::vector<image::ImageSizes> platforms);
    void readArchive(const QString &path, std::function<void(image::ImageArchive)> then);
    void removeCompared(int index);
    void offerImages();

    workspace::Workspace &m_workspace;
    EngineHub &m_hub;
    history::HistoryStore *m_store;
    ui::BuildPanel *m_buildPanel = nullptr;
    ui::SizesPanel *m_sizesPanel = nullptr;
    std::unique_ptr<BuildSession> m_session;
    workspace::Snapshot m_built;
    QString m_builtPath; ///< of its file; empty: nothing was built yet
    int m_reading = 0;   ///< only the newest is wanted
    std::function<void()> m_endSaving;
    base::LatestJob m_archiveJob;
    engine::SolveOptions m_options; ///< of the last build
    RowFollower m_rows;
    std::vector<engine::BuildStep> m_steps;
    std::optional<image::ImageSizes> m_sizes;
    std::optional<image::ImageSizes> m_before;
    std::vector<image::ImageSizes> m_shown;
    std::vector<MissSentence> m_misses;
    QHash<QString, int> m_rowOfStep;    ///< by id
    QHash<int, ui::RowNote> m_rowNotes; ///< by row of the document as it was built
    QTimer m_noteTimer;                 ///< steps change often; the notes a few times a second
    QTimer m_tick;                      ///< what runs has run longer
};

}
