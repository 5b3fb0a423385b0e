// SPDX-License-Identifier: Apache-2.0
#include "layers/chartlayout.h"

#include "base/units.h"
#include "layers/chartaxis.h"
#include "theme/metrics.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHash>

#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qreal barHeight = 24;
constexpr qreal tickHeight = 6;
constexpr qreal tickPitch = 5;
constexpr qreal smallestSegment = 3; // what a mouse can still hit
constexpr qreal rowGap = 11;

using Role = ChartPaint::Role;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::Chart", text);
}

/// Widths that add up to `length`, in proportion to the bytes, none of a layer with bytes below
/// smallestSegment: what the small ones get too much is taken from the large ones in proportion.
std::vector<qreal> segmentWidths(const std::vector<image::Layer> &layers, qreal length)
{
    std::vector<qreal> widths(layers.size(), 0);
    qint64 freeBytes = 0;
    std::size_t visible = 0;
    for (const image::Layer &layer : layers) {
        freeBytes += qMax<qint64>(0, layer.sizeBytes);
        visible += layer.sizeBytes > 0 ? 1 : 0;
    }
    if (visible == 0)
        return widths;
    const qreal least = qMin(smallestSegment, length / qreal(visible));
    qreal freeLength = length;
    // Each round fixes those that would be too small; the rest share what is left, until none is too small.
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (layers[i].sizeBytes <= 0 || widths[i] > 0)
                continue;
            if (qreal(layers[i].sizeBytes) / qreal(freeBytes) * freeLength < least) {
                widths[i] = least;
                freeLength -= least;
                freeBytes -= layers[i].sizeBytes;
                changed = true;
            }
        }
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (layers[i].sizeBytes > 0 && widths[i] == 0)
            widths[i] = qreal(layers[i].sizeBytes) / qreal(freeBytes) * freeLength;
    }
    return widths;
}

/// Layers of the same instruction have one colour in all bars, so that what stayed is seen at once.
class SeriesOfInstructions
{
public:
    int indexOf(const QString &instruction)
    {
        if (const auto known = m_indexes.constFind(instruction); known != m_indexes.cend())
            return *known;
        return *m_indexes.insert(instruction, int(m_indexes.size()));
    }

private:
    QHash<QString, int> m_indexes;
};

QString segmentLabel(const image::Layer &layer, int index, qreal width, const QFontMetricsF &metrics)
{
    const QString number = QString::number(index + 1);
    const QString keyword = layer.fromBase ? tr("base") : layer.keyword;
    const QString full = keyword.isEmpty() ? number : QString(number + u' ' + keyword);
    for (const QString &candidate : {full, number}) {
        if (metrics.horizontalAdvance(candidate) + 8 <= width)
            return candidate;
    }
    return {};
}

class Builder
{
public:
    Builder(const std::vector<image::ImageSizes> &images, const ChartSettings &settings)
        : m_images(images)
        , m_settings(settings)
        , m_bold(sectionFont(settings.font))
        , m_small(smallFont(settings.font))
    {
        m_totalWidth = 0;
        for (const image::ImageSizes &image : images)
            m_totalWidth = qMax(m_totalWidth, QFontMetricsF(m_bold).horizontalAdvance(totalText(image)));
        m_totalWidth *= 1.25; // an SVG's reader may have a wider font
        m_plot = QRectF(2, 0, qMax(120.0, settings.width - 4 - m_totalWidth - space::s), 0);
    }

    ChartLayout build()
    {
        qint64 smallest = 0;
        qint64 largest = 0;
        for (const image::ImageSizes &image : m_images) {
            const qint64 bytes = barBytes(image);
            largest = qMax(largest, bytes);
            if (bytes > 0)
                smallest = smallest == 0 ? bytes : qMin(smallest, bytes);
        }
        const ChartAxis axis(m_settings.scale, qMax<qint64>(1, smallest), largest,
                             qMax(2, int(m_plot.width() / 110)));
        qreal y = space::xs;
        for (std::size_t i = 0; i < m_images.size(); ++i)
            y = addBar(int(i), y, axis) + rowGap;
        addAxis(axis, y - rowGap / 2);
        return std::move(m_layout);
    }

private:
    static QString totalText(const image::ImageSizes &image) { return base::sizeInWords(barBytes(image)); }

