// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace app {

/// This process goes on as stageloom-desktop, which stands beside it or in ../libexec/stageloom. Comes back
/// only when that cannot be: says why, and returns the exit code.
int becomeDesktop(char **argv);

}
