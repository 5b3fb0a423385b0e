// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/console.h"
#include "engine/engineplaces.h"

namespace app {

/// Asks each place what it is and what it can do, and prints the answers in their order. JobFailed when one
/// of them did not answer.
int testEngines(const std::vector<engine::EnginePlace> &places, bool isJson, const Console &console);

}
