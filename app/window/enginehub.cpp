// SPDX-License-Identifier: Apache-2.0
#include "window/enginehub.h"

#include "engine/nodesearch.h"
#include "engine/placeprobe.h"

#include <QPointer>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace app {

namespace {

QString surroundings()
{
    return qEnvironmentVariable("DOCKER_HOST") + u'\n' + qEnvironmentVariable("DOCKER_CONTEXT");
}

}

EngineHub::EngineHub(QObject *parent)
    : QObject(parent)
{
    // An engine that is started later is found without a click.
    m_retry.setInterval(5s);
    connect(&m_retry, &QTimer::timeout, this, &EngineHub::reconnect);
}

EngineHub::~EngineHub() = default;

void EngineHub::remember(Settings &settings)
{
    m_settings = &settings;
    m_ownAddresses = settings.engineAddresses();
    m_choice = settings.engineChoice();
    // Who starts the program with another DOCKER_HOST means that one.
    if (m_choice.under != surroundings())
        m_choice = {};
    readNodes();
}

void EngineHub::reconnect()
{
    m_retry.stop();
    if (m_state == State::Connected)
        setState(State::Looking);
    engine::Candidates candidates = engine::findEndpoints();
    if (const auto chosen = chosenPlace(); chosen && chosen->endpoint) {
        candidates = {.endpoints = {*chosen->endpoint}, .binding = 0, .problems = {}};
    } else if (chosen) {
        return connected(std::unexpected(base::Error{.kind = base::Error::Kind::NotFound,
                                                     .message = chosen->problem,
                                                     .where = chosen->name,
                                                     .hint = tr("Choose another engine."),
                                                     .detail = {}}));
    }
    m_search = std::make_unique<QObject>();
    engine::connectToFirst(
        m_search.get(), candidates,
        [this](base::Result<std::shared_ptr<engine::Client>> client) { connected(std::move(client)); });
}

// The place that a person chose, even if it is not there any more; nothing when the usual order holds.
std::optional<engine::EnginePlace> EngineHub::chosenPlace() const
{
    if (m_choice.engine.isEmpty())
        return {};
    const auto all = places();
    const auto found = std::ranges::find(all, m_choice.engine, &engine::EnginePlace::id);
    if (found != all.end())
        return *found;
    if (const auto endpoint = engine::parseHost(m_choice.engine, tr("your choice")))
        return engine::placeOf(*endpoint);
    engine::EnginePlace gone{
        .id = m_choice.engine, .name = m_choice.engine.section(u':', 1), .origin = {}, .address = {}};
    gone.problem = tr("the engine that you chose is not known any more");
    return gone;
}

std::vector<engine::EnginePlace> EngineHub::places() const
{
    auto all = engine::enginePlaces();
    for (const auto &url : m_ownAddresses) {
        const auto endpoint = engine::parseHost(url, tr("added by you"));
        if (endpoint && std::ranges::find(all, endpoint->url, &engine::EnginePlace::address) == all.end())
            all.push_back(engine::placeOf(*endpoint));
    }
    return all;
}

bool EngineHub::isUsed(const engine::EnginePlace &place) const
{
    if (!m_choice.builder.isEmpty())
        return place.builder == m_choice.builder;
    return m_info && place.endpoint && place.endpoint->url == m_info->endpoint.url;
}

void EngineHub::use(const engine::EnginePlace &place)
{
    if (!place.builder.isEmpty()) {
        choose({.engine = m_choice.engine, .under = {}, .builder = place.builder});
        Q_EMIT used(place);
        return setState(m_state);
    }
    if (!place.endpoint)
        return;
    m_retry.stop();
    Q_EMIT trying(place);
    m_search = std::make_unique<QObject>();
    engine::connectToFirst(m_search.get(), {.endpoints = {*place.endpoint}, .binding = 0, .problems = {}},
                           [this, place](base::Result<std::shared_ptr<engine::Client>> client) {
                               if (!client) {
                                   Q_EMIT refused(place, client.error());
                                   if (m_state != State::Connected)
                                       reconnect(); // the search that this one took the place of
                                   return;
                               }
                               choose({.engine = place.id, .under = {}, .builder = {}});
                               m_retry.stop();
                               take(std::move(*client));
                               Q_EMIT used(place);
                           });
}

void EngineHub::useUsual()
{
    choose({});
    reconnect();
}

