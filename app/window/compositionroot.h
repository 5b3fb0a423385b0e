// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace app {

/// Makes the objects of the windowed program, joins them and runs them; returns the exit code.
int runWindow(int argc, char **argv);

}
