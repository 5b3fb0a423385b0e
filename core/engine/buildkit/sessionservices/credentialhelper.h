// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/sessionservices/registrycredentials.h"

#include <chrono>

namespace engine {

/// Asks docker-credential-NAME for the credentials of `key`, whatever it prints. `done` is called once, later
/// in this thread, unless `context` dies before.
void askCredentialHelper(const QString &name, const QString &key, QObject *context,
                         std::function<void(const base::Result<RegistryCredentials> &)> done,
                         std::chrono::milliseconds patience = std::chrono::seconds(10));

}