void EngineHub::choose(EngineChoice choice)
{
    choice.under = surroundings();
    m_choice = std::move(choice);
    if (m_settings)
        m_settings->setEngineChoice(m_choice);
    readNodes();
}

// What each node builds for, it says itself.
void EngineHub::readNodes()
{
    m_nodes.clear();
    m_builderAbilities = {};
    m_nodeSearch = std::make_unique<QObject>();
    if (m_choice.builder.isEmpty())
        return;
    m_nodes = engine::nodesOf(m_choice.builder).value_or(std::vector<engine::KnownNode>());
    for (std::size_t at = 0; at < m_nodes.size(); ++at) {
        if (!m_nodes[at].place.buildKit)
            continue;
        engine::askPlace(m_nodeSearch.get(), m_nodes[at].place,
                         [this, at](const base::Result<engine::PlaceAnswer> &answer) {
                             if (!answer) {
                                 m_nodes[at].place.problem = answer.error().text();
                                 return; // the build will say so
                             }
                             m_nodes[at].platforms = answer->abilities.platforms; // those given to it, if any
                             m_builderAbilities.platforms += answer->abilities.platforms;
                             m_builderAbilities.platforms.removeDuplicates();
                             setState(m_state);
                         });
    }
}

base::Result<std::vector<engine::NodeShare>> EngineHub::sharesFor(const QStringList &platforms,
                                                                  const engine::SolveOptions &options) const
{
    if (m_choice.builder.isEmpty())
        return std::vector<engine::NodeShare>();
    if (m_nodes.empty())
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::NotFound,
                        .message = tr("the builder \"%1\" is not known any more").arg(m_choice.builder),
                        .where = {},
                        .hint = tr("Choose an engine or another builder."),
                        .detail = {}});
    return engine::sharesOf(m_choice.builder, m_nodes, platforms, options);
}

std::optional<engine::BuildAbilities> EngineHub::abilities() const
{
    if (!m_choice.builder.isEmpty())
        return m_builderAbilities;
    if (!m_info)
        return {};
    return engine::abilities(*m_info);
}

void EngineHub::addAddress(const QString &url)
{
    if (m_ownAddresses.contains(url))
        return;
    m_ownAddresses.append(url);
    if (m_settings)
        m_settings->setEngineAddresses(m_ownAddresses);
    Q_EMIT placesChanged();
}

void EngineHub::removeAddress(const QString &url)
{
    if (m_ownAddresses.removeAll(url) == 0)
        return;
    if (m_settings)
        m_settings->setEngineAddresses(m_ownAddresses);
    Q_EMIT placesChanged();
    if (m_choice.engine == url)
        useUsual();
}

void EngineHub::connected(base::Result<std::shared_ptr<engine::Client>> client)
{
    if (client)
        return take(std::move(*client));
    m_client.reset();
    m_info.reset();
    m_error = client.error();
    m_images.clear();
    Q_EMIT imagesChanged();
    setState(State::Missing);
    m_retry.start();
}

void EngineHub::take(std::shared_ptr<engine::Client> client)
{
    if (m_client)
        m_client->disconnect(this); // a build may hold it still
    m_client = std::move(client);
    m_info = m_client->info();
    m_error = {};
    m_images.clear();
    connect(m_client.get(), &engine::Client::imagesChanged, this, &EngineHub::refreshImages);
    connect(m_client.get(), &engine::Client::reachableChanged, this, [this](bool reachable) {
        if (!reachable)
            lost();
    });
    m_client->followEvents();
    setState(State::Connected);
    refreshImages();
}

void EngineHub::lost()
{
    // Queued: the client that tells us is about to be replaced.
    QMetaObject::invokeMethod(this, &EngineHub::reconnect, Qt::QueuedConnection);
}

void EngineHub::setState(State state)
{
    // Told even when it stays: the reason or the engine may be another.
    m_state = state;
    Q_EMIT stateChanged(state);
}

void EngineHub::refreshImages()
{
    if (!m_client)
        return;
    // A build may hold the client for longer than we live, or than we use it.
    m_client->listImages(
        [hub = QPointer(this), of = m_client.get()](base::Result<std::vector<engine::ImageSummary>> images) {
            if (!hub || of != hub->m_client.get() || !images || *images == hub->m_images)
                return;
            hub->m_images = std::move(*images);
            Q_EMIT hub->imagesChanged();
        });
}

}
