// SPDX-License-Identifier: Apache-2.0
#include "engine/placeprobe.h"

#include "engine/buildkit/buildkitclient.h"
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
                if (workers)
                    m_found.workers = *workers;
                else
                    m_found.buildKitError = workers.error();
                finish(m_found);
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
        finish(m_found);
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
