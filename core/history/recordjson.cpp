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

QJsonObject toJson(const StepInputs &inputs)
{
    QJsonArray variables;
    for (const SeenVariable &variable : inputs.variables) {
        QJsonObject object{{u"name"_s, variable.name}, {u"value"_s, variable.value}};
        if (variable.isDigest)
            object[u"digest"_s] = true;
        variables += object;
    }
    QJsonArray files;
    for (const TakenFile &file : inputs.files)
        files += QJsonArray{file.path, file.digest, file.stamp};
    QJsonArray parents;
    for (const int parent : inputs.parents)
        parents += parent;
    return {{u"stage"_s, inputs.stage},       {u"written"_s, inputs.written},
            {u"expanded"_s, inputs.expanded}, {u"variables"_s, variables},
            {u"base"_s, inputs.baseDigest},   {u"files"_s, files},
            {u"parents"_s, parents},          {u"cacheRefused"_s, inputs.cacheRefused}};
}

StepInputs inputsFrom(const QJsonObject &json)
{
    StepInputs inputs{.stage = json["stage"_L1].toString(),
                      .written = json["written"_L1].toString(),
                      .expanded = json["expanded"_L1].toString(),
                      .variables = {},
                      .baseDigest = json["base"_L1].toString(),
                      .files = {},
                      .parents = {},
                      .cacheRefused = json["cacheRefused"_L1].toBool()};
    const QJsonArray variables = json["variables"_L1].toArray();
    for (const QJsonValue &item : variables) {
        inputs.variables.push_back({.name = item["name"_L1].toString(),
                                    .value = item["value"_L1].toString(),
                                    .isDigest = item["digest"_L1].toBool()});
    }
    const QJsonArray files = json["files"_L1].toArray();
    for (const QJsonValue &item : files)
        inputs.files.push_back({.path = item[0].toString(), .digest = item[1].toString(), .stamp = item[2].toString()});
    const QJsonArray parents = json["parents"_L1].toArray();
    for (const QJsonValue &item : parents)
        inputs.parents.push_back(item.toInt());
    return inputs;
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
        QJsonObject object{{u"name"_s, step.name},
                           {u"state"_s, step.state},
                           {u"durationNs"_s, step.durationNs},
                           {u"row"_s, step.row}};
        if (step.inputs)
            object[u"inputs"_s] = toJson(*step.inputs);
        array += object;
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
                         .row = item["row"_L1].toInt(),
                         .inputs = {}});
        if (const QJsonValue inputs = item["inputs"_L1]; inputs.isObject())
            steps.back().inputs = inputsFrom(inputs.toObject());
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
