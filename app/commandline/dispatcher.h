// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace app {

/// The arguments ask for something that needs no window; a mistyped command is such a thing too.
bool asksForCommand(int argc, char **argv);

/// The command draws: it needs fonts and a painter, and is run by the desktop program.
bool drawsPictures(int argc, char **argv);

/// Runs the command and returns the exit code of the process.
int runCommandLine(int argc, char **argv);

/// There is a display, or the person named one. Qt itself would end the program by a signal.
bool canShowWindows(int argc, char **argv);

/// Says so on standard error; the exit code.
int refuseWindow();

/// In a locale that is not UTF-8 (LC_ALL=C is what many scripts run in) Qt warns on standard error and goes
/// on with UTF-8: here quietly. To be called before any QCoreApplication.
void speakUtf8();

}
