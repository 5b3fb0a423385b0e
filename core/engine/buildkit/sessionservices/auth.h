// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/servercall.h"

namespace engine {

/// moby.filesync.v1.Auth/Credentials, from docker's config.json in `configFolder` (dockerConfigFolder()).
/// When they cannot be had the engine goes on without (a public image needs none), and `problem` is told why,
/// in the worker thread.
std::unique_ptr<SessionService> makeAuth(const QString &configFolder,
                                         std::function<void(const base::Error &)> problem = {});

}
