// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/servercall.h"
#include "engine/solveoptions.h"

namespace engine {

/// Called in the worker thread; both may be empty. No value of a secret is ever in them.
struct SecretsReports
{
    /// A step asked for an id that nobody gave. It fails if the mount says "required", and goes on otherwise.
    /// The engine's own questions (HTTP_AUTH_HEADER_host, GIT_AUTH_TOKEN, ...) are not told.
    std::function<void(const QString &id)> missing;
    /// A given secret that could not be read, or is larger than the 500 KiB that BuildKit allows.
    std::function<void(const QString &id, const base::Error &problem)> problem;
};

/// moby.buildkit.secrets.v1.Secrets/GetSecret. Values are read when asked for and not kept.
std::unique_ptr<SessionService> makeSecrets(std::vector<SecretSource> sources, SecretsReports reports = {});

}
