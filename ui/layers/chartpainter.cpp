// SPDX-License-Identifier: Apache-2.0
#include "layers/chartpainter.h"

#include "theme/metrics.h"

#include <QPainter>
#include <QPainterPath>

namespace ui {

QColor chartColor(ChartPaint paint, const ThemeColors &colors)
{
    switch (paint.role) {
    case ChartPaint::Role::Text:
        return colors.text;
    case ChartPaint::Role::Quiet:
        return colors.textQuiet;
    case ChartPaint::Role::Grid:
        return colors.line;
    case ChartPaint::Role::Base:
        return colors.chartBase;
    case ChartPaint::Role::BaseLine:
        return colors.chartBaseLine;
    case ChartPaint::Role::Series:
        return colors.seriesAt(std::size_t(paint.index));
    case ChartPaint::Role::SeriesText:
        return colors.seriesTextAt(std::size_t(paint.index));
    case ChartPaint::Role::StandIn:
        return colors.standIn;
    case ChartPaint::Role::StandInSoft:
        return colors.standInSoft;
    }
    Q_UNREACHABLE_RETURN({});
}

namespace {

void hatch(QPainter *painter, const QRectF &rect, const QColor &color)
{
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->setPen(QPen(color, 1));
    for (qreal x = rect.left() - rect.height(); x < rect.right(); x += 7)
        painter->drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    painter->restore();
}

void paintSegment(QPainter *painter, const ChartLayout::Segment &segment, const ThemeColors &colors,
                  bool hovered)
{
    QColor fill = chartColor(segment.fill, colors);
    if (segment.isEmpty)
        fill.setAlphaF(hovered ? 1.0F : 0.55F);
    else if (hovered)
        fill = blend(fill, colors.isDark ? Qt::white : Qt::black, 0.12);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    const qreal rounding = segment.rect.width() > 6 ? 2 : 0;
    painter->drawRoundedRect(segment.rect, rounding, rounding);
    if (segment.hatched)
        hatch(painter, segment.rect, colors.chartBaseLine);
    if (segment.label.isEmpty())
        return;
    if (segment.hatched) {
        // Hatching runs behind the words, not through them.
        const QRectF words = painter->fontMetrics().boundingRect(segment.label);
        QRectF ground(0, 0, words.width() + 6, words.height());
        ground.moveCenter(segment.rect.center());
        painter->setBrush(fill);
        painter->drawRoundedRect(ground, 2, 2);
    }
    painter->setPen(segment.hatched ? colors.text
                                    : chartColor({ChartPaint::Role::SeriesText, segment.fill.index}, colors));
    painter->drawText(segment.rect, Qt::AlignCenter, segment.label);
}

}

void ChartPainter::paint(QPainter *painter, const ThemeColors &colors, int current, int hovered) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    for (const ChartLayout::Line &line : m_layout.lines) {
        painter->setPen(QPen(chartColor(line.paint, colors), 1));
        painter->drawLine(line.line.translated(0.5, 0.5));
    }
    painter->setFont(smallFont(m_font));
    for (std::size_t i = 0; i < m_layout.segments.size(); ++i)
        paintSegment(painter, m_layout.segments[i], colors, int(i) == hovered);
    for (const ChartLayout::Label &label : m_layout.labels) {
        painter->setFont(label.small ? smallFont(m_font) : label.bold ? sectionFont(m_font) : m_font);
        if (label.isPill) {
            painter->setPen(colors.isHighContrast ? QPen(colors.standIn) : QPen(Qt::NoPen));
            painter->setBrush(colors.standInSoft);
            painter->drawRoundedRect(label.rect, label.rect.height() / 2, label.rect.height() / 2);
        }
        painter->setPen(chartColor(label.paint, colors));
        painter->drawText(label.rect, int(label.alignment) | Qt::TextSingleLine, label.text);
    }
    if (current >= 0) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colors.text, 2));
        painter->drawRoundedRect(m_layout.segments[std::size_t(current)].rect.adjusted(-2, -2, 2, 2), 3, 3);
    }
    painter->restore();
}

QImage ChartPainter::toImage(const ThemeColors &colors, qreal scale) const
{
    constexpr qreal margin = space::xl;
    const QSizeF size = m_layout.size + QSizeF(2 * margin, 2 * margin);
    QImage image((size * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(colors.panel);
    QPainter painter(&image);
    painter.translate(margin, margin);
    paint(&painter, colors);
    return image;
}

}
