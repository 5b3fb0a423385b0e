// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>

namespace app {

/// What every command ends with.
enum ExitCode { Done = 0, JobFailed = 1, WrongUsage = 2 };

/// Standard output and standard error of one command, and its name for messages.
class Console
{
public:
    explicit Console(QString command);

    void out(const QString &text) const; ///< as it is, no line end added
    void outBytes(const QByteArray &bytes) const;
    void err(const QString &text) const;
    void errBytes(const QByteArray &bytes) const;

    /// "stageloom build: where: message. hint" on standard error, the detail below it.
    [[nodiscard]] int fail(const base::Error &error, int code = JobFailed) const;

    /// Writes to a file, or to standard output when `path` is empty or "-".
    [[nodiscard]] int deliver(const QByteArray &bytes, const QString &path) const;

    /// `code`, unless something of the output was lost on its way: then says so and returns JobFailed.
    [[nodiscard]] int finish(int code) const;

private:
    QString m_command;
    mutable int m_outputProblem = 0; ///< errno
};

}
