// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitvalues.h"

#include <QByteArray>

#include <optional>

namespace engine {

// From BuildKit's messages to values. Each gives nothing for what is no such message.

std::optional<std::vector<BuildKitWorker>> readWorkers(const QByteArray &message);
/// The answer of DiskUsage.
std::optional<std::vector<CacheRecord>> readDiskUsage(const QByteArray &message);
/// One message of Prune's stream.
std::optional<CacheRecord> readCacheRecord(const QByteArray &message);

struct HistoryNews
{
    EngineBuild build;
    bool isGone = false;
};
std::optional<HistoryNews> readHistoryEvent(const QByteArray &message);

QByteArray pruneRequest(const PruneSpec &spec);
QByteArray historyRequest(bool endsAfterThose);
QByteArray updateHistoryRequest(const QString &ref, std::optional<bool> pinned);

}
