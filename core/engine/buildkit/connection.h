// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitvalues.h"
#include "engine/buildkit/grpclink.h"
#include "engine/buildkit/worker.h"

namespace engine {

/// The way to one BuildKit: opened when it is needed, kept, and opened again when it was lost. Which route
/// the engine takes is found out once and remembered. Lives in the worker.
class Connection : public QObject
{
public:
    /// `isEngine`: the BuildKit inside an engine, on the engine's own socket; else one of its own.
    Connection(BuildKitAddress address, bool isEngine);
    ~Connection() override;

    using Use = std::function<void(base::Result<GrpcClient *>)>;
    /// `use` is called once, at once or when the connection is there; not after this died. The client may die
    /// after it returned: its calls are told so.
    void use(Use use);
    /// A way for a session beside this one, not yet open; null where there is none, or it would be another
    /// ssh.
    [[nodiscard]] std::unique_ptr<ByteStream> newSessionStream() const;
    void noteNoSessionStream() { m_hasSessionStreams = false; }
    void setTimeLimit(std::chrono::milliseconds limit) { m_limit = limit; }

private:
    void open(GrpcLink::Route route);
    void handleReady(GrpcLink::Route route);
    void handleRefused(GrpcLink::Route route, const base::Error &error);
    void drop(GrpcLink *link);
    void tell(const base::Result<GrpcClient *> &result);
    [[nodiscard]] std::unique_ptr<ByteStream> newStream(GrpcLink::Route route) const;

    BuildKitAddress m_address;
    bool m_isEngine;
    std::chrono::milliseconds m_limit{10'000};
    std::optional<GrpcLink::Route> m_route; ///< the one that worked
    std::optional<GrpcLink::Route> m_tried; ///< the one that was refused in this attempt
    std::vector<Use> m_waiting;
    GrpcLink *m_link = nullptr; ///< the one for new calls; those before it end with their calls
    bool m_isReady = false;
    bool m_hasSessionStreams = true; ///< it has not refused one
};

/// A Connection seen from any other thread. Dies anywhere but in the worker.
class Remote
{
public:
    Remote(const BuildKitAddress &address, bool isEngine);
    ~Remote();
    Remote(const Remote &) = delete;
    Remote &operator=(const Remote &) = delete;

    /// In the worker; not after the Remote has died.
    void post(std::function<void(Connection &)> work);

private:
    std::shared_ptr<Worker> m_worker;
    Connection *m_connection;
};

}
