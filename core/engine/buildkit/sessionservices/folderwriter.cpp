// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/folderwriter.h"

#include "base/pathpattern.h"
#include "engine/buildkit/sessionservices/writeproblem.h"
#include "engine/words.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace engine {

using base::Error;
using base::Result;

namespace {

// BuildKit sends four files at a time.
constexpr int mostOpenFiles = 64;

std::array<timespec, 2> timesOf(qint64 modifiedNs)
{
    constexpr qint64 second = 1'000'000'000;
    qint64 seconds = modifiedNs / second;
    qint64 rest = modifiedNs % second;
    if (rest < 0) { // before 1970
        rest += second;
        --seconds;
    }
    const timespec time{.tv_sec = static_cast<time_t>(seconds), .tv_nsec = static_cast<long>(rest)};
    return {time, time};
}

Error refused(const QByteArray &path, const QString &why)
{
    return {.kind = Error::Kind::Refused,
            .message = Words::tr("the engine sent a name that is not taken: %1").arg(why),
            .where = QString::fromUtf8(path)};
}

bool isCleanBelow(const QByteArray &path)
{
    return !path.isEmpty() && path != "." && !path.startsWith('/') && path != ".." &&
           !path.startsWith("../") && !path.contains('\0') && base::cleanedPath(path) == path;
}

}

Result<void> FolderWriter::open(const QString &folder)
{
    m_rootPath = QFile::encodeName(folder);
    if (const auto made = makeFolders(m_rootPath); !made)
        return made;
    if (!m_root.open(m_rootPath))
        return std::unexpected(writeProblem(m_rootPath, errno));
    m_order.emplace_back();
    return {};
}

Error FolderWriter::problem(const QByteArray &path, int code) const
{
    return writeProblem(m_rootPath + '/' + path, code);
}

Result<void> FolderWriter::checkName(const SyncEntry &entry)
{
    if (!isCleanBelow(entry.path))
        return std::unexpected(refused(entry.path, Words::tr("it leads out of the folder")));
    const QByteArrayView parent = folderOf(entry.path);
    while (m_order.size() > 1 && m_order.back().first != parent)
        m_order.pop_back();
    const QByteArray name = nameOf(entry.path);
    if (m_order.back().first != parent || !(m_order.back().second < name))
        return std::unexpected(refused(entry.path, Words::tr("it came out of order, or twice")));
    m_order.back().second = name;
    if ((entry.mode & gomode::folder) != 0)
        m_order.emplace_back(entry.path, QByteArray());
    return {};
}

Result<FolderWriter::Taken> FolderWriter::take(quint32 id, const SyncEntry &entry)
{
    if (const auto checked = checkName(entry); !checked)
        return std::unexpected(checked.error());
    const int folder = m_root.folder(folderOf(entry.path));
    if (folder < 0)
        return std::unexpected(problem(entry.path, errno));
    const QByteArray name = nameOf(entry.path);
    const auto doneOr = [](const Result<void> &made, Taken taken) -> Result<Taken> {
        return made ? Result<Taken>(taken) : std::unexpected(made.error());
    };
    if ((entry.mode & gomode::folder) != 0)
        return doneOr(makeFolder(folder, name, entry), Taken::Done);
    if ((entry.mode & gomode::type & ~(gomode::link | gomode::pipe)) != 0)
        return Taken::LeftOut;
    if (const auto room = makeRoom(folder, name, entry.path); !room)
        return std::unexpected(room.error());
    const auto times = timesOf(entry.modifiedNs);
    if ((entry.mode & gomode::link) != 0) {
        if (symlinkat(entry.linkTarget.constData(), folder, name.constData()) != 0)
            return std::unexpected(problem(entry.path, errno));
        utimensat(folder, name.constData(), times.data(), AT_SYMLINK_NOFOLLOW);
        return Taken::Done;
    }
    if ((entry.mode & gomode::pipe) != 0) {
        if (mkfifoat(folder, name.constData(), gomode::toPermissions(entry.mode)) != 0)
            return std::unexpected(problem(entry.path, errno));
        return Taken::Done;
    }
    if (!entry.linkTarget.isEmpty())
        return doneOr(makeHardLink(folder, name, entry), Taken::Done);
    return doneOr(makeFile(folder, name, id, entry), Taken::WantsContent);
}

