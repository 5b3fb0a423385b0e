// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"

#include <QObject>
#include <QTimer>

namespace app {

/// The engine of this session: finds it, says which and why, follows its images, and looks again when it is
/// gone.
class EngineHub : public QObject
{
    Q_OBJECT

public:
    enum class State : quint8 { Looking, Connected, Missing };

    explicit EngineHub(QObject *parent = nullptr);
    ~EngineHub() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] std::shared_ptr<engine::Client> client() const
    {
        return m_client;
    } ///< null unless connected
    [[nodiscard]] const engine::Candidates &candidates() const { return m_candidates; }
    [[nodiscard]] std::optional<engine::EngineInfo> info() const { return m_info; }
    [[nodiscard]] const base::Error &error() const { return m_error; } ///< why there is none
    [[nodiscard]] const std::vector<engine::ImageSummary> &images() const { return m_images; }

public Q_SLOTS:
    /// Looks at all places again.
    void reconnect();

Q_SIGNALS:
    void stateChanged(app::EngineHub::State state);
    void imagesChanged();

private:
    void connected(base::Result<std::shared_ptr<engine::Client>> client);
    void lost();
    void setState(State state);
    void refreshImages();

    State m_state = State::Looking;
    engine::Candidates m_candidates;
    std::shared_ptr<engine::Client> m_client;
    std::optional<engine::EngineInfo> m_info;
    base::Error m_error;
    std::vector<engine::ImageSummary> m_images;
    QTimer m_retry;
};

}
