// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/steps/buildtrace.h"

#include <QObject>
#include <QTimer>

namespace engine {

/// The steps of one build and who is told of them: news of a state at once, news of numbers 20 times a
/// second.
class StepBoard : public QObject
{
    Q_OBJECT

public:
    explicit StepBoard(QObject *parent = nullptr);

    BuildTrace trace;

    void tell(const BuildTrace::News &news);
    void put(const BuildStep &step);         ///< a new state
    void putProgress(const BuildStep &step); ///< new numbers
    /// All that run end so.
    void endRunning(BuildStep::State state, const QString &error);

Q_SIGNALS:
    void stepChanged(const engine::BuildStep &step);
    void logAppended(const QString &stepId, const QString &text);
    void warned(const engine::BuildWarning &warning);
    void engineSilent(std::chrono::seconds time);

private:
    void flush();

    QSet<QString> m_progressed;
    QTimer m_timer;
};

}