/// Takes away what is there under this name; never a folder, which may hold somebody's work.
Result<void> FolderWriter::makeRoom(int folder, const QByteArray &name, const QByteArray &path)
{
    if (unlinkat(folder, name.constData(), 0) == 0 || errno == ENOENT)
        return {};
    return std::unexpected(problem(path, errno));
}

Result<void> FolderWriter::makeFolder(int folder, const QByteArray &name, const SyncEntry &entry)
{
    m_folders.push_back({entry.path, entry.mode, entry.modifiedNs});
    // Ours to write in until all is there.
    constexpr mode_t meanwhile = 0700;
    if (mkdirat(folder, name.constData(), meanwhile) == 0)
        return {};
    if (errno != EEXIST)
        return std::unexpected(problem(entry.path, errno));
    struct stat status;
    if (fstatat(folder, name.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode))
        return {};
    if (const auto room = makeRoom(folder, name, entry.path); !room)
        return room;
    if (mkdirat(folder, name.constData(), meanwhile) != 0)
        return std::unexpected(problem(entry.path, errno));
    return {};
}

Result<void> FolderWriter::makeHardLink(int folder, const QByteArray &name, const SyncEntry &entry)
{
    if (!m_files.contains(entry.linkTarget))
        return std::unexpected(refused(entry.path, Words::tr("it links to a file that was not sent")));
    // The parent's descriptor is good until the next is asked for.
    const Descriptor here(fcntl(folder, F_DUPFD_CLOEXEC, 0));
    const int there = m_root.folder(folderOf(entry.linkTarget));
    const QByteArray target = nameOf(entry.linkTarget);
    if (there < 0 || linkat(there, target.constData(), here.get(), name.constData(), 0) != 0)
        return std::unexpected(problem(entry.path, errno));
    m_files.insert(entry.path);
    return {};
}

Result<void> FolderWriter::makeFile(int folder, const QByteArray &name, quint32 id, const SyncEntry &entry)
{
    const Descriptor made(
        openat(folder, name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!made.isOpen())
        return std::unexpected(problem(entry.path, errno));
    m_files.insert(entry.path);
    m_awaited.emplace(id, Awaited{entry.path, entry.mode, entry.modifiedNs, Descriptor()});
    return {};
}

Result<void> FolderWriter::write(quint32 id, QByteArrayView content)
{
    Awaited &awaited = m_awaited.at(id);
    if (!awaited.file.isOpen()) {
        if (m_openFiles == mostOpenFiles)
            return std::unexpected(refused(awaited.path, Words::tr("too many files come at the same time")));
        const int folder = m_root.folder(folderOf(awaited.path));
        awaited.file = Descriptor(folder < 0 ? -1
                                             : openat(folder, nameOf(awaited.path).constData(),
                                                      O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        if (!awaited.file.isOpen())
            return std::unexpected(problem(awaited.path, errno));
        ++m_openFiles;
    }
    while (!content.isEmpty()) {
        const ssize_t written =
            ::write(awaited.file.get(), content.data(), static_cast<size_t>(content.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return std::unexpected(problem(awaited.path, errno));
        content = content.sliced(written);
    }
    return {};
}

Result<void> FolderWriter::finish(quint32 id)
{
    if (!m_awaited.at(id).file.isOpen()) {
        if (const auto opened = write(id, {}); !opened) // an empty one
            return opened;
    }
    Awaited awaited = std::move(m_awaited.extract(id).mapped());
    --m_openFiles;
    const auto times = timesOf(awaited.modifiedNs);
    if (fchmod(awaited.file.get(), gomode::toPermissions(awaited.mode)) != 0 ||
        futimens(awaited.file.get(), times.data()) != 0 || !awaited.file.close())
        return std::unexpected(problem(awaited.path, errno));
    return {};
}

Result<void> FolderWriter::finishFolders()
{
    // From the deepest up: a folder that may not be searched any more hides what is below.
    for (auto folder = m_folders.rbegin(); folder != m_folders.rend(); ++folder) {
        const int parent = m_root.folder(folderOf(folder->path));
        const QByteArray name = nameOf(folder->path);
        const Descriptor opened(
            parent < 0 ? -1
                       : openat(parent, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        const auto times = timesOf(folder->modifiedNs);
        if (!opened.isOpen() || futimens(opened.get(), times.data()) != 0 ||
            fchmod(opened.get(), gomode::toPermissions(folder->mode)) != 0)
            return std::unexpected(problem(folder->path, errno));
    }
    return {};
}

}
