// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitclient.h"
#include "workspace/workspace.h"

#include <QObject>
#include <QTimer>

namespace app {

class EngineHub;

/// What the frontend of the engine, or of the builder that builds in its place, says of the text: asked in
/// the background after a quiet moment, where that can be asked. Rows are those of the text as it is when
/// checked() tells them.
class EngineChecks : public QObject
{
    Q_OBJECT

public:
    EngineChecks(workspace::Workspace &workspace, EngineHub &hub, QObject *parent = nullptr);
    ~EngineChecks() override;

    /// Where the document stands and what its context is; an empty folder: it is not checked.
    void setPlace(const QString &folder, const QString &dockerfilePath);

Q_SIGNALS:
    void checked(const std::vector<engine::BuildWarning> &warnings);

private:
    void soon();
    void ask();
    /// Whom to ask now; null: there is nobody.
    [[nodiscard]] engine::BuildKitClient *kitFor(const workspace::BuildSettings &settings);
    void answered(const base::Result<engine::DockerfileChecks> &checks);

    workspace::Workspace &m_workspace;
    EngineHub &m_hub;
    QString m_folder;
    QString m_dockerfilePath;
    QTimer m_quiet;
    std::shared_ptr<engine::Client> m_client;         ///< that m_kit asks ...
    std::optional<engine::BuildKitAddress> m_builder; ///< ... unless it asks this one
    std::unique_ptr<engine::BuildKitClient> m_kit;
    engine::BuildKitClient::Cancel m_cancel;
    quint64 m_asked = 0; ///< revision
};

}
