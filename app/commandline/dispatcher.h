// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace app {

/// True when the arguments ask for a command, --help or --version rather than for the window.
bool asksForCommand(int argc, char **argv);

/// Runs it and returns the exit code: 0 done, 1 the job failed, 2 wrong usage. Needs no display.
int runCommandLine(int argc, char **argv);

}
