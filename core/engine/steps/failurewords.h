// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"

namespace engine {

/// Without what only speaks of the engine's insides: "failed to solve: rpc error: code = Unknown desc = ...".
QString withoutPrefixes(const QString &message);

/// What an engine says of a failed build, as a sentence that takes no knowledge of BuildKit to read. `step`
/// is the one that broke, if one did; old engines leave out of their sentence what its name says. What is not
/// known is given on without its prefixes.
QString plainWords(const QString &message, const BuildStep *step);

}
