// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"

#include <chrono>
#include <optional>

namespace engine {

/// A build drawn over time: a lane a stage (and platform), a bar a step, the chain of steps that the whole
/// build waited for, and what the cache was worth.
struct Timeline
{
    using Time = std::chrono::nanoseconds; ///< since the first step began

    struct Bar
    {
        QString step; ///< BuildStep::id
        QString title;
        Time start{0};
        Time end{0}; ///< of a running one: now
        BuildStep::State state = BuildStep::State::Waiting;
        bool isCritical = false;
        friend bool operator==(const Bar &, const Bar &) = default;
    };
    struct Lane
    {
        QString stage; ///< empty: the engine's own steps
        QString platform;
        std::vector<Bar> bars; ///< by start
        friend bool operator==(const Lane &, const Lane &) = default;
    };

    std::vector<Lane> lanes;  ///< in order of their first step; the engine's own steps last
    QStringList criticalPath; ///< ids, first to last
    Time total{0};
    Time stepTime{0}; ///< sum over all steps: above `total`, stages ran beside each other
    int cachedCount = 0;
    int countedCount = 0; ///< steps of the Dockerfile that ended
    Time saved{0};        ///< what the cached steps took when they last ran, as far as it is known
    int savedKnown = 0;   ///< cached steps whose time is known

    /// Cached of all steps that ended; nothing before the first.
    [[nodiscard]] std::optional<double> hitRatio() const;
    friend bool operator==(const Timeline &, const Timeline &) = default;
};

/// `knownTimes`: what steps took when they last ran, by BuildStep::name. `now` ends the running ones.
Timeline timelineOf(const std::vector<BuildStep> &steps, const QHash<QString, Timeline::Time> &knownTimes,
                    const QDateTime &now);

}
