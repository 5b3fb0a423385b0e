// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/images.h"
#include "engine/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;

base::Result<std::vector<ImageSummary>> readImageList(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray()) {
        return std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                           .message = Words::tr("the engine's image list is no list"),
                                           .where = {},
                                           .hint = {},
                                           .detail = QString::fromUtf8(json.left(400))});
    }
    std::vector<ImageSummary> images;
    const QJsonArray array = document.array();
    for (const QJsonValue &item : array) {
        ImageSummary image;
        image.id = item["Id"_L1].toString();
        image.sizeBytes = item["Size"_L1].toInteger();
        image.created = QDateTime::fromSecsSinceEpoch(item["Created"_L1].toInteger());
        image.isStandIn = item["Labels"_L1].toObject().contains(standInLabel);
        const QJsonArray tags = item["RepoTags"_L1].toArray();
        for (const QJsonValue &tag : tags) {
            if (tag.toString() != "<none>:<none>"_L1)
                image.tags += shortName(tag.toString());
        }
        images.push_back(std::move(image));
    }
    return images;
}

QString shortName(const QString &reference)
{
    QString name = reference;
    if (name.startsWith("docker.io/"_L1)) {
        name.remove(0, "docker.io/"_L1.size());
        if (name.startsWith("library/"_L1))
            name.remove(0, "library/"_L1.size());
    }
    return name;
}

QString platformInJson(const QString &platform)
{
    const QStringList parts = platform.split(u'/');
    QJsonObject object{{u"os"_s, parts.value(0)}, {u"architecture"_s, parts.value(1)}};
    if (parts.size() > 2)
        object.insert(u"variant"_s, parts.at(2));
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

NameAndTag splitReference(const QString &reference)
{
    if (const qsizetype at = reference.indexOf(u'@'); at >= 0)
        return {reference.first(at), reference.sliced(at + 1)};
    const qsizetype colon = reference.lastIndexOf(u':');
    if (colon > reference.lastIndexOf(u'/')) // a colon before the last slash belongs to a port
        return {reference.first(colon), reference.sliced(colon + 1)};
    return {reference, u"latest"_s};
}

}
