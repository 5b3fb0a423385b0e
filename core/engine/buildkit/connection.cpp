// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/connection.h"

#include "base/logging.h"
#include "engine/buildkit/execstream.h"

namespace engine {

using Route = GrpcLink::Route;

Connection::Connection(BuildKitAddress address, bool isEngine)
    : m_address(std::move(address))
    , m_isEngine(isEngine)
{}

Connection::~Connection()
{
    m_waiting.clear();
    const QObjectList links = children();
    for (QObject *link : links)
        link->disconnect(this);
}

void Connection::use(Use use)
{
    if (m_link && m_isReady && m_link->grpc().isUsable())
        return use(&m_link->grpc());
    m_waiting.push_back(std::move(use));
    if (m_link && !m_isReady)
        return; // it is being opened
    m_tried.reset();
    open(m_route.value_or(m_isEngine ? Route::Upgrade : Route::Direct));
}

std::unique_ptr<ByteStream> Connection::newStream(Route route) const
{
    if (!m_isEngine && m_address.kind == BuildKitAddress::Kind::Container)
        return std::make_unique<ExecStream>(makeByteStream(m_address.endpoint, WireProtocol::Http1),
                                            m_address.endpoint, m_address.container);
    const auto protocol = route == Route::Direct ? WireProtocol::Http2 : WireProtocol::Http1;
    return makeByteStream(m_address.endpoint, protocol, m_address.serverName);
}

// An engine that is spoken to directly is told that its upgrades will go.
std::unique_ptr<ByteStream> Connection::newSessionStream() const
{
    const bool isCheap = m_address.endpoint.kind != Endpoint::Kind::Ssh;
    if (!m_isEngine || !m_hasSessionStreams || !isCheap || m_route != Route::Upgrade)
        return nullptr;
    return newStream(Route::Upgrade);
}

void Connection::open(Route route)
{
    m_isReady = false;
    auto *link = new GrpcLink(newStream(route), m_address.endpoint, route, m_limit);
    link->setParent(this);
    m_link = link;
    connect(link, &GrpcLink::ready, this, [this, route] { handleReady(route); });
    connect(link, &GrpcLink::refused, this, [this, link, route](const base::Error &error) {
        drop(link);
        handleRefused(route, error);
    });
    connect(link, &GrpcLink::ended, this, [this, link](const base::Error &error) {
        const bool wasOpening = link == m_link && !m_isReady;
        drop(link);
        if (wasOpening)
            tell(std::unexpected(error));
    });
    link->open();
}

void Connection::drop(GrpcLink *link)
{
    link->disconnect(this);
    link->deleteLater(); // it is the one that speaks
    if (m_link == link) {
        m_link = nullptr;
        m_isReady = false;
    }
}

void Connection::handleReady(Route route)
{
    qCDebug(logEngine) << "BuildKit answers" << (route == Route::Direct ? "directly" : "after an upgrade");
    m_route = route;
    m_hasSessionStreams = true;
    m_isReady = true;
    tell(&m_link->grpc());
}

// What worked once may not any more: an engine was replaced by a newer one.
void Connection::handleRefused(Route route, const base::Error &error)
{
    m_route.reset();
    if (!m_isEngine || m_tried)
        return tell(std::unexpected(error));
    m_tried = route;
    open(route == Route::Upgrade ? Route::Direct : Route::Upgrade);
}

void Connection::tell(const base::Result<GrpcClient *> &result)
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const Use &use : waiting) {
        // One of them may end what the next one was to get.
        if (result && !(m_link && m_isReady && m_link->grpc().isUsable()))
            this->use(use);
        else
            use(result);
    }
}

Remote::Remote(const BuildKitAddress &address, bool isEngine)
    : m_worker(Worker::shared())
    , m_connection(new Connection(address, isEngine))
{
    m_connection->moveToThread(m_worker->thread());
}

Remote::~Remote()
{
    m_worker->post([connection = m_connection] { delete connection; });
}

void Remote::post(std::function<void(Connection &)> work)
{
    m_worker->post([connection = m_connection, work = std::move(work)] { work(*connection); });
}

}
