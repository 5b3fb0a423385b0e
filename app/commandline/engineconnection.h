// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/arguments.h"
#include "commandline/console.h"
#include "engine/client.h"
#include "engine/nodechoice.h"

#include <functional>

namespace app {

/// Connects to the engine and runs `job` with it inside an event loop, until the job calls
/// QCoreApplication::exit(). Returns that exit code, or JobFailed with the reason on standard error when no
/// engine answers.
int withEngine(const Console &console, std::function<void(std::shared_ptr<engine::Client>)> job);

/// Looks up the nodes of the builder that --builder names (none without it, or for "default"), and runs `job`
/// with them. Ends the program with the reason when there is no such builder.
void withNodes(QObject *owner, const Arguments &options, const Console &console,
               std::function<void(const std::vector<engine::KnownNode> &)> job);

}
