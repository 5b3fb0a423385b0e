// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace ui {

/// What an icon is drawn in: the text colour around it, or one of the colours with a meaning.
enum class IconTint : quint8 { Text, Quiet, Accent, Danger, Warning, Success, Info };

/// One of the program's own symbolic icons (resources/icons/<name>.svg). It is drawn in the palette's colours
/// at the moment of painting, sharp at every size and pixel ratio, so it follows scheme, disabled and
/// selected states.
QIcon icon(const QString &name, IconTint tint = IconTint::Text);

/// The same drawing in a given colour, `size` in device independent pixels: for painters.
QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal devicePixelRatio = 1.0);
/// Draws it into `rect`, as sharp as the painter's device is.
void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &color);

}
