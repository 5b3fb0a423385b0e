// SPDX-License-Identifier: Apache-2.0
#include "build/timelineview.h"

#include "base/units.h"
#include "build/buildmodel.h"
#include "theme/theme.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;
using engine::Timeline;

namespace {

constexpr qreal barHeight = 22;
constexpr qreal barGap = 3;
constexpr qreal leastBarWidth = 4;
constexpr qreal titleShare = 0.24;

/// Speaks the current bar, as it changes, to a screen reader.
class AccessibleTimeline final : public QAccessibleWidget
{
public:
    explicit AccessibleTimeline(TimelineView *view)
        : QAccessibleWidget(view, QAccessible::Chart)
    {}

    QString text(QAccessible::Text kind) const override
    {
        const auto *view = static_cast<const TimelineView *>(widget());
        if (kind == QAccessible::Name && !view->currentDescription().isEmpty())
            return view->currentDescription();
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *view = qobject_cast<TimelineView *>(object);
    return view ? new AccessibleTimeline(view) : nullptr;
}

QString titleOf(const Timeline::Lane &lane)
{
    if (lane.stage.isEmpty())
        return TimelineView::tr("the engine itself");
    return lane.platform.isEmpty() ? lane.stage : lane.stage + u"  "_s + lane.platform;
}

}

TimelineView::TimelineView(QWidget *parent)
    : QWidget(parent)
{
    QAccessible::installFactory(makeAccessible);
    setAccessibleName(tr("Timeline of the build"));
    setAccessibleDescription(
        tr("Left and right walk the steps, up and down the stages, Enter goes to the line."));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
}

void TimelineView::setTimeline(Timeline timeline)
{
    if (timeline == m_timeline)
        return;
    m_timeline = std::move(timeline);
    place();
    if (!placedOf(m_current))
        m_current.clear();
    updateGeometry();
    update();
}

void TimelineView::setCurrentStep(const QString &id)
{
    if (m_current == id)
        return;
    m_current = id;
    update();
    Q_EMIT currentChanged(id);
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

QString TimelineView::currentDescription() const
{
    const PlacedBar *placed = placedOf(m_current);
    return placed ? describe(*placed) : QString();
}

const Timeline::Bar &TimelineView::barOf(const PlacedBar &placed) const
{
    return m_timeline.lanes[std::size_t(placed.lane)].bars[std::size_t(placed.bar)];
}

const TimelineView::PlacedBar *TimelineView::placedOf(const QString &id) const
{
    const auto found =
        std::ranges::find_if(m_bars, [&](const PlacedBar &placed) { return barOf(placed).step == id; });
    return found == m_bars.end() ? nullptr : &*found;
}

// Thin bars are hard to hit: the nearest within a few pixels counts.
const TimelineView::PlacedBar *TimelineView::barAt(QPointF position) const
{
    constexpr qreal reach = 4;
    const PlacedBar *best = nullptr;
    for (const PlacedBar &placed : m_bars) {
        if (placed.rect.adjusted(-reach, 0, reach, 0).contains(position) &&
            (!best || placed.rect.contains(position)))
            best = &placed;
    }
    return best;
}

QString TimelineView::describe(const PlacedBar &placed) const
{
    const Timeline::Bar &bar = barOf(placed);
    const QString text =
        tr("%1: %2, %3, %4, begun after %5")
            .arg(titleOf(m_timeline.lanes[std::size_t(placed.lane)]), bar.title,
                 BuildModel::stateInWords(bar.state), base::durationInWords(bar.end - bar.start),
                 base::durationInWords(bar.start));
    return bar.isCritical ? tr("%1; the build waited for it").arg(text) : text;
}

qreal TimelineView::xOf(Timeline::Time time) const
{
    if (m_timeline.total.count() <= 0)
        return m_plot.left();
    return m_plot.left() + m_plot.width() * qreal(time.count()) / qreal(m_timeline.total.count());
}

// The engine's own steps overlap in time and get rows of their own; those of a stage follow each other, so
// that bars too short to be seen stand side by side.
void TimelineView::place()
{
    m_lanes.clear();
    m_bars.clear();
    const qreal titles = std::clamp(width() * titleShare, 90.0, 220.0);
    const qreal axis = QFontMetricsF(smallFont(font())).height() + space::s;
    m_plot = QRectF(titles, axis, std::max(40.0, width() - titles - space::l), 0);
    qreal y = axis;
    for (std::size_t lane = 0; lane < m_timeline.lanes.size(); ++lane) {
        const auto &bars = m_timeline.lanes[lane].bars;
        std::vector<qreal> rowEnds;
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const bool isStage = !m_timeline.lanes[lane].stage.isEmpty();
            qreal x = xOf(bars[i].start);
            if (isStage && !rowEnds.empty())
                x = std::max(x, rowEnds.front() + 1);
            const qreal right = std::max(xOf(bars[i].end), x + leastBarWidth);
            auto row = std::ranges::find_if(rowEnds, [&](qreal end) { return end <= x + 0.5; });
            if (row == rowEnds.end())
                row = rowEnds.insert(row, 0);
            *row = right;
            const qreal top = y + space::xs + qreal(row - rowEnds.begin()) * (barHeight + barGap);
            m_bars.push_back({.rect = {x, top, right - x, barHeight}, .lane = int(lane), .bar = int(i)});
        }
        const qreal height = qreal(rowEnds.size()) * (barHeight + barGap) - barGap + 2 * space::xs;
        m_lanes.push_back({.rect = {0, y, qreal(width()), height}, .title = titleOf(m_timeline.lanes[lane])});
        y += height;
    }
    m_plot.setBottom(y);
}

QSize TimelineView::sizeHint() const
{
    return {480, int(std::ceil(m_plot.bottom())) + space::s};
}

QSize TimelineView::minimumSizeHint() const
{
    return {260, int(std::ceil(m_plot.bottom())) + space::s};
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        if (const PlacedBar *placed = barAt(help->pos()))
            QToolTip::showText(help->globalPos(), describe(*placed), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void TimelineView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        place();
        updateGeometry();
    }
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    const PlacedBar *placed = barAt(event->position());
    setCurrentStep(placed ? barOf(*placed).step : QString());
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const PlacedBar *placed = barAt(event->position()))
        Q_EMIT stepActivated(barOf(*placed).step);
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current.isEmpty() && !m_bars.empty() && event->reason() != Qt::MouseFocusReason)
        setCurrentStep(barOf(m_bars.front()).step);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return walk(-1, 0);
    case Qt::Key_Right:
        return walk(1, 0);
    case Qt::Key_Up:
        return walk(0, -1);
    case Qt::Key_Down:
        return walk(0, 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_current.isEmpty())
            Q_EMIT stepActivated(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

// Along a lane by time; to another lane, to the bar that is nearest in time.
void TimelineView::walk(int bars, int lanes)
{
    if (m_bars.empty())
        return;
    const PlacedBar *at = placedOf(m_current);
    if (!at)
        return setCurrentStep(barOf(m_bars.front()).step);
    const int lane = std::clamp(at->lane + lanes, 0, int(m_timeline.lanes.size()) - 1);
    const auto &row = m_timeline.lanes[std::size_t(lane)].bars;
    if (lane == at->lane) {
        const int bar = std::clamp(at->bar + bars, 0, int(row.size()) - 1);
        return setCurrentStep(row[std::size_t(bar)].step);
    }
    const auto begin = barOf(*at).start;
    const auto nearest = std::ranges::min_element(
        row, {}, [begin](const Timeline::Bar &bar) { return std::chrono::abs(bar.start - begin); });
    setCurrentStep(nearest->step);
}

}
