// SPDX-License-Identifier: Apache-2.0
// The writing half of ocilayout.h.
#include "engine/buildkit/sessionservices/indexlock.h"
#include "engine/buildkit/sessionservices/ocilayout.h"
#include "engine/buildkit/sessionservices/writeproblem.h"
#include "engine/words.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <cerrno>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;
using base::Result;

namespace {

constexpr auto tagKey = "org.opencontainers.image.ref.name"_L1;
constexpr auto nameKey = "io.containerd.image.name"_L1;

Result<void> save(const QString &path, const QJsonObject &object)
{
    QSaveFile file(path);
    const QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    errno = 0;
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return std::unexpected(writeProblem(QFile::encodeName(path), errno == 0 ? EACCES : errno));
}

/// Empty when there is none yet. What cannot be read is not written over.
Result<QJsonObject> indexOf(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QJsonObject();
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(writeProblem(QFile::encodeName(path), EACCES));
    const QByteArray bytes = file.readAll();
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (bytes.isEmpty() || document.isObject())
        return document.object();
    return std::unexpected(Error{.kind = Error::Kind::Malformed,
                                 .message = Words::tr("it is no index of an OCI layout"),
                                 .where = path,
                                 .hint = Words::tr("Choose another folder, or delete this file.")});
}

bool isCalled(const QJsonValue &entry, const LayoutName &name)
{
    const QJsonValue annotations = entry["annotations"_L1];
    return annotations[tagKey].toString() == name.tag && annotations[nameKey].toString() == name.image;
}

QJsonObject withName(QJsonObject descriptor, const LayoutName &name)
{
    QJsonObject annotations = descriptor["annotations"_L1].toObject();
    annotations.insert(tagKey, name.tag);
    if (!name.image.isEmpty())
        annotations.insert(nameKey, name.image);
    descriptor.insert("annotations"_L1, annotations);
    return descriptor;
}

}

Result<void> listInLayout(const QString &folder, const QJsonObject &descriptor,
                          const std::vector<LayoutName> &names)
{
    IndexLock lock(folder);
    if (const auto taken = lock.take(); !taken)
        return taken;
    const QString path = QDir(folder).filePath(u"index.json"_s);
    auto read = indexOf(path);
    if (!read)
        return std::unexpected(read.error());
    QJsonObject index = std::move(*read);
    if (!index.contains("schemaVersion"_L1))
        index.insert("schemaVersion"_L1, 2);
    if (!index.contains("mediaType"_L1))
        index.insert("mediaType"_L1, u"application/vnd.oci.image.index.v1+json"_s);
    QJsonArray entries;
    const QJsonArray before = index["manifests"_L1].toArray();
    for (const auto &entry : before) {
        const bool isReplaced =
            std::ranges::any_of(names, [&entry](const LayoutName &name) { return isCalled(entry, name); });
        if (!isReplaced)
            entries += entry;
    }
    for (const LayoutName &name : names)
        entries += withName(descriptor, name);
    index.insert("manifests"_L1, entries);
    const QString layout = QDir(folder).filePath(u"oci-layout"_s);
    if (const auto saved = save(layout, {{u"imageLayoutVersion"_s, u"1.0.0"_s}}); !saved)
        return saved;
    return save(path, index);
}

}
