// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/servercall.h"
#include "engine/solveoptions.h"

namespace engine {

/// moby.sshforward.v1.SSH: RUN --mount=type=ssh may ask the agents to list their keys and to sign. Everything
/// else (adding, removing, locking) is refused before it reaches the agent. Key files are served by an
/// ssh-agent of our own that lives as long as the service. `problem` is told in the worker thread.
std::unique_ptr<SessionService> makeSshForward(std::vector<SshAgent> agents,
                                               std::function<void(const base::Error &)> problem = {});

}
