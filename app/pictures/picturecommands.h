// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/console.h"

#include <QStringList>

namespace app {

/// The command draws: it needs fonts and a painter, though never a display.
bool isPictureCommand(int argc, char **argv);

/// Runs it and returns the exit code of the process.
int runPictureCommand(int argc, char **argv);

int runGraph(const QStringList &arguments, const Console &console);
int runCompare(const QStringList &arguments, const Console &console);
int runLadder(const QStringList &arguments, const Console &console);

}
