// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "history/buildrecord.h"

#include <optional>

namespace history {

/// One reason why a step ran although a build before had run it.
struct MissReason
{
    enum class Kind : quint8 {
        FirstBuild,         ///< nothing is remembered of this file and target
        NewStep,            ///< the build before had no such step
        InstructionChanged, ///< names: the instruction before, and now
        VariableChanged,    ///< names: the variable; before and after
        BaseChanged,        ///< the image after FROM is another one; before and after are digests
        FilesChanged,       ///< names: paths added, removed or changed
        CacheRefused,       ///< --no-cache
        ParentRan,          ///< a step that it stands on ran
        CacheGone           ///< nothing that we know of changed: pruned, or on another builder
    };

    Kind kind = Kind::CacheGone;
    QStringList names;
    QString before; ///< of variables and bases; empty when it was not there
    QString after;
    friend bool operator==(const MissReason &, const MissReason &) = default;
};

/// A step that ran because of itself, and how many ran only because of it.
struct CacheMiss
{
    int step = -1; ///< index in BuildRecord::steps
    std::vector<MissReason> reasons;
    int followers = 0; ///< steps that ran because they stand on it
    friend bool operator==(const CacheMiss &, const CacheMiss &) = default;
};

/// Why steps of `now` ran instead of coming from the cache, compared with the build before; steps without
/// inputs (internal ones) are passed over. A step that only followed another is counted there.
std::vector<CacheMiss> explainMisses(const std::optional<BuildRecord> &before, const BuildRecord &now);

/// "step 4 ran again: go.sum changed; 3 steps follow", for a person.
QString missInWords(const CacheMiss &miss, const BuildRecord &now);
/// One reason: "go.sum changed".
QString reasonInWords(const MissReason &reason);

}
