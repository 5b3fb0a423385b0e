// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/sessionservices/registrycredentials.h"

namespace engine {

/// Asks docker-credential-NAME for the credentials of `key`: 10 s at most, and whatever it prints. `done` is
/// called once, later in this thread, unless `context` dies before.
void askCredentialHelper(const QString &name, const QString &key, QObject *context,
                         std::function<void(const base::Result<RegistryCredentials> &)> done);

}
