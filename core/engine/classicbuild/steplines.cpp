// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/steplines.h"

#include <QRegularExpression>

namespace engine {

using namespace Qt::StringLiterals;

BuildTrace::News StepLines::feed(const QString &text)
{
    BuildTrace::News news;
    m_pending += text;
    for (qsizetype end = m_pending.indexOf(u'\n'); end >= 0; end = m_pending.indexOf(u'\n')) {
        readLine(m_pending.first(end), news);
        m_pending.remove(0, end + 1);
    }
    return news;
}

BuildTrace::News StepLines::finish(bool failed, const QString &message)
{
    BuildTrace::News news;
    if (!m_pending.isEmpty())
        readLine(std::exchange(m_pending, QString()), news);
    end(failed ? BuildStep::State::Failed : BuildStep::State::Done, message, news);
    return news;
}

void StepLines::readLine(const QString &line, BuildTrace::News &news)
{
    static const QRegularExpression stepLine(u"^(?:\\[(\\d+)/\\d+\\] )?STEP (\\d+)/(\\d+): (.*)$"_s);
    static const QRegularExpression fromLine(u"^FROM\\s+.*\\s+AS\\s+(\\S+)\\s*$"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    const auto match = stepLine.match(line);
    if (!match.hasMatch()) {
        m_isCached = m_isCached || line.startsWith("--> Using cache"_L1);
        if (!m_current.isEmpty() && !line.startsWith("--> "_L1)) {
            m_trace.appendLog(m_current, line + u'\n');
            news.logs.push_back({m_current, line + u'\n'});
        }
        return;
    }
    const int stageNumber = std::max(1, match.captured(1).toInt());
    BuildStep step;
    step.position = match.captured(2).toInt();
    step.count = match.captured(3).toInt();
    step.instruction = match.captured(4);
    if (const auto from = fromLine.match(step.instruction); from.hasMatch())
        m_stage = from.captured(1);
    else if (step.position == 1)
        m_stage = u"stage-%1"_s.arg(stageNumber - 1);
    step.stage = m_stage;
    step.name = u"[%1 %2/%3] %4"_s.arg(step.stage).arg(step.position).arg(step.count).arg(step.instruction);
    step.id = u"step:%1:%2"_s.arg(stageNumber).arg(step.position);
    end(BuildStep::State::Done, {}, news);
    begin(step, news);
}

void StepLines::begin(const BuildStep &step, BuildTrace::News &news)
{
    BuildStep running = step;
    running.state = BuildStep::State::Running;
    running.started = QDateTime::currentDateTimeUtc();
    if (!m_current.isEmpty())
        running.inputs = {m_current};
    m_current = running.id;
    m_isCached = false;
    m_trace.put(running);
    news.changed += running.id;
}

void StepLines::end(BuildStep::State state, const QString &error, BuildTrace::News &news)
{
    if (m_current.isEmpty())
        return;
    BuildStep step = m_trace.step(m_current);
    step.state = state == BuildStep::State::Done && m_isCached ? BuildStep::State::Cached : state;
    step.error = error;
    step.completed = QDateTime::currentDateTimeUtc();
    step.duration = std::chrono::milliseconds(step.started.msecsTo(step.completed));
    m_trace.put(step);
    news.changed += step.id;
}

}
