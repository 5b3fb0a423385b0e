// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/servercall.h"

namespace engine {

/// grpc.health.v1.Health: the engine asks each second (20.10) or each five whether we are still there, and
/// drops the session when nobody answers.
/// `asked` is told of each question.
std::unique_ptr<SessionService> makeHealth(std::function<void()> asked = {});

}
