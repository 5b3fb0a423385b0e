// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/endpoint.h"

#include <chrono>

class QNetworkReply;

namespace engine {

/// A status of 400 or more: the engine's own words, from JSON or, as some versions send it, plain text.
base::Error answeredError(int status, const QByteArray &body);

/// No connection, or one that broke. Looks at the socket's file to tell why, and says how to mend it.
base::Error connectionError(const Endpoint &endpoint, const QNetworkReply &reply);

/// Nobody let us connect; `words` are the socket's.
base::Error unreachableError(const Endpoint &endpoint, const QString &words);

/// TLS came to no agreement.
base::Error unsafeError(const Endpoint &endpoint, const QString &words);

/// The connection broke.
base::Error lostError(const Endpoint &endpoint, const QString &words);

/// Nothing came for that long.
base::Error silenceError(const Endpoint &endpoint, std::chrono::milliseconds limit, bool wasConnecting);

}
