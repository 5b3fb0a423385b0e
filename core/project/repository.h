// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace project {

/// What git says about a folder, by libgit2.
struct RepositoryFacts
{
    QString root;
    QString branch;      ///< empty when detached
    QString commit;      ///< 40 hex digits; empty before the first commit
    QString description; ///< as `git describe --tags --always --dirty` says it
    bool dirty = false;
};

/// Nothing when the folder is in no repository.
std::optional<RepositoryFacts> repositoryFacts(const QString &folder);

}
