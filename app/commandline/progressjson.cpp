// SPDX-License-Identifier: Apache-2.0
#include "commandline/progressjson.h"

#include "build/sourcemap.h"
#include "build/stepstate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app {

using namespace Qt::StringLiterals;

namespace {

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

void add(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

}

void ProgressJson::write(const QString &event, const QJsonObject &members) const
{
    QJsonObject object = members;
    object.insert(u"event"_s, event);
    add(object, u"target"_s, m_target);
    m_console.errBytes(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void ProgressJson::step(const BuildInput &input, const engine::BuildStep &step) const
{
    QJsonObject object{{u"id"_s, step.id},
                       {u"name"_s, step.name},
                       {u"state"_s, stateName(step.state)},
                       {u"seconds"_s, seconds(step.duration)}};
    add(object, u"stage"_s, step.stage);
    add(object, u"platform"_s, step.platform);
    add(object, u"error"_s, step.error);
    if (const int row = rowOfStep(input.snapshot, step); row > 0)
        object.insert(u"row"_s, row);
    QJsonArray progress;
    for (const auto &part : step.progress)
        progress.append(QJsonObject{{u"id"_s, part.id},
                                    {u"name"_s, part.name},
                                    {u"current"_s, part.current},
                                    {u"total"_s, part.total},
                                    {u"completed"_s, part.completed}});
    if (!progress.isEmpty())
        object.insert(u"progress"_s, progress);
    write(u"step"_s, object);
}

void ProgressJson::log(const QString &stepId, const QString &text) const
{
    write(u"log"_s, {{u"id"_s, stepId}, {u"text"_s, text}});
}

void ProgressJson::warning(const engine::BuildWarning &warning) const
{
    QJsonObject object{{u"message"_s, warning.message}};
    add(object, u"url"_s, warning.url);
    if (warning.firstRow > 0) {
        object.insert(u"firstRow"_s, warning.firstRow);
        object.insert(u"lastRow"_s, warning.lastRow);
    }
    write(u"warning"_s, object);
}

void ProgressJson::silence(std::chrono::seconds time) const
{
    write(u"silence"_s, {{u"seconds"_s, qint64(time.count())}});
}

void ProgressJson::finished(const BuildReport &report) const
{
    const auto &outcome = report.outcome;
    QJsonObject object{{u"succeeded"_s, outcome.succeeded()}, {u"seconds"_s, seconds(outcome.duration)}};
    add(object, u"image"_s, outcome.imageId);
    if (outcome.error) {
        QJsonObject error{{u"message"_s, outcome.error->message}};
        add(error, u"where"_s, outcome.error->where);
        add(error, u"hint"_s, outcome.error->hint);
        if (outcome.errorRow > 0) {
            error.insert(u"row"_s, outcome.errorRow);
            error.insert(u"lastRow"_s, outcome.errorLastRow);
        }
        if (outcome.exitCode)
            error.insert(u"exitCode"_s, *outcome.exitCode);
        object.insert(u"error"_s, error);
    }
    write(u"finished"_s, object);
}

}
