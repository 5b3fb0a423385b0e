// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/imagesizes.h"

#include <QFont>
#include <QLineF>
#include <QRectF>

#include <vector>

namespace ui {

enum class ChartScale : quint8 {
    Linear,
    Log ///< a bar ends at the logarithm of its image's size; its segments share that length in proportion to
        ///< bytes
};

struct ChartSettings
{
    ChartScale scale = ChartScale::Linear;
    qreal width = 640;
    QFont font;
};

/// What something of a chart is painted in; a scheme gives it a colour, a style sheet a variable.
struct ChartPaint
{
    enum class Role : quint8 { Text, Quiet, Grid, Base, BaseLine, Series, SeriesText, StandIn, StandInSoft };
    Role role = Role::Text;
    int index = 0; ///< of the series
};

/// The bars of several images as a list of shapes: the same for the screen, for PNG, SVG and the HTML report.
struct ChartLayout
{
    /// One layer. Empty layers are short ticks below the bar.
    struct Segment
    {
        int image = -1;
        int layer = -1;
        QRectF rect;
        bool isEmpty = false;
        ChartPaint fill;
        bool hatched = false; ///< of the base image: told apart without colour
        QString label;        ///< empty where it does not fit
        QString description;  ///< whole, for tooltips and screen readers
    };
    struct Label
    {
        QRectF rect;
        Qt::Alignment alignment;
        QString text;
        ChartPaint paint;
        bool bold = false;
        bool small = false;
        bool isPill = false;  ///< on a rounded ground
        bool follows = false; ///< stands in one line with the label before: SVG, whose reader has a font of
                              ///< its own, lets it flow
    };
    struct Line
    {
        QLineF line;
        ChartPaint paint;
    };

    QSizeF size;
    std::vector<Line> lines;
    std::vector<Segment> segments; ///< image by image, oldest layer first
    std::vector<Label> labels;

    /// Index of the segment below or nearest to a point; -1.
    [[nodiscard]] int segmentAt(QPointF point) const;
    [[nodiscard]] int segmentOf(int image, int layer) const;
};

/// Pure: the same images, settings and fonts give the same shapes.
ChartLayout layOutChart(const std::vector<image::ImageSizes> &images, const ChartSettings &settings);

/// What a bar's length stands for: the layers' sum, or the image's size where an engine lists no layers.
qint64 barBytes(const image::ImageSizes &image);

/// "RUN go build, 5.1 MB (5,123,456 bytes), line 7", "..., from the base image".
QString layerDescription(const image::ImageSizes &image, int layer);

/// One sentence that says what the lengths mean.
QString scaleExplanation(ChartScale scale);

}
