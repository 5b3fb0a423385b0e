// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/sessionservices/blobfolder.h"
#include "engine/buildkit/sessionservices/livecalls.h"

namespace engine {

/// Sets seconds and nanos of a message.
template <class Stamp>
void setTime(Stamp *stamp, const QDateTime &time)
{
    const qint64 milliseconds = time.toMSecsSinceEpoch();
    stamp->set_seconds(milliseconds / 1000);
    stamp->set_nanos(static_cast<int>(milliseconds % 1000) * 1'000'000);
}

/// How a call ends that met `fault`.
GrpcStatus statusOf(const ContentFault &fault);

/// The two calls of the content service that last: one reads a blob in slices, as fast as they are taken; the
/// other writes one, an answer to each message. `told` hears of each fault that the engine is told of.
using FaultTold = std::function<void(const ContentFault &)>;
std::shared_ptr<CallAnswerer> makeBlobReader(std::shared_ptr<ServerCall> call,
                                             std::shared_ptr<BlobFolder> folder, FaultTold told);
std::shared_ptr<CallAnswerer> makeBlobWriter(std::shared_ptr<ServerCall> call,
                                             std::shared_ptr<BlobFolder> folder, FaultTold told);

}
