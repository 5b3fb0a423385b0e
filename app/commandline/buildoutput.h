// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"
#include "commandline/console.h"

#include <QHash>
#include <QSet>

namespace app {

/// Prints a running build on standard error, a line a finished step, with the output of RUN below its step's
/// name.
class BuildProgressText
{
public:
    /// `prefix` begins every line: "[app] " in a bake.
    explicit BuildProgressText(const Console &console, QString prefix = {})
        : m_console(console)
        , m_prefix(std::move(prefix))
    {}

    void show(const engine::BuildStep &step);
    void showLog(const QString &stepId, const QString &text);
    /// See engine::BuildJob::engineSilent(): once when it begins, once when it is over.
    void showSilence(std::chrono::seconds time);
    /// What concerns the build and no row: a cache that is not there, a file that was left out.
    void showNote(const engine::BuildWarning &warning);

    /// The step whose output was printed last: it stands right above what is printed now.
    [[nodiscard]] const QString &lastLoggedStep() const { return m_lastLogged; }

private:
    struct Ending
    {
        engine::BuildStep::State state;
        std::chrono::nanoseconds duration;
    };

    void announce(const QString &stepId);
    void writeState(engine::BuildStep::State state, const QString &name, const QString &time);
    void writeLogLine(const QString &stepId, const QString &line);

    const Console &m_console;
    QString m_prefix;
    bool m_isSilent = false;
    QHash<QString, QString> m_names;
    QHash<QString, QString> m_partialLines;
    QSet<QString> m_announced;
    QString m_lastLogged;
    QHash<QString, Ending> m_ended; ///< as they were told
};

/// The rows of the instruction that failed, numbered; empty when the place is not known.
QString failedLinesText(const BuildInput &input, const engine::BuildOutcome &outcome);

/// The result as JSON, stable for scripts.
QByteArray buildReportJson(const BuildInput &input, const BuildReport &report);

/// What --metadata-file gets, in buildx's words: the digest of the image, and its names.
QByteArray buildMetadataJson(const BuildInput &input, const BuildReport &report);

/// The result for people: layers, total, difference to the build before.
QString buildReportText(const BuildInput &input, const BuildReport &report);

}
