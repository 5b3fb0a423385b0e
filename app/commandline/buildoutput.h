// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"
#include "commandline/console.h"

#include <QHash>
#include <QSet>

namespace app {

/// Prints a running build on standard error, a line a finished step, with the output of RUN below its step's name.
class BuildProgressText : public QObject
{
    Q_OBJECT

public:
    BuildProgressText(const BuildSession &session, const Console &console, QObject *parent = nullptr);

private:
    void show(const engine::BuildStep &step);
    void showLog(const QString &stepId, const QString &text);

    const Console &m_console;
    QHash<QString, QString> m_names;
    QHash<QString, QString> m_partialLines;
    QSet<QString> m_announced;
    QSet<QString> m_ended;
};

/// The result as JSON, stable for scripts.
QByteArray buildReportJson(const BuildInput &input, const BuildReport &report);

/// The result for people: layers, total, difference to the build before.
QString buildReportText(const BuildInput &input, const BuildReport &report);

}
