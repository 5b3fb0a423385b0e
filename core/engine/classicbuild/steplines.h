// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/steps/buildtrace.h"

namespace engine {

/// Steps from the lines that Podman's builder prints, which has no trace:
///     [1/2] STEP 2/3: RUN go build
///     --> Using cache 5b0b...
/// Unlike BuildKit it counts every instruction of a stage. Times are those of the lines' arrival.
class StepLines
{
public:
    explicit StepLines(BuildTrace &trace)
        : m_trace(trace)
    {}

    BuildTrace::News feed(const QString &text);
    /// The build has ended: the last step with it.
    BuildTrace::News finish(bool failed, const QString &message);

private:
    void readLine(const QString &line, BuildTrace::News &news);
    void begin(const BuildStep &step, BuildTrace::News &news);
    void end(BuildStep::State state, const QString &error, BuildTrace::News &news);

    BuildTrace &m_trace;
    QString m_pending;
    QString m_current; ///< id of the running step
    QString m_stage;
    bool m_isCached = false;
};

}
