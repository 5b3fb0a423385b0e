// SPDX-License-Identifier: Apache-2.0
#include "engine/placeprobe.h"

#include "engine/buildkit/buildkitclient.h"
#include "engine/buildkit/entitlementquestion.h"
#include "engine/rest/transport.h"
#include "engine/words.h"

#include <QElapsedTimer>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// Dies with its owner, or after the answer.
class Probe : public QObject
{
public:
    Probe(QObject *owner, const EnginePlace &place, Client::Answer<PlaceAnswer> answer)
        : QObject(owner)
        , m_place(place)
        , m_answer(std::move(answer))
    {
        m_clock.start();
        QMetaObject::invokeMethod(this, [this] { start(); }, Qt::QueuedConnection);
    }

private:
    void start()
    {
        if (m_place.endpoint)
            return askEngine();
        if (m_place.buildKit) {
            m_buildKit = std::make_unique<BuildKitClient>(*m_place.buildKit);
            m_buildKit->listWorkers([this](const base::Result<std::vector<BuildKitWorker>> &workers) {
                if (!workers)
                    return finish(std::unexpected(workers.error()));
                takeWorkers(*workers);
                askEntitlements(std::make_shared<Remote>(*m_place.buildKit, false));
            });
            return;
        }
        finish(std::unexpected(base::Error{.kind = base::Error::Kind::Unsupported,
                                           .message = m_place.problem,
                                           .where = m_place.name,
                                           .hint = {},
                                           .detail = {}}));
    }

    void askEngine()
    {
        m_client = std::make_shared<Client>(*m_place.endpoint);
        m_client->connectToEngine([this](const base::Result<EngineInfo> &info) {
            if (!info)
                return finish(std::unexpected(info.error()));
            m_found.engine = *info;
            m_found.product = info->product + u' ' + info->version;
            m_found.abilities = abilities(*info);
            if (!m_found.abilities.session.can)
                return finish(m_found);
            m_buildKit = std::make_unique<BuildKitClient>(m_client);
            m_buildKit->listWorkers([this](const base::Result<std::vector<BuildKitWorker>> &workers) {
                if (!workers) {
                    m_found.buildKitError = workers.error();
                    return finish(m_found);
                }
                m_found.workers = *workers;
                askEntitlements(m_client->transport()->buildKit());
            });
        });
    }

    void takeWorkers(const std::vector<BuildKitWorker> &workers)
    {
        m_found.workers = workers;
        m_found.abilities = abilities(workers);
        if (!m_place.platforms.isEmpty())
            m_found.abilities.platforms = m_place.platforms;
        const QString version = m_found.buildKitVersion();
        m_found.product = version.isEmpty() ? u"BuildKit"_s : u"BuildKit "_s + version;
    }

    // No list tells what its configuration lets a build do beyond the usual.
    void askEntitlements(std::shared_ptr<Remote> remote)
    {
        const QString insecure = u"security.insecure"_s;
        const QString network = u"network.host"_s;
        m_entitlements =
            std::make_unique<EntitlementQuestion>(std::move(remote), QStringList{insecure, network},
                                                  [this, insecure, network](const QStringList &refused) {
                                                      if (refused.contains(insecure))
                                                          m_found.abilities.entitlements =
                                                              notGranted(insecure);
                                                      if (refused.contains(network))
                                                          m_found.abilities.hostNetwork = notGranted(network);
                                                      finish(m_found);
                                                  });
    }

    [[nodiscard]] Ability notGranted(const QString &name) const
    {
        QString key = name;
        const QString mend =
            m_found.engine
                ? Words::tr("Put {\"builder\": {\"entitlements\": {\"%1\": true}}} into "
                            "/etc/docker/daemon.json and restart the engine.")
                      .arg(key.replace(u'.', u'-'))
                : Words::tr(
                      "Create the builder with --buildkitd-flags '--allow-insecure-entitlement %1', or put "
                      "insecure-entitlements = [\"%1\"] into its buildkitd.toml.")
                      .arg(name);
        return {.can = false,
                .reason = Words::tr("its configuration grants no build %1").arg(name),
                .mend = mend};
    }

    void finish(base::Result<PlaceAnswer> result)
    {
        if (result)
            result->took = std::chrono::milliseconds(m_clock.elapsed());
        deleteLater(); // with the clients, inside whose answer we are
        std::exchange(m_answer, nullptr)(std::move(result));
    }

    EnginePlace m_place;
    Client::Answer<PlaceAnswer> m_answer;
    QElapsedTimer m_clock;
    PlaceAnswer m_found;
    std::shared_ptr<Client> m_client;
    std::unique_ptr<BuildKitClient> m_buildKit;
    std::unique_ptr<EntitlementQuestion> m_entitlements;
};

}

QString PlaceAnswer::buildKitVersion() const
{
    const QString version = workers.empty() ? QString() : workers.front().version;
    // Distributions build it without telling it.
    return version.startsWith("v0.0.0"_L1) ? QString() : version;
}

void askPlace(QObject *owner, const EnginePlace &place, Client::Answer<PlaceAnswer> answer)
{
    new Probe(owner, place, std::move(answer));
}

}
