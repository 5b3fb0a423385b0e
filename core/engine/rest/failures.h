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

/// TLS stood, and then it was closed: who wants to know us says no so, at times without a word.
base::Error turnedAwayError(const Endpoint &endpoint, const QString &words);

/// A connection that broke did so for its certificates: TLS 1.3 refuses ours after it has begun.
bool isAboutEncryption(const QString &words);

/// The connection broke.
base::Error lostError(const Endpoint &endpoint, const QString &words);

/// Nothing came for that long.
base::Error silenceError(const Endpoint &endpoint, std::chrono::milliseconds limit, bool wasConnecting);

}
