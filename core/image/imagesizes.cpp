// SPDX-License-Identifier: Apache-2.0
#include "image/imagesizes.h"

#include "image/instructiontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <algorithm>
#include <numeric>

namespace image {

using namespace Qt::StringLiterals;

namespace {

base::Error malformed(const QString &reference, const char *message, const QByteArray &answer)
{
    return {.kind = base::Error::Kind::Malformed,
            .message = QCoreApplication::translate("image", message),
            .where = reference,
            .hint = {},
            .detail = QString::fromUtf8(answer.first(std::min<qsizetype>(answer.size(), 2000)))};
}

/// "docker.io/library/alpine:3@sha256:..." -> "alpine": what a person calls the image, whatever its tag.
QString repositoryOf(QString reference)
{
    if (const auto at = reference.indexOf(u'@'); at >= 0)
        reference.truncate(at);
    if (const auto colon = reference.lastIndexOf(u':'); colon > reference.lastIndexOf(u'/'))
        reference.truncate(colon);
    for (const auto &prefix : {u"docker.io/"_s, u"library/"_s})
        if (reference.startsWith(prefix))
            reference.remove(0, prefix.size());
    return reference;
}

/// Labels are inherited: only under its own name does an image stand in for what the label says.
void readStandIn(ImageSizes &sizes, const QJsonObject &inspect)
{
    const QJsonObject labels = inspect[u"Config"].toObject()[u"Labels"].toObject();
    const QString original = labels[standInLabel].toString().section(u',', 0, 0).trimmed();
    if (original.isEmpty())
        return;
    QStringList names{sizes.reference};
    for (const auto &tag : inspect[u"RepoTags"].toArray())
        names << tag.toString();
    const bool isItself = std::ranges::any_of(
        names, [&original](const QString &name) { return repositoryOf(name) == repositoryOf(original); });
    (isItself ? sizes.standsInFor : sizes.builtOnStandInFor) = original;
}

Layer readLayer(const QJsonObject &entry)
{
    Layer layer;
    layer.createdBy = entry[u"CreatedBy"].toString();
    layer.instruction = instructionFromHistory(layer.createdBy);
    layer.keyword = keywordOf(layer.instruction);
    layer.sizeBytes = std::max<qint64>(0, entry[u"Size"].toInteger());
    layer.isEmpty = layer.sizeBytes == 0;
    if (const qint64 seconds = entry[u"Created"].toInteger(); seconds > 0)
        layer.created = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC);
    return layer;
}

}

qint64 ImageSizes::layerBytes() const
{
    return std::accumulate(layers.begin(), layers.end(), qint64(0),
                           [](qint64 sum, const Layer &layer) { return sum + layer.sizeBytes; });
}

qint64 ImageSizes::unpackedBytes() const
{
    const qint64 sum = layerBytes();
    return sum > 0 ? sum : totalBytes;
}

QString idOf(const QByteArray &inspectJson)
{
    return QJsonDocument::fromJson(inspectJson)["Id"_L1].toString();
}

base::Result<ImageSizes> readImageSizes(const QString &reference, const QByteArray &inspectJson,
                                        const QByteArray &historyJson)
{
    const QJsonDocument inspected = QJsonDocument::fromJson(inspectJson);
    const QJsonObject inspect = inspected.object();
    if (!inspect[u"Id"].isString())
        return std::unexpected(malformed(
            reference, QT_TRANSLATE_NOOP("image", "the engine's description of the image cannot be read"),
            inspectJson));
    const QJsonDocument history = QJsonDocument::fromJson(historyJson);
    if (!history.isArray())
        return std::unexpected(malformed(
            reference, QT_TRANSLATE_NOOP("image", "the engine's history of the image cannot be read"),
            historyJson));

    ImageSizes sizes;
    sizes.reference = reference;
    sizes.id = inspect[u"Id"].toString();
    if (!sizes.id.contains(u':'))
        sizes.id.prepend(u"sha256:"_s); // Podman leaves it out in places
    sizes.architecture = inspect[u"Architecture"].toString();
    sizes.os = inspect[u"Os"].toString();
    sizes.created = QDateTime::fromString(inspect[u"Created"].toString(), Qt::ISODateWithMs).toUTC();
    sizes.totalBytes = std::max<qint64>(0, inspect[u"Size"].toInteger());
    readStandIn(sizes, inspect);
    const QJsonArray entries = history.array();
    sizes.layers.reserve(std::size_t(entries.size()));
    for (qsizetype i = entries.size(); i-- > 0;)
        sizes.layers.push_back(readLayer(entries[i].toObject()));
    return sizes;
}

}
