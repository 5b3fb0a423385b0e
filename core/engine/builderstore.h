// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/buildkitvalues.h"

#include <QProcessEnvironment>

#include <optional>
#include <vector>

namespace engine {

/// One machine of a builder.
struct BuilderNode
{
    QString name;
    QString endpoint;                       ///< as written: a docker context, a host, "tcp://h:1234"
    std::optional<BuildKitAddress> address; ///< none when it cannot be reached from here
    QString problem;                        ///< why not
    QStringList platforms;                  ///< fixed by the person; empty: what its workers say
    friend bool operator==(const BuilderNode &, const BuilderNode &) = default;
};

/// A builder of buildx's own store, as `docker buildx ls` lists it: a name for one or more BuildKits that
/// build together, each for its own platforms.
struct Builder
{
    QString name;
    QString driver; ///< "docker-container", "remote", "kubernetes", ...
    std::vector<BuilderNode> nodes;
    bool isCurrent = false; ///< BUILDX_BUILDER, or chosen by `docker buildx use`
    friend bool operator==(const Builder &, const Builder &) = default;
};

/// What stands in $BUILDX_CONFIG or ~/.docker/buildx; files that cannot be read are told as problems. The
/// engines themselves (driver "docker") are not stored there: see findEndpoints().
struct Builders
{
    std::vector<Builder> builders; ///< by name
    std::vector<base::Error> problems;
};
Builders findBuilders(const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

}
