// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakedocument.h"
#include "build/buildqueue.h"
#include "queue/variantsmodel.h"
#include "window/rowfollower.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <functional>

namespace ui {
class BuildPanel;
class VariantsPanel;
}

namespace app {

class EngineHub;

/// The variants of a design: reads the bake files beside its Dockerfile, follows them, writes
/// docker-bake.json, and builds what is asked for side by side.
class VariantsController : public QObject
{
    Q_OBJECT

public:
    /// `store` may be null. All must outlive it.
    VariantsController(workspace::Workspace &workspace, EngineHub &hub, history::HistoryStore *store);
    ~VariantsController() override;

    void setPanel(ui::VariantsPanel *panel);
    /// The design's file; empty: it was never saved, and has no place for variants.
    void setDockerfile(const QString &path);

    [[nodiscard]] const BuildQueue *queue() const { return m_queue.get(); }
    [[nodiscard]] bool isRunning() const { return m_queue && m_queue->isRunning(); }

    /// What the engine warned of in the newest build of each variant, at rows of the document as it is now,
    /// each once. Nothing of what is `known` already.
    [[nodiscard]] std::vector<engine::BuildWarning>
    warnings(const std::vector<engine::BuildWarning> &known) const;

public Q_SLOTS:
    void build(const QStringList &names);
    /// What had to be asked for is allowed now: builds what was not begun.
    void buildAllowed();
    /// None: all.
    void cancel(const QStringList &names);
    void save(const QString &name);
    void rename(const QString &name, const QString &newName);
    void remove(const QString &name);
    void compare();

Q_SIGNALS:
    void failed(const base::Error &error);
    /// None was begun: a person has to allow first what these variants want.
    void permissionWanted(const QStringList &variants, const QStringList &entitlements);
    void warningsChanged();
    /// Of the images that were built, the newest of each variant.
    void compareRequested(const std::vector<image::ImageSizes> &images);
    /// A line of the document as it is now.
    void rowActivated(int row);
    void fileRequested(const QString &path);

private:
    struct Wish
    {
        QString name;
        BuildInput input;
        QStringList needs;  ///< targets that its contexts name
        QStringList wanted; ///< permissions
    };

    void read();
    void show();
    void openFile();
    void makeQueue(std::shared_ptr<engine::Client> client);
    void begun(int id);
    void ended(int id);
    void warned(int id, const engine::BuildWarning &warning);
    [[nodiscard]] bool isAllowed(const std::vector<Wish> &wishes);
    [[nodiscard]] ui::BuildPanel *logOf(int id);
    void makeLog(const QString &name);
    void goTo(const QString &variant, int builtRow);
    [[nodiscard]] base::Result<std::vector<Wish>> wishesFor(const QStringList &names) const;
    [[nodiscard]] base::Result<BuildInput> inputFor(const bake::Target &target) const;
    [[nodiscard]] const QueuedBuild *newest(const QString &name) const;
    void changeFile(const std::function<base::Result<void>(bake::BakeDocument &)> &change);

    workspace::Workspace &m_workspace;
    EngineHub &m_hub;
    history::HistoryStore *m_store;
    ui::VariantsPanel *m_panel = nullptr;
    QString m_dockerfile;
    QString m_folder;
    QStringList m_files;
    bake::BakeFile m_bake;
    QHash<QString, bake::Target> m_resolved; ///< with what is inherited
    QString m_wrongFile;                     ///< the one that could not be read
    QFileSystemWatcher m_watcher;
    QTimer m_readTimer;                       ///< a file is written in several steps
    std::shared_ptr<engine::Client> m_client; ///< of the queue
    std::unique_ptr<BuildQueue> m_queue;
    QHash<int, QDateTime> m_started;       ///< by id of the queue's builds
    std::map<QString, RowFollower> m_rows; ///< of builds of the document, by variant
    std::map<QString, std::vector<engine::BuildWarning>> m_warnings; ///< as built, by variant
    QStringList m_notBegun;                                          ///< until they are allowed
    int m_limit = 2;
};

}
