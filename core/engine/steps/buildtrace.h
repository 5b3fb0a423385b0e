// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"

#include <QByteArray>
#include <QSet>
#include <QStringDecoder>

#include <map>

namespace engine {

/// What a build has told of itself so far: the steps, put together from the pieces of BuildKit's status
/// messages. A vertex may start and end several times; its duration is the sum.
class BuildTrace
{
public:
    struct Log
    {
        QString stepId;
        QString text;
    };

    /// What one message brought.
    struct News
    {
        QStringList changed;  ///< steps whose state, name or error is new
        QStringList progress; ///< steps of which only numbers are new
        std::vector<Log> logs;
        std::vector<BuildWarning> warnings;
    };

    /// Reads one serialized moby.buildkit.v1.StatusResponse. Nothing when it is none.
    std::optional<News> feed(const QByteArray &statusResponse);

    /// Adds or replaces a step that was made up here, as those of pulls and of Podman are.
    void put(const BuildStep &step);
    /// The build is over for all that run; returns their ids.
    QStringList endRunning(BuildStep::State state, const QString &error);

    [[nodiscard]] const BuildStep &step(const QString &id) const { return m_steps.at(id).step; }
    [[nodiscard]] const QStringList &ids() const { return m_ids; } ///< in the order of their first mention
    /// The first step that failed; empty: none.
    [[nodiscard]] QString failedStep() const;
    /// The last lines that a step wrote.
    [[nodiscard]] QString logTail(const QString &id) const;
    void appendLog(const QString &id, const QString &text);

private:
    struct Interval
    {
        qint64 startNs = 0;
        qint64 endNs = 0; ///< 0: still running
    };
    struct Entry
    {
        BuildStep step;
        std::vector<Interval> intervals;
        std::map<qint64, QStringDecoder>
            decoders; ///< one a stream: a character may be cut between two messages
        QString logTail;
    };

    Entry &entry(const QString &id);
    template <class Vertex>
    bool update(const Vertex &vertex);
    template <class Status>
    bool updateProgress(const Status &status);

    std::map<QString, Entry> m_steps;
    QStringList m_ids;
};

}
