// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"
#include "engine/client.h"
#include "engine/nodechoice.h"
#include "window/settings.h"

#include <QObject>
#include <QTimer>

namespace app {

/// What this session builds with: finds the engine, says which and why, follows its images, looks again when
/// it is gone, and takes another one when a person wants that. Who holds the client of the one before (a
/// build) keeps it until done. A builder of buildx may build in the engine's place; the engine keeps the
/// images then.
class EngineHub : public QObject
{
    Q_OBJECT

public:
    enum class State : quint8 { Looking, Connected, Missing };

    explicit EngineHub(QObject *parent = nullptr);
    ~EngineHub() override;

    /// Takes from there what was chosen last, and keeps there what is chosen from now on. It must outlive
    /// the hub.
    void remember(Settings &settings);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] std::shared_ptr<engine::Client> client() const
    {
        return m_client;
    } ///< null unless connected
    [[nodiscard]] std::optional<engine::EngineInfo> info() const { return m_info; }
    [[nodiscard]] const base::Error &error() const { return m_error; } ///< why there is none
    [[nodiscard]] const std::vector<engine::ImageSummary> &images() const { return m_images; }

    /// All places that are known, those that a person added last.
    [[nodiscard]] std::vector<engine::EnginePlace> places() const;
    [[nodiscard]] QStringList ownAddresses() const { return m_ownAddresses; }
    /// Builds run there.
    [[nodiscard]] bool isUsed(const engine::EnginePlace &place) const;
    /// A person's choice holds, not the usual order.
    [[nodiscard]] bool isChosen() const { return !m_choice.engine.isEmpty() || !m_choice.builder.isEmpty(); }

    /// Name of the builder that builds; empty: the BuildKit inside the engine.
    [[nodiscard]] QString builder() const { return m_choice.builder; }
    [[nodiscard]] const std::vector<engine::KnownNode> &builderNodes() const { return m_nodes; }
    /// Who builds what of a build for these platforms with these outputs; none: the engine does.
    [[nodiscard]] base::Result<std::vector<engine::NodeShare>>
    sharesFor(const QStringList &platforms, const engine::SolveOptions &options) const;
    /// Of what builds: the builder, else the engine. Nothing while there is none.
    [[nodiscard]] std::optional<engine::BuildAbilities> abilities() const;

    /// Builds with that from now on. An engine has to answer first: until then, and when it does not, the one
    /// before stays.
    void use(const engine::EnginePlace &place);
    /// The first that answers in the usual order, as without a choice.
    void useUsual();
    void addAddress(const QString &url);
    void removeAddress(const QString &url);

public Q_SLOTS:
    /// Looks at all places again.
    void reconnect();

Q_SIGNALS:
    void stateChanged(app::EngineHub::State state);
    void imagesChanged();
    void placesChanged();
    /// An engine is asked whether it will do; until used() or refused().
    void trying(const engine::EnginePlace &place);
    void used(const engine::EnginePlace &place);
    void refused(const engine::EnginePlace &place, const base::Error &error);

private:
    void connected(base::Result<std::shared_ptr<engine::Client>> client);
    void take(std::shared_ptr<engine::Client> client);
    void lost();
    void setState(State state);
    void refreshImages();
    void choose(EngineChoice choice);
    void readNodes();
    [[nodiscard]] std::optional<engine::EnginePlace> chosenPlace() const;

    State m_state = State::Looking;
    Settings *m_settings = nullptr;
    EngineChoice m_choice;
    QStringList m_ownAddresses;
    std::unique_ptr<QObject> m_search; ///< owns the questions of the search that runs: only the newest counts
    std::unique_ptr<QObject> m_nodeSearch;
    std::shared_ptr<engine::Client> m_client;
    std::optional<engine::EngineInfo> m_info;
    base::Error m_error;
    std::vector<engine::ImageSummary> m_images;
    std::vector<engine::KnownNode> m_nodes; ///< of the chosen builder
    engine::BuildAbilities m_builderAbilities;
    QTimer m_retry;
};

}
