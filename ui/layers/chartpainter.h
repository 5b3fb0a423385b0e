// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/chartlayout.h"
#include "theme/themecolors.h"

#include <QImage>

class QPainter;

namespace ui {

QColor chartColor(ChartPaint paint, const ThemeColors &colors);

/// Puts a laid-out chart on paper: a painter's, or SVG's. Holds no window, so that it works without one.
class ChartPainter
{
public:
    ChartPainter(const ChartLayout &layout, const QFont &font)
        : m_layout(layout)
        , m_font(font)
    {}

    /// `current` and `hovered` are indexes of segments, or -1.
    void paint(QPainter *painter, const ThemeColors &colors, int current = -1, int hovered = -1) const;

    /// With a margin, on the panel's ground; `scale` pixels a unit.
    [[nodiscard]] QImage toImage(const ThemeColors &colors, qreal scale = 2) const;

    /// A drawing of its own that follows the reader's light or dark preference; segments tell their layer on
    /// hover.
    [[nodiscard]] QByteArray toSvg() const;
    /// The same without XML declaration and style sheet, for a page that brings svgStyle() once.
    [[nodiscard]] QByteArray toInlineSvg(const QString &title) const;
    /// Style rules for toInlineSvg().
    static QByteArray svgStyle();

private:
    const ChartLayout &m_layout;
    QFont m_font;
};

}
