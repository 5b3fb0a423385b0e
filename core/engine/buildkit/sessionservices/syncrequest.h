// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/servercall.h"

#include <optional>

namespace engine {

/// What the engine asks of a source, from the metadata of DiffCopy.
struct SyncRequest
{
    QByteArray source; ///< dir-name
    QByteArrayList followPaths;
    QByteArrayList includes;
    QByteArrayList excludes;
};

SyncRequest syncRequestOf(const Metadata &metadata);

/// All paths that must be sent so that `followPaths` mean something on the other side: they, the symbolic
/// links on their way and what these lead to, within `folder` (a descriptor path below it is never left).
/// Nothing: the whole folder is wanted. `folder` is empty for a virtual one, which has no links.
std::optional<QByteArrayList> followedPaths(const QByteArray &folder, const QByteArrayList &followPaths);

}
