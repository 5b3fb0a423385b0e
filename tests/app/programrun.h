// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>
#include <QTemporaryDir>

/// One run of the stageloom program: what it was given, what it said.
struct ProgramRun
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs it without a display, with a home of its own, so that nothing of the user's is read or written.
/// `host` is DOCKER_HOST; an empty one points to a socket that is not there.
ProgramRun runProgram(const QStringList &arguments, const QByteArray &input = {}, const QString &host = {});

/// The same for a line of shell, which finds the program in $STAGELOOM_PROGRAM: for pipes and redirections.
ProgramRun runShell(const QString &line, const QByteArray &input = {}, const QString &host = {});

/// Podman builds without BuildKit: its steps bear other names, and it takes fewer options.
bool isPodman(const QString &host);
/// One of the abilities that "stageloom engine test" lists.
bool engineCannot(const QString &host, const QByteArray &ability);

/// Writes a file below a folder, with the folders that lead to it.
void writeFile(const QTemporaryDir &folder, const QString &path, const QByteArray &content);
