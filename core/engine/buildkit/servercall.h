// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace engine {

/// gRPC's own numbers, those that we say or act on (https://grpc.io/docs/guides/status-codes).
enum class GrpcCode : int {
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    OutOfRange = 11,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14
};

struct GrpcStatus
{
    GrpcCode code = GrpcCode::Ok;
    QString message;
    QByteArray details; ///< grpc-status-details-bin, decoded: a google.rpc.Status
};

/// Headers of a call in their order (it counts: include-patterns, followpaths), keys in lower case.
using Metadata = std::vector<std::pair<QByteArray, QByteArray>>;

/// One gRPC call that the engine makes to us within a session. Lives in the worker thread; kept alive by the
/// service that answers it and by the connection until gone() was told.
class ServerCall
{
public:
    virtual ~ServerCall() = default;

    [[nodiscard]] virtual QByteArray method() const = 0; ///< "/moby.filesync.v1.FileSync/DiffCopy"
    [[nodiscard]] virtual const Metadata &metadata() const = 0;

    /// Queues one message (without gRPC's five bytes of frame).
    virtual void send(const QByteArray &message) = 0;
    /// Bytes queued and not yet taken by the connection. A sender of much stops at `sendMark` and goes on
    /// when `drained` is told.
    [[nodiscard]] virtual qsizetype queuedBytes() const = 0;
    static constexpr qsizetype sendMark = 256 * 1024;
    /// Ends the call after what was sent. Once; nothing is told after it but gone().
    virtual void finish(const GrpcStatus &status) = 0;

    // Set by the service before it returns from SessionService::serve().
    std::function<void(const QByteArray &message)> received;
    std::function<void()> halfClosed; ///< the engine will send no more
    std::function<void()> drained;    ///< queuedBytes() fell below sendMark
    std::function<void()> gone;       ///< finished, reset by the engine, or the connection was lost
};

/// What a session offers the engine: one service of BuildKit's session (FileSync, Auth, Secrets, ...).
class SessionService
{
public:
    virtual ~SessionService() = default;
    /// Full names of the methods it answers, as the session announces them.
    [[nodiscard]] virtual QByteArrayList methods() const = 0;
    /// A call to one of methods() began. Must not block: file reads go in slices.
    virtual void serve(const std::shared_ptr<ServerCall> &call) = 0;
};

}
