// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/console.h"
#include "engine/client.h"

#include <functional>

namespace app {

/// Connects to the engine and runs `job` with it inside an event loop, until the job calls
/// QCoreApplication::exit(). Returns that exit code, or JobFailed with the reason on standard error when no
/// engine answers.
int withEngine(const Console &console, std::function<void(std::shared_ptr<engine::Client>)> job);

}
