// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace ui {

/// An icon on a card: as sharp as the device, and in files sharp enough to be zoomed.
void paintCardIcon(QPainter &painter, const QRectF &rect, const QString &name, const QColor &color);

}
