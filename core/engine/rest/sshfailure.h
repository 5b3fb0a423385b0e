// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/endpoint.h"

namespace engine {

/// Why there is no engine behind an ssh, from what it, or the far docker, said last; `words` may be empty.
base::Error sshFailure(const Endpoint &endpoint, const QString &words);

}
