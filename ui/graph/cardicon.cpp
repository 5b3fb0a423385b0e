// SPDX-License-Identifier: Apache-2.0
#include "graph/cardicon.h"

#include "theme/icons.h"

#include <QPaintEngine>
#include <QPainter>

namespace ui {

void paintCardIcon(QPainter &painter, const QRectF &rect, const QString &name, const QColor &color)
{
    constexpr int enlarged = 4;
    if (painter.paintEngine()->type() == QPaintEngine::SVG) {
        const QPixmap pixmap = iconPixmap(name, int(rect.width()) * enlarged, color);
        painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()));
    } else {
        paintIcon(&painter, rect, name, color);
    }
}

}
