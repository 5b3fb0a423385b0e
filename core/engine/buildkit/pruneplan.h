// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitvalues.h"

#include <optional>

namespace engine {

/// What a prune would free, told from the records before it is done. BuildKit frees records that nothing
/// stands on, round by round, those unused longest first where a part is kept (cache/manager.go, prune). The
/// engine decides anew when it is asked: a build that begins in between keeps what it needs.
struct PrunePlan
{
    QStringList ids;
    qint64 bytes = 0;
    qint64 bytesLeft = 0;
};

/// Nothing when a filter of `spec` is one that is not understood here: then only the engine knows.
/// Understood: "type==X", "id==X", "id~=X", "description~=X", "mutable==true", "inuse==false", "shared==true"
/// and such.
std::optional<PrunePlan> planPrune(const std::vector<CacheRecord> &records, const PruneSpec &spec,
                                   const QDateTime &now);

}
