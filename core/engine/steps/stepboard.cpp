// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/stepboard.h"

namespace engine {

using namespace std::chrono_literals;

StepBoard::StepBoard(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(50ms);
    connect(&m_timer, &QTimer::timeout, this, &StepBoard::flush);
}

void StepBoard::tell(const BuildTrace::News &news)
{
    for (const QString &id : news.progress)
        m_progressed.insert(id);
    for (const QString &id : news.changed) {
        m_progressed.remove(id);
        Q_EMIT stepChanged(trace.step(id));
    }
    for (const auto &[id, text] : news.logs)
        Q_EMIT logAppended(id, text);
    for (const BuildWarning &warning : news.warnings)
        Q_EMIT warned(warning);
    if (!m_progressed.isEmpty() && !m_timer.isActive())
        m_timer.start();
}

void StepBoard::put(const BuildStep &step)
{
    trace.put(step);
    tell({.changed = {step.id}, .progress = {}, .logs = {}, .warnings = {}});
}

void StepBoard::putProgress(const BuildStep &step)
{
    trace.put(step);
    tell({.changed = {}, .progress = {step.id}, .logs = {}, .warnings = {}});
}

void StepBoard::endRunning(BuildStep::State state, const QString &error)
{
    tell({.changed = trace.endRunning(state, error), .progress = {}, .logs = {}, .warnings = {}});
}

void StepBoard::flush()
{
    const auto progressed = std::exchange(m_progressed, {});
    for (const QString &id : progressed)
        Q_EMIT stepChanged(trace.step(id));
}

}
