// SPDX-License-Identifier: Apache-2.0
#include "history/recordjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace history {

using namespace Qt::StringLiterals;

namespace {

QByteArray compact(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QJsonArray arrayIn(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).array();
}

}

QByteArray stepsToJson(const std::vector<StepRecord> &steps)
{
    QJsonArray array;
    for (const StepRecord &step : steps) {
        array += QJsonObject{{u"name"_s, step.name},
                             {u"state"_s, step.state},
                             {u"durationNs"_s, step.durationNs},
                             {u"row"_s, step.row}};
    }
    return compact(array);
}

std::vector<StepRecord> stepsFromJson(const QByteArray &json)
{
    std::vector<StepRecord> steps;
    const QJsonArray array = arrayIn(json);
    for (const QJsonValue &item : array) {
        steps.push_back({.name = item["name"_L1].toString(),
                         .state = item["state"_L1].toString(),
                         .durationNs = item["durationNs"_L1].toInteger(),
                         .row = item["row"_L1].toInt()});
    }
    return steps;
}

QByteArray layersToJson(const std::vector<LayerRecord> &layers)
{
    QJsonArray array;
    for (const LayerRecord &layer : layers) {
        array += QJsonObject{{u"instruction"_s, layer.instruction},
                             {u"sizeBytes"_s, layer.sizeBytes},
                             {u"row"_s, layer.row},
                             {u"fromBase"_s, layer.fromBase}};
    }
    return compact(array);
}

std::vector<LayerRecord> layersFromJson(const QByteArray &json)
{
    std::vector<LayerRecord> layers;
    const QJsonArray array = arrayIn(json);
    for (const QJsonValue &item : array) {
        layers.push_back({.instruction = item["instruction"_L1].toString(),
                          .sizeBytes = item["sizeBytes"_L1].toInteger(),
                          .row = item["row"_L1].toInt(),
                          .fromBase = item["fromBase"_L1].toBool()});
    }
    return layers;
}

QByteArray tagsToJson(const QStringList &tags)
{
    return compact(QJsonArray::fromStringList(tags));
}

QStringList tagsFromJson(const QByteArray &json)
{
    QStringList tags;
    const QJsonArray array = arrayIn(json);
    for (const QJsonValue &item : array)
        tags += item.toString();
    return tags;
}

}
