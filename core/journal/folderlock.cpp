// SPDX-License-Identifier: Apache-2.0
#include "journal/folderlock.h"

#include <QDir>

#include <cerrno>

#include <sys/file.h>

namespace journal {

using namespace Qt::StringLiterals;

FolderLock::FolderLock(const QString &folder, Wait wait)
    : m_file(std::make_unique<QFile>(folder + u"/lock"_s))
{
    if (!makePrivateFolder(folder) ||
        !m_file->open(QIODevice::ReadWrite, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return;
    // A file system that knows no locks says something else than "held by another": better to offer a text
    // twice there than never.
    m_isHeld =
        ::flock(m_file->handle(), LOCK_EX | (wait == Wait::No ? LOCK_NB : 0)) == 0 || errno != EWOULDBLOCK;
}

bool makePrivateFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return true;
    return QDir().mkpath(folder) &&
           QFile::setPermissions(folder,
                                 QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

}