    qreal addBar(int index, qreal y, const ChartAxis &axis)
    {
        const image::ImageSizes &image = m_images[std::size_t(index)];
        const QFontMetricsF bold(m_bold);
        const qreal nameHeight = std::ceil(bold.height());
        const QString name = bold.elidedText(image.reference, Qt::ElideMiddle, m_plot.width() * 0.7);
        const qreal nameWidth = bold.horizontalAdvance(name);
        m_layout.labels.push_back({QRectF(m_plot.left(), y, nameWidth + 4, nameHeight),
                                   Qt::AlignLeft | Qt::AlignVCenter,
                                   name,
                                   {Role::Text, 0},
                                   true,
                                   false});
        qreal after = m_plot.left() + nameWidth + space::s;
        if (const QString badge = image::standInBadge(image); !badge.isEmpty()) {
            const qreal width = QFontMetricsF(m_small).horizontalAdvance(badge) + 14;
            m_layout.labels.push_back({.rect = QRectF(after, y, width, nameHeight),
                                       .alignment = Qt::AlignCenter,
                                       .text = badge,
                                       .paint = {Role::StandIn, 0},
                                       .small = true,
                                       .isPill = true,
                                       .follows = true});
            after += width + space::s;
        }
        addSummary(image, QRectF(after, y, m_plot.right() + m_totalWidth - after, nameHeight));

        const qreal barTop = y + nameHeight + space::xs;
        const qreal length = qMax(2.0, axis.shareOf(barBytes(image)) * m_plot.width());
        addSegments(index, QRectF(m_plot.left(), barTop, length, barHeight));
        m_layout.labels.push_back(
            {QRectF(m_plot.left() + length + space::s, barTop, m_totalWidth + 2, barHeight),
             Qt::AlignLeft | Qt::AlignVCenter,
             totalText(image),
             {Role::Text, 0},
             true,
             false});
        return barTop + barHeight + tickHeight + 2;
    }

    void addSummary(const image::ImageSizes &image, const QRectF &room)
    {
        qsizetype empty = 0;
        for (const image::Layer &layer : image.layers)
            empty += layer.sizeBytes == 0 ? 1 : 0;
        const auto filled = qsizetype(image.layers.size()) - empty;
        QString text = filled == 1 ? tr("1 layer") : tr("%1 layers").arg(filled);
        if (empty > 0)
            text += u" · "_s + tr("%1 empty").arg(empty);
        if (image.totalBytes > 0 && std::abs(image.totalBytes - barBytes(image)) > barBytes(image) / 100)
            text += u" · "_s + tr("%1 as the engine stores it").arg(base::sizeInWords(image.totalBytes));
        if (QFontMetricsF(m_small).horizontalAdvance(text) < room.width())
            m_layout.labels.push_back({.rect = room,
                                       .alignment = Qt::AlignLeft | Qt::AlignVCenter,
                                       .text = text,
                                       .paint = {Role::Quiet, 0},
                                       .small = true,
                                       .follows = true});
    }

    void addSegments(int imageIndex, const QRectF &bar)
    {
        const image::ImageSizes &image = m_images[std::size_t(imageIndex)];
        const std::vector<qreal> widths = segmentWidths(image.layers, bar.width());
        const QFontMetricsF small(m_small);
        qreal x = bar.left();
        qreal tickX = bar.left();
        for (std::size_t i = 0; i < image.layers.size(); ++i) {
            const image::Layer &layer = image.layers[i];
            ChartLayout::Segment segment;
            segment.image = imageIndex;
            segment.layer = int(i);
            segment.description = layerDescription(image, int(i));
            if (widths[i] <= 0) {
                segment.isEmpty = true;
                segment.fill = {Role::Quiet, 0};
                segment.rect = QRectF(qMax(x, tickX), bar.bottom() + 2, 3, tickHeight);
                tickX = segment.rect.left() + tickPitch;
            } else {
                // A hairline of ground between neighbours; tiny ones keep what they have.
                segment.rect =
                    QRectF(x, bar.top(), widths[i] > 4 ? widths[i] - 1 : widths[i] - 0.5, bar.height());
                segment.hatched = layer.fromBase;
                segment.fill = layer.fromBase ? ChartPaint{Role::Base, 0}
                                              : ChartPaint{Role::Series, m_series.indexOf(layer.instruction)};
                segment.label = segmentLabel(layer, int(i), segment.rect.width(), small);
                x += widths[i];
            }
            m_layout.segments.push_back(segment);
        }
    }

