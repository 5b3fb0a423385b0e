// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/folderbelow.h"
#include "engine/buildkit/sessionservices/foldernames.h"
#include "engine/buildkit/sessionservices/syncsource.h"
#include "engine/words.h"

#include <QString>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <deque>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;

namespace {

constexpr qint64 nanosecondsOf(const timespec &time)
{
    return static_cast<qint64>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// Something else took its place, or nothing (ELOOP: a link, where O_NOFOLLOW wants none).
bool isGone(int code)
{
    return code == ENOENT || code == ENOTDIR || code == ELOOP;
}

Error unreadable(const QByteArray &path, int code, bool isFolder)
{
    const QString hint = isFolder ? Words::tr("Allow it with chmod u+rx, or name it in .dockerignore.")
                                  : Words::tr("Allow it with chmod u+r, or name it in .dockerignore.");
    return {.kind = Error::Kind::Refused,
            .message = Words::tr("it cannot be read (%1)").arg(QString::fromLocal8Bit(std::strerror(code))),
            .where = QString::fromUtf8(path),
            .hint = code == EACCES ? hint : Words::tr("See that it is there and whole, and build again."),
            .detail = {}};
}

class FileContent final : public SyncContent
{
public:
    FileContent(Descriptor descriptor, const struct stat &status)
        : m_descriptor(std::move(descriptor))
        , m_sizeBytes(status.st_size)
        , m_modifiedNs(nanosecondsOf(status.st_mtim))
    {}

    [[nodiscard]] qint64 sizeBytes() const override { return m_sizeBytes; }
    [[nodiscard]] qint64 modifiedNs() const override { return m_modifiedNs; }
    qint64 read(char *to, qint64 most) override
    {
        ssize_t got = -1;
        do
            got = ::read(m_descriptor.get(), to, static_cast<size_t>(most));
        while (got < 0 && errno == EINTR);
        return got;
    }

private:
    Descriptor m_descriptor;
    qint64 m_sizeBytes;
    qint64 m_modifiedNs;
};

class FolderSource final : public SyncSource
{
public:
    FolderSource(FolderBelow root, QByteArray rootPath, SyncFilter filter)
        : m_root(std::move(root))
        , m_rootPath(std::move(rootPath))
        , m_filter(std::move(filter))
    {
        m_levels.push_back(Level{});
        m_levels.back().isTold = true; // the root itself is never told
    }

    Step next(SyncEntry &entry) override
    {
        if (m_ready.empty()) {
            if (m_levels.empty())
                return Step::End;
            if (!work())
                return Step::Failed;
        }
        if (m_ready.empty())
            return Step::Busy;
        entry = std::move(m_ready.front());
        m_ready.pop_front();
        return Step::Entry;
    }

    [[nodiscard]] Error error() const override { return m_error; }
    std::vector<Error> takeNotes() override { return std::exchange(m_notes, {}); }

    base::Result<std::unique_ptr<SyncContent>> open(const QByteArray &path) override
    {
        const int folder = m_root.folder(folderOf(path));
        // Without O_NONBLOCK a pipe that took the file's place would hold us up.
        constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
        Descriptor file(folder < 0 ? -1 : openat(folder, nameOf(path).constData(), flags));
        struct stat status;
        if (!file.isOpen() || fstat(file.get(), &status) != 0) {
            const int code = errno;
            Error error = unreadable(path, code, false);
            if (isGone(code) || code == ENXIO)
                error.kind = Error::Kind::NotFound;
            return std::unexpected(error);
        }
        if (!S_ISREG(status.st_mode))
            return std::unexpected(Error{.kind = Error::Kind::NotFound,
                                         .message = Words::tr("it is no file any more"),
                                         .where = QString::fromUtf8(path)});
        return std::make_unique<FileContent>(std::move(file), status);
    }

private:
    /// A folder that is being read.
    struct Level
    {
        SyncEntry entry; ///< moved away once it is told
        QByteArray path; ///< "" or without a trailing "/"
        bool isTold = false;
        bool isRead = false;
        FolderNames names;
        base::PathRules::Trail includes, excludes;
    };

    /// Reads one folder's names, or looks at one name. False with m_error.
    bool work()
    {
        Level &level = m_levels.back();
        if (!level.isRead)
            return readNames(level);
        const auto name = level.names.next();
        if (!name) {
            m_levels.pop_back();
            return true;
        }
        return look(level, *name);
    }

    bool readNames(Level &level)
    {
        level.isRead = true;
        const int folder = m_root.folder(level.path);
        if (folder >= 0 && level.names.read(folder))
            return true;
        if (isGone(errno))
            return true; // gone since: it was never there
        // What is left out anyway need not be readable.
        if (!level.isTold && errno == EACCES)
            return true;
        m_error = unreadable(level.path.isEmpty() ? m_rootPath : level.path, errno, true);
        return false;
    }

    bool look(Level &level, const FolderNames::Name &name)
    {
        const QByteArray path =
            level.path.isEmpty() ? name.bytes.toByteArray() : QByteArray(level.path + '/' + name.bytes);
        struct stat status;
        bool isLooked = false;
        bool isFolder = name.type == FolderNames::Type::Folder;
        if (name.type == FolderNames::Type::Unknown) {
            if (!lookAt(level, name, path, status))
                return m_error.message.isEmpty();
            isLooked = true;
            isFolder = S_ISDIR(status.st_mode);
        }
        Level below;
        bool isWanted = true;
        if (!m_filter.includes.isEmpty()) {
            isWanted =
                m_filter.includes.verdict(path, level.includes, isFolder ? &below.includes : nullptr).matched;
            if (!isWanted && !(isFolder && m_filter.includes.mayMatchBelow(path, false)))
                return true;
        }
        if (!m_filter.excludes.isEmpty()) {
            const auto verdict =
                m_filter.excludes.verdict(path, level.excludes, isFolder ? &below.excludes : nullptr);
            if (verdict.matched && !(isFolder && m_filter.excludes.mayMatchBelow(path, true, verdict.rule)))
                return true;
            isWanted = isWanted && !verdict.matched;
        }
        if (!name.bytes.isValidUtf8()) {
            leaveOut(path, Words::tr("it is left out: its name is no UTF-8 text"));
            return true;
        }
        if (!isLooked && !lookAt(level, name, path, status))
            return m_error.message.isEmpty();
        SyncEntry entry;
        if (!describe(level, name, path, status, entry))
            return true;
        if (isWanted) {
            tellFoldersAbove();
            if (!S_ISDIR(status.st_mode)) {
                m_ready.push_back(std::move(entry));
                return true;
            }
            m_ready.push_back(std::move(entry));
        } else if (S_ISDIR(status.st_mode)) {
            below.entry = std::move(entry);
        } else {
            return true;
        }
        below.path = path;
        below.isTold = isWanted;
        m_levels.push_back(std::move(below)); // `level` is no more
        return true;
    }

    /// False when there is nothing to tell; m_error is set when that ends it all.
    bool lookAt(const Level &level, const FolderNames::Name &name, const QByteArray &path,
                struct stat &status)
    {
        const int folder = m_root.folder(level.path);
        if (folder >= 0 && fstatat(folder, name.bytes.data(), &status, AT_SYMLINK_NOFOLLOW) == 0)
            return true;
        if (!isGone(errno))
            m_error = unreadable(path, errno, false);
        return false;
    }

    /// False, with a note, for what cannot be sent.
    bool describe(const Level &level, const FolderNames::Name &name, const QByteArray &path,
                  const struct stat &status, SyncEntry &entry)
    {
        entry.path = path;
        entry.mode = gomode::ofStatus(status.st_mode);
        entry.modifiedNs = nanosecondsOf(status.st_mtim);
        if (S_ISSOCK(status.st_mode)) {
            leaveOut(path, Words::tr("it is left out: it is a socket"));
            return false;
        }
        if (S_ISREG(status.st_mode)) {
            entry.sizeBytes = status.st_size;
            if ((status.st_mode & 0111) != 0)
                entry.capability = capabilityOf(path);
        } else if (S_ISLNK(status.st_mode)) {
            std::array<char, 4096> target;
            const int folder = m_root.folder(level.path);
            const ssize_t size = readlinkat(folder, name.bytes.data(), target.data(), target.size());
            entry.linkTarget = QByteArray(target.data(), std::max<ssize_t>(0, size));
            if (!entry.linkTarget.isValidUtf8()) {
                leaveOut(path, Words::tr("it is left out: it links to a name that is no UTF-8 text"));
                return false;
            }
        } else if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode)) {
            entry.deviceMajor = major(status.st_rdev);
            entry.deviceMinor = minor(status.st_rdev);
        }
        return true;
    }

