// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"
#include "commandline/console.h"

class QJsonObject;

namespace app {

/// A running build for scripts, on standard error: one JSON object a line, each with "event" and, in a bake,
/// the "target" that it is about.
///
///   {"event":"step","id":"sha256:...","name":"[2/3] RUN ...","stage":"builder","platform":"linux/arm64",
///    "state":"waiting|running|done|cached|failed|cancelled","seconds":0.4,"row":3,"error":"...",
///    "progress":[{"id":"...","name":"...","current":10,"total":20,"completed":false}]}
///   {"event":"log","id":"sha256:...","text":"..."}
///   {"event":"warning","message":"...","url":"...","firstRow":3,"lastRow":3}
///   {"event":"silence","seconds":15}                the engine says nothing; 0: it speaks again
///   {"event":"finished","succeeded":false,"image":"sha256:...","seconds":1.5,
///    "error":{"message":"...","where":"...","hint":"...","row":3,"lastRow":4,"exitCode":127}}
///
/// What is empty or unknown is left out. New events and new members may come; those above stay.
class ProgressJson
{
public:
    ProgressJson(const Console &console, QString target)
        : m_console(console)
        , m_target(std::move(target))
    {}

    void step(const BuildInput &input, const engine::BuildStep &step) const;
    void log(const QString &stepId, const QString &text) const;
    void warning(const engine::BuildWarning &warning) const;
    void silence(std::chrono::seconds time) const;
    void finished(const BuildReport &report) const;

private:
    void write(const QString &event, const QJsonObject &members) const;

    const Console &m_console;
    QString m_target;
};

}
