// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainterPath>

#include <vector>

namespace ui {

/// One label that looks for its place.
struct LabelWish
{
    QPainterPath path; ///< its edge; empty: it has no place
    QPointF room;      ///< where the layout would have it
    QSizeF size;
};

/// Where on its edge each label stands, as a share of the edge's length: as near to the wished place as can
/// be without covering another label or a card. Labels come in order; a later one gives way.
std::vector<qreal> labelPlaces(const std::vector<LabelWish> &wishes, const std::vector<QRectF> &cards = {});

}
