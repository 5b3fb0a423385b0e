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
/// Understood: "type==X", "id==X", "id~=X", "id!=X", and the words "mutable", "immutable", "shared",
/// "private", "inuse"; several with commas between them, which must all hold. As in BuildKit's own prune
/// these words have no value ("mutable==true" holds for none), and nothing has a description or parents there
/// (cache/manager.go, adaptUsageInfo).
std::optional<PrunePlan> planPrune(const std::vector<CacheRecord> &records, const PruneSpec &spec,
                                   const QDateTime &now);

}