    [[nodiscard]] QByteArray capabilityOf(const QByteArray &path) const
    {
        std::array<char, 64> value;
        const QByteArray whole = m_rootPath + '/' + path;
        const ssize_t size = lgetxattr(whole.constData(), "security.capability", value.data(), value.size());
        return {value.data(), std::max<ssize_t>(0, size)};
    }

    /// Folders that are not wanted themselves are told as soon as something below them is.
    void tellFoldersAbove()
    {
        for (Level &level : m_levels) {
            if (!std::exchange(level.isTold, true))
                m_ready.push_back(std::move(level.entry));
        }
    }

    void leaveOut(const QByteArray &path, const QString &why)
    {
        m_notes.push_back(
            {.kind = Error::Kind::Unsupported, .message = why, .where = QString::fromUtf8(path)});
    }

    FolderBelow m_root;
    QByteArray m_rootPath;
    SyncFilter m_filter;
    std::vector<Level> m_levels;
    std::deque<SyncEntry> m_ready;
    std::vector<Error> m_notes;
    Error m_error;
};

}

quint32 gomode::ofStatus(quint32 stMode)
{
    quint32 mode = stMode & permissions;
    mode |= (stMode & S_ISUID) != 0 ? setUser : 0;
    mode |= (stMode & S_ISGID) != 0 ? setGroup : 0;
    mode |= (stMode & S_ISVTX) != 0 ? sticky : 0;
    switch (stMode & S_IFMT) {
    case S_IFDIR:
        return mode | folder;
    case S_IFLNK:
        return mode | link;
    case S_IFIFO:
        return mode | pipe;
    case S_IFSOCK:
        return mode | socket;
    case S_IFBLK:
        return mode | device;
    case S_IFCHR:
        return mode | device | characterDevice;
    default:
        return mode;
    }
}

quint32 gomode::toPermissions(quint32 mode)
{
    return (mode & permissions) | ((mode & setUser) != 0 ? S_ISUID : 0) |
           ((mode & setGroup) != 0 ? S_ISGID : 0) | ((mode & sticky) != 0 ? S_ISVTX : 0);
}

base::Result<std::unique_ptr<SyncSource>> readFolder(const QByteArray &folder, SyncFilter filter)
{
    FolderBelow root;
    if (!root.open(folder)) {
        const int code = errno;
        Error error = unreadable(folder, code, true);
        if (isGone(code))
            error.kind = Error::Kind::NotFound;
        return std::unexpected(error);
    }
    return std::make_unique<FolderSource>(std::move(root), folder, std::move(filter));
}

}
