// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/sessionservices/syncsource.h"
#include "engine/buildkit/sessionservices/wire.h"

#include <functional>

namespace engine {

/// What both sides of a transfer of files say to each other: fsutil.types.Packet.
namespace packets {

/// Content goes in pieces of this size at most, as BuildKit's own.
constexpr qsizetype pieceSize = 32 * 1024;

QByteArray stat(const SyncEntry &entry);
QByteArray lastStat();
QByteArray request(quint32 id);
QByteArray end(quint32 id); ///< of a file's content
QByteArray finished();
QByteArray error(const QString &text);

/// A piece of content, read where it will lie: `read` fills it and says how much it got (-1: nothing comes
/// back).
QByteArray data(quint32 id, qsizetype size, const std::function<qint64(char *to, qint64 most)> &read);

}
}
