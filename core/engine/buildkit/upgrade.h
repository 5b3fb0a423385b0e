// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/servercall.h"

namespace engine {

/// The request after which a connection of HTTP/1.1 is one of HTTP/2: "/grpc", "/session".
QByteArray upgradeRequest(const QByteArray &path, const Metadata &headers = {});

enum class UpgradeAnswer : quint8 { Incomplete, Granted, Refused };

/// Takes the answer's head off the front of `bytes`; HTTP/2 may have come in the same piece, and stays. When
/// refused, `words` are its first line.
UpgradeAnswer takeUpgradeAnswer(QByteArray &bytes, QByteArray &words);

}
