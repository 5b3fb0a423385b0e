// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"
#include "engine/engineinfo.h"
#include "engine/rest/transport.h"

namespace engine {

/// The query of POST /build. `buildId` is the key to cancel by.
Query buildQuery(const BuildRequest &request, const EngineInfo &engine, const QString &buildId);

}
