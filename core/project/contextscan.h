// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dockerfile/dockerignore.h"

#include <QString>

#include <stop_token>
#include <vector>

namespace project {

/// One entry of a build context, as it will be sent.
struct ContextEntry
{
    enum class Type : quint8 { File, Folder, Link };

    QString path; ///< relative, with "/"; folders without a trailing one
    Type type = Type::File;
    qint64 sizeBytes = 0; ///< of files
    quint32 mode = 0;     ///< permission bits as of stat(2), 07777
    qint64 modifiedSeconds = 0;
    int modifiedNanoseconds = 0; ///< beside the seconds
    QString linkTarget;

    friend bool operator==(const ContextEntry &, const ContextEntry &) = default;
};

struct ContextScan
{
    QString folder;                    ///< absolute
    std::vector<ContextEntry> entries; ///< sorted bytewise by path components, parents before children
    qint64 totalBytes = 0;
    int excludedCount = 0; ///< entries that .dockerignore dropped (an excluded folder counts once)
    QStringList notes;     ///< sockets skipped, unreadable files, problems of .dockerignore
};

/// What Docker would send of `folder`. `dockerfilePath` (relative, may be empty) and .dockerignore itself are
/// always kept, as the docker client does. The ignore file is "<Dockerfile>.dockerignore" if that exists,
/// else ".dockerignore". Errors: no such folder, not readable, a pattern that Docker refuses.
base::Result<ContextScan> scanContext(const QString &folder, const QString &dockerfilePath,
                                      std::stop_token stop = {});

}
