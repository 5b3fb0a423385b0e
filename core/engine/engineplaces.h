// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/builderstore.h"
#include "engine/endpoint.h"

namespace engine {

/// A place where something that builds may answer: an engine, or a BuildKit of its own.
struct EnginePlace
{
    QString id;     ///< the same at the next start: "context:work", "builder:cross/arm"; else its address
    QString name;   ///< of a docker context or a builder; else its address
    QString origin; ///< for a person: "docker context", "builder (docker-container)"
    QString address;
    std::optional<Endpoint> endpoint{};        ///< of an engine
    std::optional<BuildKitAddress> buildKit{}; ///< of a builder
    QString builder{};                         ///< of which this is a node
    QStringList platforms{};                   ///< that a person gave the node; empty: what it says itself
    QString problem{};                         ///< why it cannot be asked
    bool isChosen = false;                     ///< by DOCKER_HOST, DOCKER_CONTEXT, docker context use
    bool isAbsent = false;                     ///< a usual place for a socket, and none is there

    friend bool operator==(const EnginePlace &, const EnginePlace &) = default;
};

/// An address that a person wrote.
EnginePlace placeOf(const Endpoint &endpoint);

/// DOCKER_HOST and contexts, the usual sockets, buildx's builders with their nodes; no address twice.
std::vector<EnginePlace>
enginePlaces(const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

}
