// SPDX-License-Identifier: Apache-2.0
// The tidying part of ocilayout.h.
#include "engine/buildkit/sessionservices/ocilayout.h"
#include "engine/buildkit/sessionservices/writeproblem.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <unistd.h>

#include <cerrno>

namespace engine {

using namespace Qt::StringLiterals;
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

QStringList digestsIn(const QString &path)
{
    QFile file(path);
    QStringList found;
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestDocument)
        return found;
    addDigests(QJsonDocument::fromJson(file.readAll()).object(), found);
    return found;
}

}

Result<void> sweepLayout(const QString &folder)
{
    if (const auto index = readLayoutIndex(folder); !index) // else all would seem to be rest
        return std::unexpected(index.error());
    QSet<QString> kept;
    QStringList next = digestsIn(QDir(folder).filePath(u"index.json"_s));
    while (!next.isEmpty()) {
        const QString digest = next.takeLast();
        if (kept.contains(digest))
            continue;
        kept.insert(digest);
        next += digestsIn(QDir(folder).filePath(QString::fromUtf8(blobPath(digest.toUtf8()))));
    }
    const QDir blobs(QDir(folder).filePath(u"blobs/sha256"_s));
    const QStringList names = blobs.entryList(QDir::Files);
    for (const QString &name : names) {
        const QString digest = u"sha256:"_s + name;
        const QByteArray path = QFile::encodeName(blobs.filePath(name));
        if (isDigest(digest.toUtf8()) && !kept.contains(digest) && ::unlink(path.constData()) != 0)
            return std::unexpected(writeProblem(path, errno));
    }
    return {};
}

}
