// SPDX-License-Identifier: Apache-2.0
// How the timeline looks: axis, lanes, bars.
#include "base/units.h"
#include "build/timelineview.h"
#include "theme/theme.h"

#include <QPainter>
#include <QPaintEvent>

#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;
using engine::Timeline;
using State = engine::BuildStep::State;

namespace {

struct BarLook
{
    QColor ground;
    QColor border;
    QString icon; ///< state is never told by colour alone
};

BarLook lookOf(State state, const ThemeColors &colors)
{
    switch (state) {
    case State::Waiting:
    case State::Cached:
        return {colors.panel, colors.textQuiet, u"cached"_s};
    case State::Running:
        return {colors.accentSoft, colors.accent, u"running"_s};
    case State::Done:
        return {colors.successSoft, colors.success, u"ok"_s};
    case State::Failed:
        return {colors.dangerSoft, colors.danger, u"failed"_s};
    case State::Cancelled:
        return {colors.warningSoft, colors.warning, u"cancelled"_s};
    }
    Q_UNREACHABLE_RETURN({});
}

// 1, 2 or 5 times a power of ten, so that about `count` fit into `total`.
Timeline::Time roundStep(Timeline::Time total, int count)
{
    const double rough = double(total.count()) / std::max(1, count);
    const double power = std::pow(10, std::floor(std::log10(std::max(1.0, rough))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * power)
            return Timeline::Time(qint64(factor * power));
    }
    return Timeline::Time(qint64(10 * power));
}

}

void TimelineView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), colorsFor(this).panel);
    for (const PlacedLane &lane : m_lanes)
        paintLane(painter, lane);
    paintAxis(painter);
    for (const PlacedBar &placed : m_bars) {
        if (placed.rect.adjusted(-4, -4, 4, 4).intersects(event->rect()))
            paintBar(painter, placed);
    }
}

void TimelineView::paintAxis(QPainter &painter) const
{
    if (m_timeline.total.count() <= 0)
        return;
    const ThemeColors &colors = colorsFor(this);
    painter.setFont(smallFont(font()));
    const QFontMetricsF metrics(painter.font());
    const auto step = roundStep(m_timeline.total, int(m_plot.width() / 90));
    for (Timeline::Time time{0}; time <= m_timeline.total; time += step) {
        const qreal x = std::round(xOf(time)) + 0.5;
        painter.setPen(colors.line);
        painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
        const QString text = time.count() == 0 ? u"0"_s : base::durationInWords(time);
        const qreal left = std::min(x + 2, width() - metrics.horizontalAdvance(text) - 2);
        painter.setPen(colors.textQuiet);
        painter.drawText(QPointF(left, m_plot.top() - space::xs), text);
    }
}

void TimelineView::paintLane(QPainter &painter, const PlacedLane &lane) const
{
    const ThemeColors &colors = colorsFor(this);
    painter.setPen(colors.line);
    painter.drawLine(lane.rect.topLeft() + QPointF(0, 0.5), lane.rect.topRight() + QPointF(0, 0.5));
    painter.setPen(colors.text);
    painter.setFont(font());
    const QRectF place(space::m, lane.rect.top(), m_plot.left() - space::m - space::s, lane.rect.height());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(lane.title, Qt::ElideRight, int(place.width())));
}

void TimelineView::paintBar(QPainter &painter, const PlacedBar &placed) const
{
    const ThemeColors &colors = colorsFor(this);
    const Timeline::Bar &bar = barOf(placed);
    const BarLook look = lookOf(bar.state, colors);
    const QRectF box = placed.rect.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(look.border, 1, bar.state == State::Cached ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(look.ground);
    painter.drawRoundedRect(box, 3, 3);
    if (bar.isCritical)
        painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 3), colors.accent);
    if (bar.step == m_current) {
        painter.setPen(QPen(colors.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 4, 4);
    }
    const QRectF inner = placed.rect.adjusted(space::xs, 0, -space::xs, -1);
    if (inner.width() < iconsize::small)
        return;
    const QRectF iconPlace(inner.left(), inner.center().y() - iconsize::small / 2.0, iconsize::small,
                           iconsize::small);
    paintIcon(&painter, iconPlace, look.icon, look.border);
    const QRectF words = inner.adjusted(iconsize::small + space::xs, 0, 0, 0);
    constexpr int leastWords = 24;
    if (words.width() < leastWords)
        return;
    painter.setPen(colors.text);
    painter.setFont(smallFont(font()));
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(bar.title, Qt::ElideRight, int(words.width())));
}

}
