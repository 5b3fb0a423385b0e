// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"

#include <QByteArray>

namespace graph {

/// Stages, images, contexts and edges as JSON, stable for scripts: rows are from 1 as in an editor.
QByteArray toJson(const dockerfile::Tree &tree, const StageGraph &graph);

/// Graphviz' language, readable by `dot`.
QByteArray toDot(const StageGraph &graph);

}
