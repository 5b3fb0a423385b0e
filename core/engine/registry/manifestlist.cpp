// SPDX-License-Identifier: Apache-2.0
#include "engine/registry/manifestlist.h"

#include "engine/words.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

const QString ociIndex = u"application/vnd.oci.image.index.v1+json"_s;
const QString ociImage = u"application/vnd.oci.image.manifest.v1+json"_s;
const QString dockerList = u"application/vnd.docker.distribution.manifest.list.v2+json"_s;
const QString dockerImage = u"application/vnd.docker.distribution.manifest.v2+json"_s;

QJsonObject platformObject(const QString &platform)
{
    const QStringList words = platform.split(u'/');
    QJsonObject object{{u"os"_s, words.value(0)}, {u"architecture"_s, words.value(1)}};
    if (words.size() > 2)
        object.insert(u"variant"_s, words[2]);
    return object;
}

QJsonObject descriptorOf(const PushedManifest &image)
{
    QJsonObject object{
        {u"mediaType"_s, image.mediaType}, {u"digest"_s, image.digest}, {u"size"_s, image.bytes.size()}};
    if (!image.platform.isEmpty())
        object.insert(u"platform"_s, platformObject(image.platform));
    return object;
}

base::Error unreadable(const PushedManifest &part)
{
    return {.kind = base::Error::Kind::Malformed,
            .message =
                Words::tr("what the registry has of this image is neither an image nor a list of them"),
            .where = part.digest,
            .hint = {},
            .detail = QString::fromUtf8(part.bytes.left(400))};
}

}

QString manifestDigest(const QByteArray &bytes)
{
    return u"sha256:"_s +
           QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QString ManifestList::digest() const
{
    return manifestDigest(bytes);
}

base::Result<ManifestList> joinManifests(const std::vector<PushedManifest> &parts,
                                         const std::vector<std::pair<QString, QString>> &annotations)
{
    QJsonArray entries;
    QStringList digests;
    bool isDocker = annotations.empty();
    const auto add = [&](const QJsonObject &entry) {
        const QString digest = entry["digest"_L1].toString();
        const QString type = entry["mediaType"_L1].toString();
        if (digests.contains(digest))
            return;
        digests += digest;
        entries += entry;
        isDocker = isDocker && (type == dockerImage || type == dockerList);
    };
    for (const PushedManifest &part : parts) {
        const QJsonObject json = QJsonDocument::fromJson(part.bytes).object();
        if (json["manifests"_L1].isArray()) {
            for (const QJsonValue entry : json["manifests"_L1].toArray())
                add(entry.toObject());
        } else if (json["config"_L1].isObject()) {
            add(descriptorOf(part));
        } else {
            return std::unexpected(unreadable(part));
        }
    }
    ManifestList list{.mediaType = isDocker ? dockerList : ociIndex, .bytes = {}};
    QJsonObject index{{u"schemaVersion"_s, 2}, {u"mediaType"_s, list.mediaType}, {u"manifests"_s, entries}};
    QJsonObject notes;
    for (const auto &[key, value] : annotations)
        notes.insert(key, value);
    if (!notes.isEmpty())
        index.insert(u"annotations"_s, notes);
    list.bytes = QJsonDocument(index).toJson(QJsonDocument::Compact);
    return list;
}

QByteArray acceptedManifests()
{
    return QStringList{ociIndex, dockerList, ociImage, dockerImage}.join(u", "_s).toLatin1();
}

}
