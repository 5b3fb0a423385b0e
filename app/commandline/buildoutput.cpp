// SPDX-License-Identifier: Apache-2.0
#include "commandline/buildoutput.h"

#include "base/units.h"
#include "build/sourcemap.h"
#include "image/comparison.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app {

using namespace Qt::StringLiterals;
using State = engine::BuildStep::State;

namespace {

QString stateName(State state)
{
    switch (state) {
    case State::Waiting: return u"waiting"_s;
    case State::Running: return u"running"_s;
    case State::Done: return u"done"_s;
    case State::Cached: return u"cached"_s;
    case State::Failed: return u"failed"_s;
    case State::Cancelled: return u"cancelled"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

bool hasEnded(State state)
{
    return state != State::Waiting && state != State::Running;
}

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

QJsonObject stepJson(const BuildInput &input, const engine::BuildStep &step)
{
    return {{u"name"_s, step.name},
            {u"stage"_s, step.stage},
            {u"state"_s, stateName(step.state)},
            {u"seconds"_s, seconds(step.duration)},
            {u"row"_s, rowOfStep(input.snapshot, step)}};
}

}

BuildProgressText::BuildProgressText(const BuildSession &session, const Console &console, QObject *parent)
    : QObject(parent), m_console(console)
{
    connect(&session, &BuildSession::stepChanged, this, &BuildProgressText::show);
    connect(&session, &BuildSession::logAppended, this, &BuildProgressText::showLog);
}

void BuildProgressText::show(const engine::BuildStep &step)
{
    m_names.insert(step.id, step.name);
    if (!hasEnded(step.state)) {
        m_ended.remove(step.id); // a vertex may run again after its cache look-up
        return;
    }
    if (m_ended.contains(step.id))
        return;
    m_ended.insert(step.id);
    if (const QString rest = m_partialLines.take(step.id); !rest.isEmpty())
        m_console.err(u"    | "_s + rest + u'\n');
    const QString time = step.state == State::Done ? u" "_s + base::durationInWords(step.duration) : QString();
    m_console.err(u"%1 %2%3\n"_s.arg(stateName(step.state), -9).arg(step.name, time));
}

void BuildProgressText::showLog(const QString &stepId, const QString &text)
{
    if (!m_announced.contains(stepId)) {
        m_announced.insert(stepId);
        m_console.err(u"%1 %2\n"_s.arg(u"running"_s, -9).arg(m_names.value(stepId)));
    }
    QStringList lines = QString(m_partialLines.take(stepId) + text).split(u'\n');
    const QString rest = lines.takeLast();
    if (!rest.isEmpty())
        m_partialLines.insert(stepId, rest);
    for (const auto &line : lines)
        m_console.err(u"    | "_s + line + u'\n');
}

QByteArray buildReportJson(const BuildInput &input, const BuildReport &report)
{
    QJsonObject root{{u"succeeded"_s, report.outcome.succeeded()},
                     {u"image"_s, report.outcome.imageId},
                     {u"tags"_s, QJsonArray::fromStringList(input.tags)},
                     {u"seconds"_s, seconds(report.outcome.duration)},
                     {u"notes"_s, QJsonArray::fromStringList(report.notes)}};
    QJsonArray steps;
    for (const auto &step : report.steps)
        steps.append(stepJson(input, step));
    root.insert(u"steps"_s, steps);
    if (const auto &error = report.outcome.error) {
        root.insert(u"error"_s, QJsonObject{{u"message"_s, error->message},
                                            {u"where"_s, error->where},
                                            {u"hint"_s, error->hint},
                                            {u"row"_s, report.outcome.errorRow}});
    }
    if (report.sizes)
        root.insert(u"sizes"_s, QJsonDocument::fromJson(image::toJson(*report.sizes)).object());
    return QJsonDocument(root).toJson();
}

QString buildReportText(const BuildInput &input, const BuildReport &report)
{
    QString text;
    if (report.sizes)
        text += u'\n' + image::toText(*report.sizes);
    const auto cached = std::ranges::count(report.steps, State::Cached, &engine::BuildStep::state);
    text += u'\n'
        + QCoreApplication::translate("BuildOutput", "Built %1 in %2, %3 of %4 steps from the cache.")
              .arg(input.tags.value(0, report.outcome.imageId.left(19)),
                   base::durationInWords(report.outcome.duration))
              .arg(cached)
              .arg(report.steps.size())
        + u'\n';
    if (report.sizes && report.before) {
        text += QCoreApplication::translate("BuildOutput", "The build before: %1 (%2).")
                    .arg(base::sizeInWords(report.before->totalBytes),
                         base::sizeDifference(report.before->totalBytes, report.sizes->totalBytes))
            + u'\n';
    }
    return text;
}

}
