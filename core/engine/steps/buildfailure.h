// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildevents.h"

namespace engine {

/// The row of the Dockerfile that an engine's message names; 0: none.
///     dockerfile parse error on line 3: unknown instruction: RUNN     (20.10 says "parse error line 3")
///     Dockerfile:12 ... "  12 | >>> RUN false"
int errorRow(const QString &message);

/// The exit code that an engine's message names; nothing without.
std::optional<int> exitCodeOf(const QString &message);

/// An engine's words made an Error for a person. `failedStep` is the step that broke, if one did; `log` its
/// end.
base::Error buildFailure(const QString &message, const QString &dockerfileName, const BuildStep *failedStep,
                         const QString &log);

}
