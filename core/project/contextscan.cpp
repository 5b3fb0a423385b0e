// SPDX-License-Identifier: Apache-2.0
#include "project/contextscan.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>

namespace project {

using namespace Qt::StringLiterals;

namespace {

// More lines would hide the ones above; the counts say the rest.
constexpr qsizetype mostNotes = 50;

QString translated(const char *text)
{
    return QCoreApplication::translate("project", text);
}

base::Error errorOf(base::Error::Kind kind, const char *message, const QString &where,
                    const QString &hint = {})
{
    return {.kind = kind, .message = translated(message), .where = where, .hint = hint, .detail = {}};
}

/// One name of a folder, before it is decided whether it is sent.
struct Name
{
    QByteArray bytes;
    unsigned char type; ///< DT_*; DT_UNKNOWN on some file systems
};

/// A folder's names in the order of their bytes; closes the folder, so that depth costs no descriptors.
class Folder
{
public:
    explicit Folder(const QByteArray &path)
        : m_stream(opendir(path.constData()))
    {
        if (!m_stream)
            return;
        while (const dirent *entry = readdir(m_stream.get())) {
            const QByteArrayView name(entry->d_name);
            if (name != "." && name != "..")
                m_names.push_back({name.toByteArray(), entry->d_type});
        }
        std::ranges::sort(m_names, {}, &Name::bytes);
    }

    [[nodiscard]] bool isOpen() const { return m_stream != nullptr; }
    [[nodiscard]] int descriptor() const { return dirfd(m_stream.get()); }
    [[nodiscard]] std::vector<Name> &names() { return m_names; }
    void close() { m_stream.reset(); }

private:
    struct Closer
    {
        void operator()(DIR *stream) const { closedir(stream); }
    };
    std::unique_ptr<DIR, Closer> m_stream;
    std::vector<Name> m_names;
};

class Scan
{
public:
    Scan(const QString &folder, const QString &dockerfilePath, dockerfile::DockerIgnore ignore,
         std::stop_token stop)
        : m_ignore(std::move(ignore))
        , m_dockerfilePath(dockerfilePath)
        , m_stop(std::move(stop))
        , m_root(QFile::encodeName(folder))
        , m_isRoot(geteuid() == 0)
    {
        m_result.folder = folder;
        m_ignoresNothing = m_ignore.rules().empty();
    }

    ContextScan run()
    {
        walk(QString(), QByteArray(), Trail());
        if (m_result.notes.size() > mostNotes) {
            const auto more = m_result.notes.size() - mostNotes;
            m_result.notes.resize(mostNotes);
            m_result.notes << translated("And %1 more of these.").arg(more);
        }
        return std::move(m_result);
    }

private:
    using Trail = dockerfile::DockerIgnore::Trail;
    struct Item
    {
        ContextEntry entry;
        QByteArray name;
        bool excluded = false; ///< a folder that is walked for what may be re-included below
        Trail trail;           ///< of a folder
    };

    /// `path` is "" or ends with "/"; `bytes` is the same as the file system writes it.
    void walk(const QString &path, const QByteArray &bytes, const Trail &trail)
    {
        std::vector<Item> items;
        {
            Folder folder(m_root + '/' + bytes);
            if (!folder.isOpen()) {
                m_result.notes << translated(
                                      "%1 cannot be read and is left out. Allow it with chmod u+rx, or name "
                                      "it in .dockerignore.")
                                      .arg(path.chopped(1));
                return;
            }
            items.reserve(folder.names().size());
            for (const Name &name : folder.names()) {
                if (m_stop.stop_requested())
                    return;
                look(folder.descriptor(), path, bytes, trail, name, items);
            }
        }
        for (Item &item : items) {
            if (m_stop.stop_requested())
                return;
            take(std::move(item), bytes);
        }
    }

    void take(Item item, const QByteArray &parent)
    {
        if (item.entry.type != ContextEntry::Type::Folder) {
            sendFoldersAbove();
            m_result.totalBytes += item.entry.sizeBytes;
            m_result.entries.push_back(std::move(item.entry));
            return;
        }
        const QString below = item.entry.path + u'/';
        m_pending.push_back(std::move(item.entry));
        if (!item.excluded)
            sendFoldersAbove();
        walk(below, parent + item.name + '/', item.trail);
        m_pending.pop_back();
    }

    /// Excluded folders are sent as soon as something below them is.
    void sendFoldersAbove()
    {
        for (ContextEntry &folder : m_pending)
            if (!folder.path.isEmpty())
                m_result.entries.push_back(std::exchange(folder, {}));
    }

    /// What docker's client sends whatever the rules say.
    [[nodiscard]] bool isAlwaysSent(const QString &path) const
    {
        return path == m_dockerfilePath || path == u".dockerignore";
    }

