// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/buildkitvalues.h"

namespace app {

/// Adds what --filter says, in docker's words: "until=24h", "type=exec.cachemount", "description~=go",
/// "inuse=false", "id=...". An Error names what is no filter.
base::Result<void> addFilter(const QString &text, engine::PruneSpec &spec);

/// What was asked for as BuildKit's prune understands it: one filter of all conditions, in which
/// "mutable=true" is the word "mutable". Nothing that is in use is freed anyway.
QStringList pruneFilters(const QStringList &filters);

/// Whether `spec`'s filters and age let a record through; "all" and sizes are the engine's business.
bool passes(const engine::CacheRecord &record, const engine::PruneSpec &spec, const QDateTime &now);

}
