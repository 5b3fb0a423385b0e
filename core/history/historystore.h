// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "history/buildrecord.h"

#include <memory>
#include <optional>

namespace history {

/// Builds remembered in SQLite. One object, one thread. A database that is damaged is set aside (renamed) and
/// a new one begun; setAside() then says where the old one is.
class HistoryStore
{
public:
    /// `path` ":memory:" keeps nothing. Default place: $XDG_DATA_HOME/stageloom/history.sqlite
    static base::Result<HistoryStore> open(const QString &path = defaultPath());
    static QString defaultPath();
    /// What happened to a damaged database that open() set aside; nothing when all was well.
    [[nodiscard]] const std::optional<base::Error> &setAside() const;

    HistoryStore(HistoryStore &&) noexcept;
    HistoryStore &operator=(HistoryStore &&) noexcept;
    ~HistoryStore();

    /// Returns the record's id.
    base::Result<qint64> add(const BuildRecord &record);
    /// Newest first; of one Dockerfile, or of all with an empty path. Steps and layers are left out.
    base::Result<std::vector<BuildRecord>> list(const QString &dockerfilePath, int limit = 100) const;
    base::Result<std::optional<BuildRecord>> load(qint64 id) const;
    /// The last successful build of the file (and target) before `id`, whole.
    base::Result<std::optional<BuildRecord>> before(qint64 id) const;
    base::Result<void> remove(qint64 id);

private:
    HistoryStore();
    struct Private;
    std::unique_ptr<Private> d;
};

}
