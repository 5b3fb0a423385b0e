// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/http2/http2connection.h"

namespace engine {

/// One gRPC call that we make. Callbacks come until `finished`, which comes once, or until cancel() or the
/// last reference to it is gone (which cancels).
class ClientCall
{
public:
    virtual ~ClientCall() = default;

    virtual void send(const QByteArray &message) = 0;
    virtual void halfClose() = 0;
    /// RST_STREAM(CANCEL): nothing is told any more.
    virtual void cancel() = 0;
    /// As in ServerCall.
    [[nodiscard]] virtual qsizetype queuedBytes() const = 0;
    /// While held the other side may send what fits into the stream's window, and no more.
    virtual void hold(bool isHeld) = 0;

    std::function<void(const QByteArray &message)> received;
    std::function<void()> drained;
    std::function<void(const GrpcStatus &status)> finished;
};

/// The calling side of gRPC over HTTP/2.
class GrpcClient : public Http2Connection
{
public:
    /// `authority` is the server's name, for proxies; `scheme` "http" or "https".
    explicit GrpcClient(const QByteArray &scheme = "http", const QByteArray &authority = "localhost");

    /// `method` as "/moby.buildkit.v1.Control/Solve". On a connection that is not usable the call finishes
    /// as Unavailable before this returns, so set nothing on it but through `prepare`.
    std::shared_ptr<ClientCall> call(const QByteArray &method, const Metadata &metadata,
                                     const std::function<void(ClientCall &)> &prepare);

private:
    QByteArray m_scheme;
    QByteArray m_authority;
};

}
