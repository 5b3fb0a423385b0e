// SPDX-License-Identifier: Apache-2.0
// The tidying part of ocilayout.h.
#include "engine/buildkit/sessionservices/indexlock.h"
#include "engine/buildkit/sessionservices/ocilayout.h"
#include "engine/buildkit/sessionservices/writeproblem.h"
#include "engine/words.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;
using base::Result;

namespace {

constexpr qint64 largestDocument = 16 * 1024 * 1024; // manifests are small; what is larger is a layer

/// Every digest that stands anywhere in it: rather one too many than one too few.
void addDigests(const QJsonValue &value, QStringList &found)
{
    if (value.isString() && isDigest(value.toString().toUtf8()))
        found += value.toString();
    for (const auto &item : value.toArray())
        addDigests(item, found);
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        addDigests(it.value(), found);
}

std::unexpected<Error> cannotTell(const QByteArray &path, int code)
{
    return std::unexpected(Error{.kind = Error::Kind::Refused,
                                 .message = Words::tr("what it leads to cannot be read (%1)")
                                                .arg(QString::fromLocal8Bit(std::strerror(code))),
                                 .where = QFile::decodeName(path),
                                 .hint = Words::tr("Nothing was deleted.")});
}

/// A look at the beginning spares reading layers whole.
bool beginsAsObject(int file)
{
    char first[64];
    const ssize_t size = ::pread(file, first, sizeof first, 0);
    return size <= 0 || QByteArrayView(first, size).trimmed().startsWith('{');
}

/// None of what is not there, nor of what is no document. An error when there is no telling: then whatever
/// it leads to would look like rest.
Result<QStringList> digestsIn(const QString &name)
{
    const QByteArray path = QFile::encodeName(name);
    const Descriptor opened(::open(path.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!opened.isOpen() && errno == ENOENT)
        return QStringList();
    struct stat status;
    if (!opened.isOpen() || ::fstat(opened.get(), &status) != 0)
        return cannotTell(path, errno);
    QStringList found;
    if (!S_ISREG(status.st_mode) || status.st_size > largestDocument || !beginsAsObject(opened.get()))
        return found;
    QFile file;
    if (!file.open(opened.get(), QIODevice::ReadOnly))
        return cannotTell(path, EIO);
    const QByteArray bytes = file.readAll();
    if (bytes.size() != status.st_size)
        return cannotTell(path, EIO);
    addDigests(QJsonDocument::fromJson(bytes).object(), found);
    return found;
}

Result<QSet<QString>> allListed(const QString &folder)
{
    QSet<QString> listed;
    auto found = digestsIn(QDir(folder).filePath(u"index.json"_s));
    QStringList next = found.value_or(QStringList());
    while (found && !next.isEmpty()) {
        const QString digest = next.takeLast();
        if (listed.contains(digest))
            continue;
        listed.insert(digest);
        found = digestsIn(QDir(folder).filePath(QString::fromUtf8(blobPath(digest.toUtf8()))));
        next += found.value_or(QStringList());
    }
    if (!found)
        return std::unexpected(found.error());
    return listed;
}

/// What a build wants there is listed at its end only: until then its age protects it.
bool isOld(int folder, const QByteArray &name)
{
    constexpr time_t hour = 3600;
    struct stat status;
    return ::fstatat(folder, name.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           status.st_mtim.tv_sec + hour < ::time(nullptr);
}

}

Result<void> sweepLayout(const QString &folder)
{
    IndexLock lock(folder);
    if (const auto taken = lock.take(); !taken)
        return taken;
    if (const auto index = readLayoutIndex(folder); !index) // else all would seem to be rest
        return std::unexpected(index.error());
    const auto listed = allListed(folder);
    if (!listed)
        return std::unexpected(listed.error());
    const QDir blobs(QDir(folder).filePath(u"blobs/sha256"_s));
    const QStringList names = blobs.entryList(QDir::Files | QDir::System);
    FolderBelow below;
    const int from = below.open(QFile::encodeName(folder)) ? below.folder("blobs/sha256") : -1;
    if (from < 0 && !names.isEmpty())
        return std::unexpected(writeProblem(QFile::encodeName(blobs.path()), errno));
    for (const QString &name : names) {
        const QString digest = u"sha256:"_s + name;
        const QByteArray bytes = QFile::encodeName(name);
        if (!isDigest(digest.toUtf8()) || listed->contains(digest) || !isOld(from, bytes))
            continue;
        if (::unlinkat(from, bytes.constData(), 0) != 0 && errno != ENOENT)
            return std::unexpected(writeProblem(QFile::encodeName(blobs.filePath(name)), errno));
    }
    return {};
}

}