    void look(int folder, const QString &path, const QByteArray &bytes, const Trail &trail, const Name &name,
              std::vector<Item> &items)
    {
        Item item;
        item.entry.path = path + QString::fromUtf8(name.bytes);
        item.name = name.bytes;
        const bool mayBeFolder = name.type == DT_DIR || name.type == DT_UNKNOWN;
        const QByteArray whole = m_ignoresNothing ? QByteArray() : QByteArray(bytes + name.bytes);
        dockerfile::DockerIgnore::Verdict verdict;
        if (!m_ignoresNothing && !isAlwaysSent(item.entry.path))
            verdict = m_ignore.verdict(whole, trail, mayBeFolder ? &item.trail : nullptr);
        if (verdict.excluded && !mayBeFolder) {
            ++m_result.excludedCount;
            return;
        }
        struct stat status;
        if (fstatat(folder, name.bytes.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            if (!verdict.excluded && errno != ENOENT) // gone since: it was never there
                m_result.notes << translated("%1 cannot be looked at and is left out.").arg(item.entry.path);
            return;
        }
        if (verdict.excluded) {
            ++m_result.excludedCount;
            const bool mayHoldMore = m_dockerfilePath.startsWith(item.entry.path + u'/') ||
                                     m_ignore.mayReincludeBelow(whole, verdict);
            if (!S_ISDIR(status.st_mode) || !mayHoldMore)
                return;
            item.excluded = true;
        }
        if (describe(folder, name, status, item.entry))
            items.push_back(std::move(item));
    }

    /// False, with a note, for what cannot be sent.
    bool describe(int folder, const Name &name, const struct stat &status, ContextEntry &entry)
    {
        if (entry.path.contains(QChar::ReplacementCharacter) && !name.bytes.contains("\xEF\xBF\xBD")) {
            m_result.notes << translated("%1 is left out: its name is no UTF-8 text.").arg(entry.path);
            return false;
        }
        entry.mode = status.st_mode & 07777;
        entry.modifiedSeconds = status.st_mtim.tv_sec;
        entry.modifiedNanoseconds = int(status.st_mtim.tv_nsec);
        if (S_ISDIR(status.st_mode)) {
            entry.type = ContextEntry::Type::Folder;
        } else if (S_ISLNK(status.st_mode)) {
            entry.type = ContextEntry::Type::Link;
            std::array<char, 4096> target;
            const ssize_t length = readlinkat(folder, name.bytes.constData(), target.data(), target.size());
            entry.linkTarget = QString::fromUtf8(target.data(), std::max<ssize_t>(0, length));
        } else if (S_ISREG(status.st_mode)) {
            entry.sizeBytes = status.st_size;
            // The mode tells it for nearly every file; asking the kernel costs as much as stat.
            const bool openToAll = (status.st_mode & 0444) == 0444;
            if (!m_isRoot && !openToAll && faccessat(folder, name.bytes.constData(), R_OK, AT_EACCESS) != 0) {
                m_result.notes
                    << translated("%1 cannot be read and is left out. Allow it with chmod u+r, or name it "
                                  "in .dockerignore.")
                           .arg(entry.path);
                return false;
            }
        } else {
            m_result.notes
                << translated("%1 is left out: it is a socket, a pipe or a device.").arg(entry.path);
            return false;
        }
        return true;
    }

    dockerfile::DockerIgnore m_ignore;
    QString m_dockerfilePath;
    std::stop_token m_stop;
    QByteArray m_root;
    bool m_isRoot;
    bool m_ignoresNothing = false;
    std::vector<ContextEntry> m_pending; ///< the folders above, each emptied once it is sent
    ContextScan m_result;
};

/// The ignore file of this Dockerfile's own, or the context's; the path is empty where there is none.
QString ignoreFileOf(const QString &folder, const QString &dockerfilePath)
{
    const QString own = folder + u'/' + dockerfilePath + u".dockerignore"_s;
    if (!dockerfilePath.isEmpty() && QFileInfo(own).isFile())
        return own;
    const QString common = folder + u"/.dockerignore"_s;
    return QFileInfo(common).isFile() ? common : QString();
}

base::Result<dockerfile::DockerIgnore> readIgnoreFile(const QString &path)
{
    if (path.isEmpty())
        return dockerfile::DockerIgnore();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(errorOf(base::Error::Kind::Refused, "the rules of what to send cannot be read",
                                       path, translated("Give yourself the right to read it: chmod u+r.")));
    if (file.size() > 1024 * 1024)
        return std::unexpected(
            errorOf(base::Error::Kind::Malformed, "this is too long for a list of rules", path));
    dockerfile::DockerIgnore ignore(QString::fromUtf8(file.readAll()));
    if (const QStringList problems = ignore.problems(); !problems.isEmpty()) {
        base::Error error = errorOf(base::Error::Kind::Malformed, "", path,
                                    translated("Docker refuses such a pattern: mend it or take it out."));
        error.message = problems.front();
        error.detail = problems.join(u'\n');
        return std::unexpected(error);
    }
    return ignore;
}

}

base::Result<ContextScan> scanContext(const QString &folder, const QString &dockerfilePath,
                                      std::stop_token stop)
{
    const QFileInfo info(folder);
    if (!info.exists())
        return std::unexpected(errorOf(base::Error::Kind::NotFound, "there is no such folder", folder,
                                       translated("Check its name.")));
    if (!info.isDir())
        return std::unexpected(errorOf(base::Error::Kind::Malformed, "this is a file, not a folder", folder,
                                       translated("A build context is a folder.")));
    if (!info.isReadable() || !info.isExecutable())
        return std::unexpected(errorOf(base::Error::Kind::Refused, "the folder cannot be read", folder,
                                       translated("Give yourself the right to read it: chmod u+rx.")));
    const QString root = QDir::cleanPath(info.absoluteFilePath());
    const QString dockerfile = dockerfilePath.isEmpty() ? QString() : QDir::cleanPath(dockerfilePath);
    auto ignore = readIgnoreFile(ignoreFileOf(root, dockerfile));
    if (!ignore)
        return std::unexpected(ignore.error());
    ContextScan result = Scan(root, dockerfile, std::move(*ignore), stop).run();
    if (stop.stop_requested())
        return std::unexpected(
            errorOf(base::Error::Kind::Cancelled, "reading the build context was cancelled", root));
    return result;
}

}
