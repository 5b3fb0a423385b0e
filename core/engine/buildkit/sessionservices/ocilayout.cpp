// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/ocilayout.h"

#include "engine/words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;
using base::Result;

namespace {

constexpr qint64 largestIndex = 16 * 1024 * 1024;

Error notFound(const QString &message, const QString &where, const QString &hint)
{
    return {.kind = Error::Kind::NotFound, .message = message, .where = where, .hint = hint};
}

Error cannotRead(const QString &path)
{
    return {.kind = Error::Kind::Refused,
            .message = Words::tr("it may not be read"),
            .where = path,
            .hint = Words::tr("Give yourself the right to read it.")};
}

bool may(const QString &path, int rights)
{
    return ::faccessat(AT_FDCWD, QFile::encodeName(path).constData(), rights, AT_EACCESS) == 0;
}

Error malformed(const QString &message, const QString &path)
{
    return {.kind = Error::Kind::Malformed,
            .message = message,
            .where = path,
            .hint = Words::tr("Write the folder anew.")};
}

QString indexOf(const QString &folder)
{
    return QDir(folder).filePath(u"index.json"_s);
}

bool holdsIndex(const QString &folder)
{
    return QFileInfo(indexOf(folder)).isFile(); // a pipe would hold up all else
}

/// Why a folder holds no layout; it does not hold an index.json.
Error noLayout(const QString &folder)
{
    const QFileInfo info(folder);
    if (!info.exists())
        return notFound(Words::tr("there is no such folder"), folder, Words::tr("Check its path."));
    if (!info.isDir())
        return notFound(Words::tr("it is no folder"), folder,
                        Words::tr("Unpack an archive into a folder with \"tar -xf\" first."));
    if (!may(folder, R_OK | X_OK))
        return cannotRead(folder);
    return notFound(Words::tr("it is no OCI layout: it has no index.json"), folder,
                    Words::tr("Name a folder that a build wrote with type=oci,tar=false or as a cache."));
}

QString shownNames(const std::vector<LayoutEntry> &entries)
{
    QStringList names;
    for (const LayoutEntry &entry : entries) {
        if (!entry.tag.isEmpty() && !names.contains(entry.tag))
            names += entry.tag;
    }
    constexpr qsizetype most = 8;
    const bool isLong = names.size() > most;
    return names.mid(0, most).join(u", "_s) + (isLong ? u", ..."_s : QString());
}

const LayoutEntry *entryOf(const std::vector<LayoutEntry> &entries, const QString &tag)
{
    for (const auto member : {&LayoutEntry::name, &LayoutEntry::tag}) {
        const auto it = std::ranges::find(entries, tag, member);
        if (it != entries.end())
            return &*it;
    }
    return nullptr;
}

Error noTag(const QString &folder, const QString &tag, const std::vector<LayoutEntry> &entries)
{
    const QString names = shownNames(entries);
    return notFound(Words::tr("the layout has no tag \"%1\"").arg(tag), folder,
                    names.isEmpty() ? Words::tr("It names no tags: give the digest, as FOLDER@sha256:...")
                                    : Words::tr("It has: %1.").arg(names));
}

}