    void addAxis(const ChartAxis &axis, qreal bottom)
    {
        const QFontMetricsF small(m_small);
        const qreal labelHeight = std::ceil(small.height());
        qreal taken = -1e9;
        for (const ChartAxis::Tick &tick : axis.ticks()) {
            const qreal x = m_plot.left() + axis.shareOf(tick.bytes) * m_plot.width();
            m_layout.lines.push_back(
                {QLineF(x, tick.isLabelled ? 2 : bottom - 4, x, bottom), {Role::Grid, 0}});
            if (!tick.isLabelled)
                continue;
            const QString text = tick.bytes == 0 ? QStringLiteral("0") : base::sizeInWords(tick.bytes);
            const qreal width = small.horizontalAdvance(text);
            const qreal left = qMax(m_plot.left(), x - width / 2);
            if (left < taken)
                continue;
            m_layout.labels.push_back({QRectF(left - 4, bottom + 2, width + 8, labelHeight),
                                       Qt::AlignCenter,
                                       text,
                                       {Role::Quiet, 0},
                                       false,
                                       true});
            taken = left + width + space::s;
        }
        m_layout.lines.push_back({QLineF(m_plot.left(), bottom, m_plot.right(), bottom), {Role::Grid, 0}});
        m_layout.size = QSizeF(m_settings.width, bottom + 2 + labelHeight + 2);
    }

    const std::vector<image::ImageSizes> &m_images;
    ChartSettings m_settings;
    QFont m_bold;
    QFont m_small;
    QRectF m_plot;
    qreal m_totalWidth = 0;
    SeriesOfInstructions m_series;
    ChartLayout m_layout;
};

}

qint64 barBytes(const image::ImageSizes &image)
{
    const qint64 sum = image.layerBytes();
    return sum > 0 ? sum : image.totalBytes;
}

QString layerDescription(const image::ImageSizes &image, int index)
{
    const image::Layer &layer = image.layers[std::size_t(index)];
    const QString what = layer.instruction.isEmpty() ? layer.createdBy : layer.instruction;
    const QString size = layer.sizeBytes == 0 ? tr("no bytes")
                                              : tr("%1 (%2)").arg(base::sizeInWords(layer.sizeBytes),
                                                                  base::exactSize(layer.sizeBytes));
    if (layer.fromBase)
        return tr("%1: %2, from the base image").arg(what, size);
    if (layer.row > 0)
        return tr("%1: %2, line %3 of the Dockerfile").arg(what, size).arg(layer.row);
    return tr("%1: %2").arg(what, size);
}

QString scaleExplanation(ChartScale scale)
{
    return scale == ChartScale::Linear ? tr("Linear: a length twice as long is twice as many bytes. Tiny "
                                            "layers are drawn 3 pixels wide.")
                                       : tr("Logarithmic: each step of the grid is ten times as much. A bar "
                                            "ends at its image's size; its "
                                            "segments share that length in proportion to their bytes, so "
                                            "compare segments within a bar only.");
}

int ChartLayout::segmentAt(QPointF point) const
{
    int nearest = -1;
    qreal nearestDistance = 3; // ticks and slivers are hard to hit exactly
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const QRectF &r = segments[i].rect;
        if (r.contains(point))
            return int(i);
        const qreal dx = qMax(qMax(r.left() - point.x(), point.x() - r.right()), 0.0);
        const qreal dy = qMax(qMax(r.top() - point.y(), point.y() - r.bottom()), 0.0);
        if (const qreal distance = std::hypot(dx, dy); distance < nearestDistance) {
            nearestDistance = distance;
            nearest = int(i);
        }
    }
    return nearest;
}

int ChartLayout::segmentOf(int image, int layer) const
{
    const auto it = std::ranges::find_if(
        segments, [&](const Segment &segment) { return segment.image == image && segment.layer == layer; });
    return it == segments.end() ? -1 : int(it - segments.begin());
}

ChartLayout layOutChart(const std::vector<image::ImageSizes> &images, const ChartSettings &settings)
{
    return Builder(images, settings).build();
}

}
