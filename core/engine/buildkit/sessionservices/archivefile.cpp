// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/archivefile.h"

#include "engine/buildkit/sessionservices/writeproblem.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace engine {

using base::Result;

ArchiveFile::~ArchiveFile()
{
    m_file.close();
    if (!m_beside.isEmpty())
        ::unlink(m_beside.constData());
}

Result<void> ArchiveFile::open(const QString &path)
{
    m_path = QFile::encodeName(path);
    if (const auto made = makeFolders(QFile::encodeName(QFileInfo(path).absolutePath())); !made)
        return made;
    struct stat status;
    if (::stat(m_path.constData(), &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return std::unexpected(writeProblem(m_path, EISDIR));
        if (!S_ISREG(status.st_mode)) {
            m_file = Descriptor(::open(m_path.constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
            if (!m_file.isOpen())
                return std::unexpected(writeProblem(m_path, errno));
            return {};
        }
        // The file that a link leads to is replaced, not the link.
        m_path = QFile::encodeName(QFileInfo(path).canonicalFilePath());
    }
    const QByteArray suffix = QByteArray::number(QRandomGenerator::global()->generate64(), 36);
    const QByteArray beside = m_path + ".part-" + suffix;
    m_file = Descriptor(::open(beside.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!m_file.isOpen())
        return std::unexpected(writeProblem(m_path, errno));
    m_beside = beside;
    return {};
}

Result<void> ArchiveFile::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(m_file.get(), bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return std::unexpected(writeProblem(m_path, errno));
        bytes = bytes.sliced(written);
    }
    return {};
}

Result<void> ArchiveFile::commit()
{
    if (!m_file.close())
        return std::unexpected(writeProblem(m_path, errno));
    if (m_beside.isEmpty())
        return {};
    if (::rename(m_beside.constData(), m_path.constData()) != 0)
        return std::unexpected(writeProblem(m_path, errno));
    m_beside.clear();
    return {};
}

}
