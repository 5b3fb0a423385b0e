// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "history/buildrecord.h"

#include <QByteArray>

namespace history {

/// Steps, layers and tags are kept as JSON in one column each: they are only ever read whole.
QByteArray stepsToJson(const std::vector<StepRecord> &steps);
std::vector<StepRecord> stepsFromJson(const QByteArray &json);
QByteArray layersToJson(const std::vector<LayerRecord> &layers);
std::vector<LayerRecord> layersFromJson(const QByteArray &json);
QByteArray tagsToJson(const QStringList &tags);
QStringList tagsFromJson(const QByteArray &json);

}
