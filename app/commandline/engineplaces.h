// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/builderstore.h"
#include "engine/endpoint.h"

namespace app {

/// A place where something that builds may answer: an engine, or a BuildKit of its own.
struct EnginePlace
{
    QString name;   ///< of a docker context or a builder; else its address
    QString origin; ///< for a person: "docker context", "builder (docker-container)"
    QString address;
    std::optional<engine::Endpoint> endpoint;        ///< of an engine
    std::optional<engine::BuildKitAddress> buildKit; ///< of a builder
    QString problem;                                 ///< why it cannot be asked
    bool isChosen = false;                           ///< by DOCKER_HOST, DOCKER_CONTEXT, docker context use
};

/// DOCKER_HOST and contexts, the sockets that are there, buildx's builders; no place twice.
std::vector<EnginePlace>
enginePlaces(const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

/// The BuildKit of a builder, by the name that `docker buildx ls` shows. Nothing for "default" and docker
/// contexts, whose BuildKit is the engine's own.
base::Result<std::optional<engine::BuildKitAddress>> builderCalled(const QString &name);

}
