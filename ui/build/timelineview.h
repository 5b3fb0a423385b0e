// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/timeline.h"

#include <QWidget>

namespace ui {

/// A build over time: a lane a stage (and platform), a bar a step; those that the whole build waited for are
/// underlined. Left and right walk the bars, up and down the lanes, Enter goes to the step's line.
class TimelineView : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);

    void setTimeline(engine::Timeline timeline);
    [[nodiscard]] const engine::Timeline &timeline() const { return m_timeline; }

    /// The step whose bar has the keyboard; empty: none.
    [[nodiscard]] QString currentStep() const { return m_current; }
    void setCurrentStep(const QString &id);
    /// "builder, RUN go build, done, 3.1 s, from 0.4 s; the build waited for it"
    [[nodiscard]] QString currentDescription() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(const QString &stepId);
    void stepActivated(const QString &stepId);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct PlacedBar
    {
        QRectF rect;
        int lane = 0;
        int bar = 0;
    };
    struct PlacedLane
    {
        QRectF rect;
        QString title;
    };

    void place();
    void paintAxis(QPainter &painter) const;
    void paintLane(QPainter &painter, const PlacedLane &lane) const;
    void paintBar(QPainter &painter, const PlacedBar &placed) const;
    void walk(int bars, int lanes);
    [[nodiscard]] const engine::Timeline::Bar &barOf(const PlacedBar &placed) const;
    [[nodiscard]] const PlacedBar *placedOf(const QString &id) const;
    [[nodiscard]] const PlacedBar *barAt(QPointF position) const;
    [[nodiscard]] QString describe(const PlacedBar &placed) const;
    [[nodiscard]] qreal xOf(engine::Timeline::Time time) const;

    engine::Timeline m_timeline;
    QString m_current;
    std::vector<PlacedLane> m_lanes;
    std::vector<PlacedBar> m_bars;
    QRectF m_plot; ///< where time 0 to total lies
};

}
