// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/sessionservices/folderbelow.h"

#include <QString>

namespace engine {

/// A file that is written beside its name and takes it when it is whole; given up, it leaves nothing. What is
/// no regular file (/dev/null, a pipe) is written as it is.
class ArchiveFile
{
public:
    ArchiveFile() = default;
    ArchiveFile(const ArchiveFile &) = delete;
    ArchiveFile &operator=(const ArchiveFile &) = delete;
    ~ArchiveFile();

    base::Result<void> open(const QString &path);
    base::Result<void> write(QByteArrayView bytes);
    base::Result<void> commit();

private:
    QByteArray m_path;
    QByteArray m_beside; ///< empty when m_path itself is written
    Descriptor m_file;
};

}
