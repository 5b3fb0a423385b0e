// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/engineplaces.h"

namespace engine {

/// A node of a builder, and what it builds for as far as that is known: its own platform first, then those
/// that it emulates.
struct KnownNode
{
    EnginePlace place;
    QStringList platforms;
    friend bool operator==(const KnownNode &, const KnownNode &) = default;
};

/// The node that a build for `platforms` goes to (none: the engine's default). It goes to a single node: the
/// one whose own platform that is, else one that emulates it, else one of which nothing is known. Error: no
/// node of `builder` can do it alone, and a build is not spread over several nodes here.
base::Result<BuildKitAddress> nodeFor(const QString &builder, const std::vector<KnownNode> &nodes,
                                      const QStringList &platforms);

/// "linux/arm64" and "linux/arm64/v8" are the same.
bool isSamePlatform(const QString &one, const QString &other);

}
