// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"
#include "engine/client.h"
#include "engine/engineplaces.h"

namespace engine {

/// What a place said of itself when it was asked.
struct PlaceAnswer
{
    QString product;                  ///< "Docker Engine 26.1.5", "BuildKit v0.13"
    std::optional<EngineInfo> engine; ///< none of a BuildKit of its own
    std::vector<BuildKitWorker> workers;
    BuildAbilities abilities;
    base::Error buildKitError; ///< the engine answers, its BuildKit did not; empty: it did, or has none
    std::chrono::milliseconds took{0};

    [[nodiscard]] QString buildKitVersion() const; ///< empty: it does not say
};

/// Asks a place what it is and what it can do, its BuildKit included. Answers once, unless `owner` dies
/// first. Nothing is kept: the connections are closed after the answer.
void askPlace(QObject *owner, const EnginePlace &place, Client::Answer<PlaceAnswer> answer);

}
