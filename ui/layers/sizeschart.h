// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/chartlayout.h"

#include <QWidget>

namespace ui {

/// The bars of one or several images. Arrows walk the segments, Enter goes to the line that made one, Delete
/// takes an image away that was put beside the first.
class SizesChart : public QWidget
{
    Q_OBJECT

public:
    explicit SizesChart(QWidget *parent = nullptr);

    void setImages(std::vector<image::ImageSizes> images);
    [[nodiscard]] const std::vector<image::ImageSizes> &images() const { return m_images; }
    void setScale(ChartScale scale);
    [[nodiscard]] ChartScale scale() const { return m_scale; }
    [[nodiscard]] const ChartLayout &chart() const { return m_chart; }

    /// The segment that keys act on; -1, -1: none.
    void setCurrent(int image, int layer);
    [[nodiscard]] QString currentDescription() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void currentChanged(int image, int layer);
    void layerActivated(int image, int layer);
    void imageRemoved(int image);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void relayout();
    void moveCurrent(int segment);
    void moveToBar(int step);
    [[nodiscard]] ChartLayout layoutFor(int width) const;
    [[nodiscard]] int segmentUnder(QPointF position) const;

    std::vector<image::ImageSizes> m_images;
    ChartScale m_scale = ChartScale::Linear;
    ChartLayout m_chart;
    int m_current = -1;
    int m_hovered = -1;
};

}
