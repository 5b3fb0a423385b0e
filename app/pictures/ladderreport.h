// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/ladderrun.h"
#include "engine/engineinfo.h"

namespace app {

/// The ladder's sizes as an aligned table, what the article measured beside them.
QString ladderTable(const std::vector<RungResult> &results);

/// The same with charts, graphs and lessons, one HTML file.
QByteArray ladderReport(const std::vector<RungResult> &results, const engine::EngineInfo &engine);

}