bool isDigest(QByteArrayView text)
{
    constexpr QByteArrayView algorithm = "sha256:";
    return text.size() == algorithm.size() + 64 && text.startsWith(algorithm) &&
           std::ranges::all_of(text.sliced(algorithm.size()),
                               [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

QByteArray blobPath(QByteArrayView digest)
{
    return "blobs/sha256/" + digest.sliced(7).toByteArray();
}

Result<std::vector<LayoutEntry>> readLayoutIndex(const QString &folder)
{
    const QString path = indexOf(folder);
    if (!holdsIndex(folder))
        return std::unexpected(noLayout(folder));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(cannotRead(path));
    const QJsonDocument document = QJsonDocument::fromJson(file.read(largestIndex));
    if (!document.isObject() || !document["manifests"_L1].isArray())
        return std::unexpected(malformed(Words::tr("it is no index of an OCI layout"), path));
    std::vector<LayoutEntry> entries;
    for (const auto &value : document["manifests"_L1].toArray()) {
        const QJsonValue annotations = value["annotations"_L1];
        LayoutEntry entry{.digest = value["digest"_L1].toString().toUtf8(),
                          .tag = annotations["org.opencontainers.image.ref.name"_L1].toString(),
                          .name = annotations["io.containerd.image.name"_L1].toString()};
        if (!isDigest(entry.digest))
            return std::unexpected(malformed(
                Words::tr("\"%1\" in it is no digest").arg(QString::fromUtf8(entry.digest.left(100))), path));
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<void> checkBlob(const QString &folder, QByteArrayView digest)
{
    const QFileInfo blob(QDir(folder).filePath(QString::fromUtf8(blobPath(digest))));
    if (!blob.isFile())
        return std::unexpected(
            notFound(Words::tr("the layout lacks the blob %1").arg(QString::fromUtf8(digest)), folder,
                     Words::tr("Write the folder anew.")));
    if (!may(blob.filePath(), R_OK))
        return std::unexpected(cannotRead(blob.filePath()));
    return {};
}

Result<QByteArray> digestInLayout(const QString &folder, const QString &tag)
{
    const auto entries = readLayoutIndex(folder);
    if (!entries)
        return std::unexpected(entries.error());
    const LayoutEntry *entry = entryOf(*entries, tag);
    if (!entry)
        return std::unexpected(noTag(folder, tag, *entries));
    if (const auto there = checkBlob(folder, entry->digest); !there)
        return std::unexpected(there.error());
    return entry->digest;
}

Result<LayoutAddress> parseLayoutAddress(const QString &text)
{
    LayoutAddress address{.folder = text, .tag = {}, .digest = {}};
    if (QFileInfo(text).isDir()) // whatever signs its name has
        return address;
    if (const qsizetype at = text.indexOf(u'@'); at >= 0) {
        address.digest = text.sliced(at + 1).toUtf8();
        address.folder = text.first(at);
        if (!isDigest(address.digest))
            return std::unexpected(
                Error{.kind = Error::Kind::Malformed,
                      .message = Words::tr("\"%1\" is no digest").arg(text.sliced(at + 1)),
                      .where = text,
                      .hint = Words::tr("Write sha256: and 64 digits, as in the layout's index.json.")});
    }
    if (const qsizetype colon = address.folder.lastIndexOf(u':'); colon > address.folder.lastIndexOf(u'/')) {
        address.tag = address.folder.sliced(colon + 1);
        address.folder.truncate(colon);
    }
    return address;
}

Result<void> lookAtLayout(const LayoutAddress &address)
{
    // A digest is found without a list of what there is.
    const bool isThere =
        address.digest.isEmpty() ? holdsIndex(address.folder) : QFileInfo(address.folder).isDir();
    if (!isThere)
        return std::unexpected(noLayout(address.folder));
    return {};
}

Result<QByteArray> resolveLayout(const LayoutAddress &address)
{
    if (!address.digest.isEmpty()) {
        if (const auto there = lookAtLayout(address); !there)
            return std::unexpected(there.error());
        if (const auto there = checkBlob(address.folder, address.digest); !there)
            return std::unexpected(there.error());
        return address.digest;
    }
    const auto entries = readLayoutIndex(address.folder);
    if (!entries)
        return std::unexpected(entries.error());
    const QString tag = address.tag.isEmpty() ? u"latest"_s : address.tag;
    const LayoutEntry *entry = entryOf(*entries, tag);
    // One that nobody gave a name is meant by any, as in buildx; one of another name only where none was
    // asked.
    const bool isAlone = entries->size() == 1;
    if (!entry && isAlone && (address.tag.isEmpty() || entries->front().tag.isEmpty()))
        entry = &entries->front();
    if (!entry)
        return std::unexpected(noTag(address.folder, tag, *entries));
    if (const auto there = checkBlob(address.folder, entry->digest); !there)
        return std::unexpected(there.error());
    return entry->digest;
}

LayoutName layoutNameOf(const QString &image)
{
    // What follows the ":" behind the last "/"; a port is no tag.
    const qsizetype at = image.indexOf(u'@');
    const QString tagged = at < 0 ? image : image.first(at);
    const qsizetype colon = tagged.lastIndexOf(u':');
    const bool hasTag = colon > tagged.lastIndexOf(u'/');
    return {.tag = hasTag ? tagged.sliced(colon + 1) : image, .image = image};
}

}
