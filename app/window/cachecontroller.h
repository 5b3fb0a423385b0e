// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitclient.h"

#include <QObject>
#include <QTimer>

namespace ui {
class CacheDialog;
}

namespace app {

class EngineHub;

/// Fills the dialog of the build cache from what builds now, follows it, and frees what a person wants freed.
class CacheController : public QObject
{
    Q_OBJECT

public:
    /// Lives as long as the dialog.
    CacheController(EngineHub &hub, ui::CacheDialog *dialog);
    ~CacheController() override;

private:
    void findSources();
    void connectTo(int source);
    void readCache();
    void readBuilds();
    void followBuilds();
    void hear(const engine::EngineBuild &build, bool isGone);
    void prune(const engine::PruneSpec &spec);
    void endPrune(const base::Error *error);
    void changeBuild(const base::Result<void> &result);

    EngineHub &m_hub;
    ui::CacheDialog *m_dialog;
    std::vector<engine::BuildKitAddress> m_nodes; ///< the sources but the last, which is the engine
    std::shared_ptr<engine::Client> m_client;
    std::unique_ptr<engine::BuildKitClient> m_buildKit; ///< null: nobody to ask
    engine::BuildKitClient::Cancel m_stopPrune;         ///< empty: none runs
    qint64 m_freedBytes = 0;
    QTimer m_reread; ///< a build has ended: the cache is another
};

}
