// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace merge {

/// Which text a conflict is settled with.
enum class Choice : quint8 {
    Mine,
    Theirs,
    Both ///< mine, and theirs after it
};

/// A run of lines and who changed it since the common base.
struct Chunk
{
    enum class Kind : quint8 {
        Unchanged,
        Mine,   ///< only mine differs from the base
        Theirs, ///< only theirs does
        Same,   ///< both made the same change
        Conflict
    };

    Kind kind = Kind::Unchanged;
    QString base;
    QString mine;
    QString theirs;
    QString lineEnd; ///< of the document; in what was changed

    /// What goes into the merged text; `choice` matters in a conflict only.
    [[nodiscard]] QString text(Choice choice = Choice::Mine) const;

    friend bool operator==(const Chunk &, const Chunk &) = default;
};

/// Two texts that both stem from `base`, as chunks in order: all `mine` joined are my text, all `theirs`
/// theirs. Changes of neighbouring lines are a conflict, as in git.
std::vector<Chunk> threeWay(QStringView base, QStringView mine, QStringView theirs);

[[nodiscard]] int conflictCount(const std::vector<Chunk> &chunks);

}
