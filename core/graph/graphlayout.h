// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"

#include <QHash>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <stop_token>

namespace graph {

/// Places of nodes and curves of edges in scene units (pixels at 100 %), y downwards, origin at the top left.
struct Layout
{
    struct EdgeCurve
    {
        std::vector<QPointF> points; ///< a cubic Bézier chain: 1 + 3 n points, from `from` to `to`
        QPointF labelCentre;
    };
    QHash<NodeKey, QRectF> nodes;
    std::vector<EdgeCurve> edges; ///< in the order of StageGraph::edges
    QSizeF size;
};

enum class Direction : quint8 { LeftToRight, TopToBottom };

/// Laid out by Graphviz' dot as a library, off the GUI thread: libgvc is not thread-safe, so calls are serialised by
/// a mutex here. `sizes` says how large each node is drawn, `labelSizes` (by edge) how much room labels need.
Layout layOut(const StageGraph &graph, const QHash<NodeKey, QSizeF> &sizes, const std::vector<QSizeF> &labelSizes,
              Direction direction, std::stop_token stop = {});

}
