// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"

namespace engine {

/// What to try, from the words of an engine about a failed build, pull or push; empty: nothing better is
/// known. `step` is the build's step that broke, if one did.
QString failureHint(const QString &message, const BuildStep *step = nullptr);

/// What to try when a step's program ended with `exitCode`, from that and from the end of what it said.
QString programHint(int exitCode, const QString &log);

}
