// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"

namespace app {

/// One word for scripts and the history: "cached". Never translated.
QString stateName(engine::BuildStep::State state);

/// Nothing more is to come, unless the step runs again.
bool hasEnded(engine::BuildStep::State state);

}
