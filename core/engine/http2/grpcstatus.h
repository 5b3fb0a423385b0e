// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/servercall.h"

namespace engine {

/// The value of the first header with that name; nothing without.
std::optional<QByteArray> headerValue(const Metadata &headers, QByteArrayView name);

/// The status of a call from its trailers (or from its only headers); nothing when they hold none. Never
/// fails: a number that is none reads as Unknown.
std::optional<GrpcStatus> readStatus(const Metadata &trailers);

/// The trailers that say `status`.
Metadata statusTrailers(const GrpcStatus &status);

/// What an answer without a gRPC status means: it came from a proxy, or from no gRPC server.
GrpcStatus statusOfHttp(const QByteArray &httpStatus);

/// What the end of a stream means that brought no status, from HTTP/2's error code.
GrpcStatus statusOfReset(quint32 errorCode);

/// The words for a connection that is gone.
GrpcStatus lostStatus();

}
