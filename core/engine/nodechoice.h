// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/engineplaces.h"
#include "engine/solveoptions.h"

namespace engine {

/// A node of a builder, and what it builds for as far as that is known: its own platform first, then those
/// that it emulates.
struct KnownNode
{
    EnginePlace place;
    QStringList platforms;
    friend bool operator==(const KnownNode &, const KnownNode &) = default;
};

/// What one node builds of a build that a builder does.
struct NodeShare
{
    QString node; ///< its name, for a person
    BuildKitAddress address;
    QStringList platforms{}; ///< empty: as the request has it
    friend bool operator==(const NodeShare &, const NodeShare &) = default;
};

/// Who builds what of a build for `platforms` (none: the default of the node that takes it). Each platform
/// goes to the node whose own it is, else to one that emulates it, else to one of which nothing is known. A
/// build whose outputs cannot be put together from several nodes goes to one that does it alone. Without
/// nodes the engine itself builds: none. Error: a platform that no node of `builder` builds for, or there is
/// no such one.
base::Result<std::vector<NodeShare>> sharesOf(const QString &builder, const std::vector<KnownNode> &nodes,
                                              const QStringList &platforms, const SolveOptions &options);

/// Why several nodes cannot build that together; nothing when they can.
std::optional<base::Error> whyNotShared(const SolveOptions &options);

/// "linux/arm64" and "linux/arm64/v8" are the same.
bool isSamePlatform(const QString &one, const QString &other);

}
