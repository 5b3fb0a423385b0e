// SPDX-License-Identifier: Apache-2.0
#include "graph/graphwalk.h"

#include <QPointF>

#include <cmath>

namespace ui {

int nextPlace(const std::vector<QRectF> &places, int current, WalkDirection direction)
{
    constexpr qreal asideCosts = 2;
    if (current < 0 || current >= int(places.size()))
        return places.empty() ? -1 : 0;
    int best = -1;
    qreal least = 0;
    for (int i = 0; i < int(places.size()); ++i) {
        const QPointF way = places[size_t(i)].center() - places[size_t(current)].center();
        qreal ahead = 0;
        qreal aside = 0;
        switch (direction) {
        case WalkDirection::Left:
            ahead = -way.x();
            aside = way.y();
            break;
        case WalkDirection::Right:
            ahead = way.x();
            aside = way.y();
            break;
        case WalkDirection::Up:
            ahead = -way.y();
            aside = way.x();
            break;
        case WalkDirection::Down:
            ahead = way.y();
            aside = way.x();
            break;
        }
        if (i == current || ahead <= 1)
            continue;
        const qreal cost = ahead + asideCosts * std::abs(aside);
        if (best < 0 || cost < least) {
            best = i;
            least = cost;
        }
    }
    return best;
}

}
