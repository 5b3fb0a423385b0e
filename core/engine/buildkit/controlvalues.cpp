// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/controlvalues.h"

#include "engine/buildkit/messages.h"

#include <control.pb.h>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

namespace wire = stageloom::control;

template <class Map>
QHash<QString, QString> hashOf(const Map &map)
{
    QHash<QString, QString> values;
    for (const auto &[key, value] : map)
        values.insert(text(key), text(value));
    return values;
}

QString platformText(const wire::Platform &platform)
{
    QString name = text(platform.os()) + u'/' + text(platform.architecture());
    if (!platform.variant().empty())
        name += u'/' + text(platform.variant());
    return name;
}

BuildKitWorker workerOf(const wire::WorkerRecord &record)
{
    BuildKitWorker worker;
    worker.id = text(record.id());
    worker.labels = hashOf(record.labels());
    worker.version = text(record.buildkit_version().version());
    for (const auto &platform : record.platforms())
        worker.platforms += platformText(platform);
    worker.hostGatewayIp = worker.labels.value(u"org.mobyproject.buildkit.worker.moby.host-gateway-ip"_s);
    // The engine's own executor is called so from 23 on; 20.10 has no label but names no executor either.
    const QString executor = worker.labels.value(u"org.mobyproject.buildkit.worker.executor"_s);
    worker.isInsideEngine =
        executor.isEmpty() || !worker.hostGatewayIp.isEmpty() || executor == "containerd-moby"_L1;
    worker.hasImageStore =
        worker.labels.contains(u"org.mobyproject.buildkit.worker.snapshotter"_s) || !worker.isInsideEngine;
    return worker;
}

CacheRecord cacheRecordOf(const wire::UsageRecord &from)
{
    CacheRecord record;
    record.id = text(from.id());
    record.type = text(from.record_type());
    record.description = text(from.description());
    record.sizeBytes = from.size();
    record.isInUse = from.in_use();
    record.isShared = from.shared();
    record.isMutable = from.mutable_();
    record.usageCount = int(from.usage_count());
    if (from.has_created_at())
        record.created = timeOf(from.created_at());
    if (from.has_last_used_at())
        record.lastUsed = timeOf(from.last_used_at());
    for (const auto &parent : from.parents())
        record.parents += text(parent);
    if (record.parents.isEmpty() && !from.parent().empty())
        record.parents += text(from.parent());
    return record;
}

EngineBuild::State stateOf(const wire::BuildHistoryRecord &record)
{
    if (!record.has_completed_at())
        return EngineBuild::State::Running;
    if (!record.has_error())
        return EngineBuild::State::Succeeded;
    const bool wasCancelled =
        record.error().code() == 1 || text(record.error().message()).contains("context canceled"_L1);
    return wasCancelled ? EngineBuild::State::Cancelled : EngineBuild::State::Failed;
}

}

std::optional<std::vector<BuildKitWorker>> readWorkers(const QByteArray &message)
{
    wire::ListWorkersResponse response;
    if (!readMessage(message, response))
        return std::nullopt;
    std::vector<BuildKitWorker> workers;
    for (const auto &record : response.record())
        workers.push_back(workerOf(record));
    return workers;
}

std::optional<std::vector<CacheRecord>> readDiskUsage(const QByteArray &message)
{
    wire::DiskUsageResponse response;
    if (!readMessage(message, response))
        return std::nullopt;
    std::vector<CacheRecord> records;
    records.reserve(std::size_t(response.record_size()));
    for (const auto &record : response.record())
        records.push_back(cacheRecordOf(record));
    return records;
}

std::optional<CacheRecord> readCacheRecord(const QByteArray &message)
{
    wire::UsageRecord record;
    if (!readMessage(message, record))
        return std::nullopt;
    return cacheRecordOf(record);
}

std::optional<HistoryNews> readHistoryEvent(const QByteArray &message)
{
    wire::BuildHistoryEvent event;
    if (!readMessage(message, event))
        return std::nullopt;
    const auto &record = event.record();
    HistoryNews news{.build = {}, .isGone = event.type() == wire::BuildHistoryEvent::DELETED};
    news.build.ref = text(record.ref());
    news.build.state = stateOf(record);
    if (record.has_created_at())
        news.build.started = timeOf(record.created_at());
    if (record.has_completed_at())
        news.build.completed = timeOf(record.completed_at());
    news.build.options = hashOf(record.frontend_attrs());
    news.build.error = text(record.error().message());
    news.build.imageDigest = hashOf(record.exporter_response()).value(u"containerimage.digest"_s);
    news.build.steps = record.total_steps();
    news.build.cachedSteps = record.cached_steps();
    news.build.completedSteps = record.completed_steps();
    news.build.warnings = record.warnings();
    news.build.isPinned = record.pinned();
    return news;
}

QByteArray pruneRequest(const PruneSpec &spec)
{
    wire::PruneRequest request;
    for (const QString &filter : spec.filters)
        request.add_filter(filter.toStdString());
    request.set_all(spec.all);
    request.set_keep_duration(std::chrono::nanoseconds(spec.unusedFor).count());
    request.set_reserved_space(spec.keepBytes);
    request.set_max_used_space(spec.maximumBytes);
    request.set_min_free_space(spec.minimumFreeBytes);
    return serializedMessage(request);
}

QByteArray historyRequest(bool endsAfterThose)
{
    wire::BuildHistoryRequest request;
    request.set_early_exit(endsAfterThose);
    return serializedMessage(request);
}

QByteArray updateHistoryRequest(const QString &ref, std::optional<bool> pinned)
{
    wire::UpdateBuildHistoryRequest request;
    request.set_ref(ref.toStdString());
    if (pinned)
        request.set_pinned(*pinned);
    else
        request.set_delete_(true);
    return serializedMessage(request);
}

}
