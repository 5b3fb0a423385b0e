// SPDX-License-Identifier: Apache-2.0
#include "engine/timeline.h"

#include <algorithm>

namespace engine {

namespace {

using Time = Timeline::Time;
using State = BuildStep::State;

bool hasEnded(const BuildStep &step)
{
    return step.state != State::Waiting && step.state != State::Running;
}

class TimelineMaker
{
public:
    TimelineMaker(const std::vector<BuildStep> &steps, const QDateTime &now)
        : m_steps(steps)
        , m_now(now)
    {
        for (const BuildStep &step : steps) {
            m_byId.insert(step.id, &step);
            if (step.started.isValid() && (!m_begin.isValid() || step.started < m_begin))
                m_begin = step.started;
        }
    }

    Timeline make(const QHash<QString, Time> &knownTimes)
    {
        findCriticalPath();
        for (const BuildStep &step : m_steps) {
            if (step.started.isValid())
                add(step);
            count(step, knownTimes);
        }
        std::ranges::stable_partition(m_timeline.lanes,
                                      [](const Timeline::Lane &lane) { return !lane.stage.isEmpty(); });
        for (auto &lane : m_timeline.lanes)
            std::ranges::stable_sort(lane.bars, {}, &Timeline::Bar::start);
        return std::move(m_timeline);
    }

private:
    [[nodiscard]] Time since(const QDateTime &time) const
    {
        return std::chrono::milliseconds(m_begin.msecsTo(time));
    }

    [[nodiscard]] Time endOf(const BuildStep &step) const
    {
        return std::max(since(step.completed.isValid() ? step.completed : m_now), since(step.started));
    }

    // Backwards from the step that ended last, each time to the input that ended last: nothing would have
    // ended sooner without one of them being faster.
    void findCriticalPath()
    {
        const BuildStep *at = nullptr;
        for (const BuildStep &step : m_steps) {
            if (step.started.isValid() && (!at || endOf(step) > endOf(*at)))
                at = &step;
        }
        while (at && !m_timeline.criticalPath.contains(at->id)) {
            m_timeline.criticalPath.prepend(at->id);
            at = lastInputOf(*at);
        }
    }

    [[nodiscard]] const BuildStep *lastInputOf(const BuildStep &step) const
    {
        const BuildStep *last = nullptr;
        for (const QString &id : step.inputs) {
            const BuildStep *input = m_byId.value(id);
            if (input && input->started.isValid() && (!last || endOf(*input) > endOf(*last)))
                last = input;
        }
        return last;
    }

    void add(const BuildStep &step)
    {
        // The only stage of a file has no name in the engine's words.
        const QString stage = step.isInternal()      ? QString()
                              : step.stage.isEmpty() ? QStringLiteral("stage-0")
                                                     : step.stage;
        const QString platform = step.isInternal() ? QString() : step.platform;
        auto lane = std::ranges::find_if(m_timeline.lanes, [&](const Timeline::Lane &candidate) {
            return candidate.stage == stage && candidate.platform == platform;
        });
        if (lane == m_timeline.lanes.end())
            lane = m_timeline.lanes.insert(lane, {.stage = stage, .platform = platform, .bars = {}});
        const Time end = endOf(step);
        lane->bars.push_back({.step = step.id,
                              .title = step.isInternal() ? step.name : step.instruction,
                              .start = since(step.started),
                              .end = end,
                              .state = step.state,
                              .isCritical = m_timeline.criticalPath.contains(step.id)});
        m_timeline.total = std::max(m_timeline.total, end);
        m_timeline.stepTime += end - since(step.started);
    }

    void count(const BuildStep &step, const QHash<QString, Time> &knownTimes)
    {
        if (step.isInternal() || !hasEnded(step))
            return;
        ++m_timeline.countedCount;
        if (step.state != State::Cached)
            return;
        ++m_timeline.cachedCount;
        if (const auto known = knownTimes.constFind(step.name); known != knownTimes.constEnd()) {
            m_timeline.saved += *known;
            ++m_timeline.savedKnown;
        }
    }

    const std::vector<BuildStep> &m_steps;
    QDateTime m_now;
    QDateTime m_begin;
    QHash<QString, const BuildStep *> m_byId;
    Timeline m_timeline;
};

}

std::optional<double> Timeline::hitRatio() const
{
    if (countedCount == 0)
        return {};
    return double(cachedCount) / countedCount;
}

Timeline timelineOf(const std::vector<BuildStep> &steps, const QHash<QString, Time> &knownTimes,
                    const QDateTime &now)
{
    return TimelineMaker(steps, now).make(knownTimes);
}

}
