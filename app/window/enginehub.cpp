// SPDX-License-Identifier: Apache-2.0
#include "window/enginehub.h"

#include <chrono>

using namespace std::chrono_literals;

namespace app {

EngineHub::EngineHub(QObject *parent)
    : QObject(parent)
{
    // An engine that is started later is found without a click.
    m_retry.setInterval(5s);
    connect(&m_retry, &QTimer::timeout, this, &EngineHub::reconnect);
}

EngineHub::~EngineHub() = default;

void EngineHub::reconnect()
{
    m_retry.stop();
    m_candidates = engine::findEndpoints();
    if (m_state == State::Connected)
        setState(State::Looking);
    engine::connectToFirst(this, m_candidates, [this](base::Result<std::shared_ptr<engine::Client>> client) {
        connected(std::move(client));
    });
}

void EngineHub::connected(base::Result<std::shared_ptr<engine::Client>> client)
{
    if (!client) {
        m_client.reset();
        m_info.reset();
        m_error = client.error();
        m_images.clear();
        Q_EMIT imagesChanged();
        setState(State::Missing);
        m_retry.start();
        return;
    }
    m_client = std::move(*client);
    m_info = m_client->info();
    m_error = {};
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
    m_client->listImages([this](base::Result<std::vector<engine::ImageSummary>> images) {
        if (!images || *images == m_images)
            return;
        m_images = std::move(*images);
        Q_EMIT imagesChanged();
    });
}

}
