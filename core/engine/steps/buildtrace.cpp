// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/buildtrace.h"

#include "engine/steps/stepname.h"

#include <status.pb.h>

#include <QTimeZone>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

namespace wire = stageloom::buildkit;

constexpr qsizetype keptLog = 16 * 1024;

QString text(const std::string &bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

qint64 nanoseconds(const wire::Timestamp &stamp)
{
    return stamp.seconds() * 1'000'000'000 + stamp.nanos();
}

QDateTime time(qint64 ns)
{
    return QDateTime::fromMSecsSinceEpoch(ns / 1'000'000, QTimeZone::UTC);
}

BuildStep::State stateOf(const wire::Vertex &vertex, bool isRunning, bool hasRun)
{
    if (!vertex.error().empty()) {
        const bool wasCancelled = text(vertex.error()).endsWith("context canceled"_L1);
        return wasCancelled ? BuildStep::State::Cancelled : BuildStep::State::Failed;
    }
    if (isRunning)
        return BuildStep::State::Running;
    if (vertex.cached())
        return BuildStep::State::Cached;
    return hasRun ? BuildStep::State::Done : BuildStep::State::Waiting;
}

}

BuildTrace::Entry &BuildTrace::entry(const QString &id)
{
    const auto [it, isNew] = m_steps.try_emplace(id);
    if (isNew) {
        it->second.step.id = id;
        m_ids += id;
    }
    return it->second;
}

std::optional<BuildTrace::News> BuildTrace::feed(const QByteArray &statusResponse)
{
    wire::StatusResponse message;
    if (!message.ParseFromArray(statusResponse.constData(), int(statusResponse.size())))
        return std::nullopt;
    News news;
    for (const auto &vertex : message.vertexes()) {
        if (update(vertex))
            news.changed += text(vertex.digest());
    }
    for (const auto &status : message.statuses()) {
        if (updateProgress(status))
            news.progress += text(status.vertex());
    }
    for (const auto &log : message.logs()) {
        const QString id = text(log.vertex());
        auto &decoder =
            entry(id).decoders.try_emplace(log.stream(), QStringDecoder(QStringDecoder::Utf8)).first->second;
        const QString decoded = decoder.decode(QByteArrayView(log.msg().data(), qsizetype(log.msg().size())));
        if (decoded.isEmpty())
            continue;
        appendLog(id, decoded);
        news.logs.push_back({id, decoded});
    }
    for (const auto &warning : message.warnings()) {
        const bool hasPlace = warning.ranges_size() > 0;
        news.warnings.push_back({.message = text(warning.short_()),
                                 .url = text(warning.url()),
                                 .firstRow = hasPlace ? warning.ranges(0).start().line() : 0,
                                 .lastRow = hasPlace ? warning.ranges(0).end().line() : 0});
    }
    return news;
}

template <class Vertex>
bool BuildTrace::update(const Vertex &vertex)
{
    Entry &it = entry(text(vertex.digest()));
    const BuildStep before = it.step;
    if (!vertex.name().empty() && it.step.name != text(vertex.name())) {
        it.step.name = text(vertex.name());
        readStepName(it.step);
    }
    if (vertex.has_started()) {
        const qint64 start = nanoseconds(vertex.started());
        auto interval = std::ranges::find(it.intervals, start, &Interval::startNs);
        if (interval == it.intervals.end())
            interval = it.intervals.insert(it.intervals.end(), {.startNs = start});
        if (vertex.has_completed())
            interval->endNs = nanoseconds(vertex.completed());
    }
    bool isRunning = false;
    qint64 sum = 0;
    for (const Interval &interval : it.intervals) {
        isRunning = isRunning || interval.endNs == 0;
        sum += interval.endNs == 0 ? 0 : interval.endNs - interval.startNs;
    }
    if (!it.intervals.empty()) {
        it.step.started = time(std::ranges::min(it.intervals, {}, &Interval::startNs).startNs);
        const qint64 end = std::ranges::max(it.intervals, {}, &Interval::endNs).endNs;
        it.step.completed = isRunning ? QDateTime() : time(end);
    }
    it.step.duration = std::chrono::nanoseconds(sum);
    it.step.state = stateOf(vertex, isRunning, !it.intervals.empty());
    it.step.error = text(vertex.error());
    it.step.inputs.clear();
    for (const auto &input : vertex.inputs())
        it.step.inputs += text(input);
    return it.step != before;
}

template <class Status>
bool BuildTrace::updateProgress(const Status &status)
{
    Entry &it = entry(text(status.vertex()));
    const BuildStep::Progress news{.id = text(status.id()),
                                   .name = text(status.name().empty() ? status.id() : status.name()),
                                   .current = status.current(),
                                   .total = status.total(),
                                   .completed = status.has_completed()};
    const auto old = std::ranges::find(it.step.progress, news.id, &BuildStep::Progress::id);
    if (old == it.step.progress.end())
        it.step.progress.push_back(news);
    else if (*old == news)
        return false;
    else
        *old = news;
    return true;
}

void BuildTrace::put(const BuildStep &step)
{
    entry(step.id).step = step;
}

QStringList BuildTrace::endRunning(BuildStep::State state, const QString &error)
{
    QStringList changed;
    for (auto &[id, it] : m_steps) {
        if (it.step.state != BuildStep::State::Running)
            continue;
        it.step.state = state;
        it.step.error = error;
        changed += id;
    }
    return changed;
}

QString BuildTrace::failedStep() const
{
    for (const QString &id : m_ids) {
        if (step(id).state == BuildStep::State::Failed)
            return id;
    }
    return {};
}

QString BuildTrace::logTail(const QString &id) const
{
    const auto it = m_steps.find(id);
    return it == m_steps.end() ? QString() : it->second.logTail;
}

void BuildTrace::appendLog(const QString &id, const QString &text)
{
    QString &tail = entry(id).logTail;
    tail += text;
    if (tail.size() > 2 * keptLog) // cut rarely, so that a long log costs its length once
        tail.remove(0, tail.indexOf(u'\n', tail.size() - keptLog) + 1);
}

}
