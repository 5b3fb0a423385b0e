// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QProcessEnvironment>
#include <QString>

#include <vector>

namespace engine {

/// Where an engine may answer, and why we look there.
struct Endpoint
{
    enum class Kind : quint8 { Unix, Tcp, Tls, Ssh };

    Kind kind = Kind::Unix;
    QString url;  ///< as a person writes it: "unix:///var/run/docker.sock"
    QString path; ///< of the socket; Unix, and Ssh when it is not the usual one there
    QString host; ///< Tcp, Tls, Ssh
    int port = 0; ///< Ssh: 0 leaves it to the user's ssh
    QString user; ///< Ssh; may be empty
    QString caFile, certFile, keyFile; ///< Tls; may be empty
    bool skipVerify = false;
    QString
        origin; ///< for a person: "DOCKER_HOST", "docker context \"work\"", "Podman's socket of this user"

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// Reads a host as in DOCKER_HOST. Errors: an unknown scheme, npipe, a missing port.
base::Result<Endpoint> parseHost(const QString &host, const QString &origin);

/// Every place to try, in the docker CLI's own order: DOCKER_HOST; DOCKER_CONTEXT; currentContext of
/// config.json; /var/run/docker.sock; the rootless socket; Docker Desktop's; Podman's (user, then system);
/// last the engine that run.sh started. When DOCKER_HOST or a context is set, only that one is used and the
/// rest are listed after it.
struct Candidates
{
    std::vector<Endpoint> endpoints;
    int binding = -1; ///< index of the one that a person chose by DOCKER_HOST or a context; -1: none
    std::vector<base::Error> problems; ///< a context that is named and not there, a host that cannot be read
};
Candidates findEndpoints(const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

/// Where run.sh keeps the socket of the engine that it starts: $XDG_DATA_HOME/stageloom/engine/docker.sock
QString ownEngineSocket();
QString ownEngineSocket(const QProcessEnvironment &environment);

}
