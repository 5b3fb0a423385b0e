// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/frontendanswers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// Of a location: {"ranges": [{"start": {"line": 3}, "end": {"line": 3}}, ...]}, one a row.
RowRange rowsOf(const QJsonValue &location)
{
    const QJsonArray ranges = location["ranges"_L1].toArray();
    RowRange rows;
    rows.first = ranges.first()["start"_L1]["line"_L1].toInt();
    rows.last = std::max(rows.first, ranges.last()["end"_L1]["line"_L1].toInt());
    return rows;
}

std::vector<DockerfileOutline::Item> itemsOf(const QJsonValue &array, const char *nameKey = "name")
{
    std::vector<DockerfileOutline::Item> items;
    const QJsonArray values = array.toArray();
    for (const QJsonValue &value : values) {
        items.push_back({.name = value[QLatin1StringView(nameKey)].toString(),
                         .description = value["description"_L1].toString(),
                         .value = value["value"_L1].toString(),
                         .isRequired = value["required"_L1].toBool(),
                         .rows = rowsOf(value["location"_L1])});
    }
    return items;
}

std::optional<QJsonObject> objectOf(const QByteArray &json)
{
    const auto document = QJsonDocument::fromJson(json);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

}

std::optional<DockerfileOutline> readOutline(const QByteArray &json)
{
    const auto object = objectOf(json);
    if (!object)
        return std::nullopt;
    return DockerfileOutline{.name = object->value("name"_L1).toString(),
                             .description = object->value("description"_L1).toString(),
                             .args = itemsOf(object->value("args"_L1)),
                             .secrets = itemsOf(object->value("secrets"_L1)),
                             .ssh = itemsOf(object->value("ssh"_L1)),
                             .caches = itemsOf(object->value("cache"_L1), "ID")};
}

std::optional<std::vector<DockerfileTarget>> readTargets(const QByteArray &json)
{
    const auto object = objectOf(json);
    if (!object)
        return std::nullopt;
    std::vector<DockerfileTarget> targets;
    const QJsonArray values = object->value("targets"_L1).toArray();
    for (const QJsonValue &value : values) {
        targets.push_back({.name = value["name"_L1].toString(),
                           .description = value["description"_L1].toString(),
                           .base = value["base"_L1].toString(),
                           .platform = value["platform"_L1].toString(),
                           .isDefault = value["default"_L1].toBool(),
                           .rows = rowsOf(value["location"_L1])});
    }
    return targets;
}

std::optional<DockerfileChecks> readChecks(const QByteArray &json)
{
    const auto object = objectOf(json);
    if (!object)
        return std::nullopt;
    DockerfileChecks checks;
    const QJsonArray values = object->value("warnings"_L1).toArray();
    for (const QJsonValue &value : values) {
        checks.warnings.push_back({.rule = value["ruleName"_L1].toString(),
                                   .description = value["description"_L1].toString(),
                                   .message = value["detail"_L1].toString(),
                                   .url = value["url"_L1].toString(),
                                   .rows = rowsOf(value["location"_L1])});
    }
    const QJsonValue problem = object->value("buildError"_L1);
    checks.error = problem["message"_L1].toString();
    checks.errorRows = rowsOf(problem["location"_L1]);
    return checks;
}

std::optional<QStringList> readDescription(const QByteArray &json)
{
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return std::nullopt;
    QStringList names;
    const QJsonArray values = document.array();
    for (const QJsonValue &value : values)
        names += value["name"_L1].toString();
    return names;
}

}
