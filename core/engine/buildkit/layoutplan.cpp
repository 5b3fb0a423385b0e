// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/layoutplan.h"

#include "engine/buildkit/sessionservices/ocilayout.h"
#include "engine/words.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;
using base::Result;

namespace {

constexpr auto scheme = "oci-layout://"_L1;

/// The same for the same folder, so that what is read and written is one store; letters that a header and a
/// reference can hold, whatever script the path is written in.
QString keyOf(const QString &folder)
{
    const QFileInfo info(folder);
    const QString path = info.exists() ? info.canonicalFilePath() : info.absoluteFilePath();
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"folder-"_s + QString::fromLatin1(hash.first(24));
}

TypedAttributes with(TypedAttributes cache, const QString &key, const QString &value)
{
    std::erase_if(cache.attributes, [&key](const auto &it) { return it.first == key; });
    cache.attributes.emplace_back(key, value);
    return cache;
}

Error noFolder(const QString &key)
{
    return {.kind = Error::Kind::Malformed,
            .message = Words::tr("a cache in a folder does not say in which"),
            .hint = Words::tr("Write type=local,%1=FOLDER.").arg(key)};
}

QString tagOf(const TypedAttributes &cache)
{
    const QString tag = cache.value(u"tag");
    return tag.isEmpty() ? u"latest"_s : tag;
}

Result<QByteArray> digestOfCache(const TypedAttributes &cache, const QString &folder)
{
    const QByteArray digest = cache.value(u"digest").toUtf8();
    if (digest.isEmpty())
        return digestInLayout(folder, tagOf(cache));
    if (!isDigest(digest))
        return std::unexpected(
            Error{.kind = Error::Kind::Malformed,
                  .message = Words::tr("\"%1\" is no digest").arg(QString::fromUtf8(digest)),
                  .where = folder,
                  .hint = Words::tr("Write digest=sha256: and 64 digits.")});
    if (const auto there = checkBlob(folder, digest); !there)
        return std::unexpected(there.error());
    return digest;
}

Error notSaid(const QString &folder)
{
    return {.kind = Error::Kind::Failed,
            .message = Words::tr("the engine did not say what it wrote there"),
            .where = folder,
            .hint = Words::tr("Update the engine, or let it write an archive.")};
}

QJsonObject descriptorOf(const LayoutPlan::Update &update, const QHash<QString, QString> &response)
{
    const QByteArray json =
        update.isCache ? response.value(u"cache.manifest"_s).toUtf8()
                       : QByteArray::fromBase64(response.value(u"containerimage.descriptor"_s).toUtf8());
    return QJsonDocument::fromJson(json).object();
}

std::vector<LayoutName> namesOf(const LayoutPlan::Update &update, const QHash<QString, QString> &response)
{
    std::vector<LayoutName> names;
    const QStringList images = response.value(u"image.name"_s).split(u',', Qt::SkipEmptyParts);
    if (update.isCache || images.isEmpty())
        return {{.tag = update.tag, .image = {}}};
    for (const QString &image : images)
        names.push_back(layoutNameOf(image));
    return names;
}

}

void LayoutPlan::addPlace(const QByteArray &id, const QString &folder, bool isWritten)
{
    const auto known = std::ranges::find(places, id, &ContentPlace::id);
    if (known == places.end())
        places.push_back({.id = id, .folder = folder, .isWritten = isWritten});
    else
        known->isWritten = known->isWritten || isWritten;
}

Result<QString> LayoutPlan::addContext(const QString &value)
{
    const auto address = parseLayoutAddress(value.sliced(scheme.size()));
    if (!address)
        return std::unexpected(address.error());
    const auto digest = resolveLayout(*address);
    if (!digest)
        return std::unexpected(digest.error());
    const QString key = keyOf(address->folder);
    addPlace("oci:" + key.toUtf8(), address->folder, false);
    const QString tag = address->tag.isEmpty() ? u"latest"_s : address->tag;
    return QString(scheme + key + u':' + tag + u'@' + QString::fromUtf8(*digest));
}

Result<std::optional<TypedAttributes>> LayoutPlan::addImport(const TypedAttributes &cache)
{
    if (cache.type != "local"_L1)
        return cache;
    const QString folder = cache.value(u"src");
    if (folder.isEmpty())
        return std::unexpected(noFolder(u"src"_s));
    const auto digest = digestOfCache(cache, folder);
    if (!digest) {
        notes.push_back(digest.error().in(Words::tr("the build does not begin with this cache")));
        return std::nullopt;
    }
    const QString key = keyOf(folder);
    addPlace("local:" + key.toUtf8(), folder, false);
    return with(with(cache, u"src"_s, key), u"digest"_s, QString::fromUtf8(*digest));
}

Result<TypedAttributes> LayoutPlan::addExport(const TypedAttributes &cache)
{
    if (cache.type != "local"_L1)
        return cache;
    const QString folder = cache.value(u"dest");
    if (folder.isEmpty())
        return std::unexpected(noFolder(u"dest"_s));
    const QString key = keyOf(folder);
    addPlace("local:" + key.toUtf8(), folder, true);
    const QString reset = cache.value(u"reset");
    updates.push_back({.folder = folder,
                       .isCache = true,
                       .tag = tagOf(cache),
                       .isSwept = reset == "true"_L1 || reset == "1"_L1});
    return with(cache, u"dest"_s, key);
}

Result<void> LayoutPlan::addOutput(const QString &folder)
{
    const QByteArray id = "export";
    if (std::ranges::contains(places, id, &ContentPlace::id))
        return std::unexpected(
            Error{.kind = Error::Kind::Unsupported,
                  .message = Words::tr("a build writes one OCI layout into a folder, not several"),
                  .where = folder,
                  .hint = Words::tr("Let the others be archives, or copy the folder afterwards.")});
    addPlace(id, folder, true);
    updates.push_back({.folder = folder, .isCache = false, .tag = u"latest"_s});
    return {};
}

std::optional<Error> damagedBlob(const std::vector<ContentPlace> &places, const QString &message)
{
    static const QRegularExpression words(
        u"unexpected commit digest sha256:[0-9a-f]{64}, expected (sha256:[0-9a-f]{64})"_s);
    const QByteArray digest = words.match(message).captured(1).toUtf8();
    if (!isDigest(digest))
        return std::nullopt;
    for (const ContentPlace &place : places) {
        if (!place.isWritten && checkBlob(place.folder, digest))
            return Error{.kind = Error::Kind::Malformed,
                         .message = Words::tr("the blob %1 is damaged: its bytes are not those of its name")
                                        .arg(QString::fromUtf8(digest)),
                         .where = place.folder,
                         .hint = Words::tr("Write the folder anew.")};
    }
    return std::nullopt;
}

Result<void> updateLayouts(const std::vector<LayoutPlan::Update> &updates,
                           const QHash<QString, QString> &response)
{
    for (const auto &update : updates) {
        const QJsonObject descriptor = descriptorOf(update, response);
        const QByteArray digest = descriptor["digest"_L1].toString().toUtf8();
        if (!isDigest(digest) || !checkBlob(update.folder, digest))
            return std::unexpected(notSaid(update.folder));
        if (const auto listed = listInLayout(update.folder, descriptor, namesOf(update, response)); !listed)
            return std::unexpected(listed.error().in(Words::tr("listing the result in its index")));
        if (!update.isSwept)
            continue;
        if (const auto swept = sweepLayout(update.folder); !swept)
            return std::unexpected(swept.error().in(Words::tr("deleting what older builds left")));
    }
    return {};
}

}
