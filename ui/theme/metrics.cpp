// SPDX-License-Identifier: Apache-2.0
#include "theme/metrics.h"

#include <QFontDatabase>
#include <QFontMetricsF>

namespace ui {

namespace {

QFont scaled(QFont font, qreal factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    return font;
}

}

QFont titleFont(const QFont &base)
{
    QFont font = scaled(base, 1.3);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont sectionFont(const QFont &base)
{
    QFont font = base;
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont smallFont(const QFont &base)
{
    return scaled(base, 0.88);
}

QFont codeFont(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (base.pointSizeF() > 0)
        font.setPointSizeF(base.pointSizeF());
    else
        font.setPixelSize(base.pixelSize());
    // Fixed fonts differ a lot in how large they look at one point size; the x-height is what the eye
    // compares.
    const qreal ratio = QFontMetricsF(base).xHeight() / qMax(1.0, QFontMetricsF(font).xHeight());
    return scaled(font, qBound(0.93, ratio, 1.1));
}

}
