// SPDX-License-Identifier: Apache-2.0
#include "build/timelinepage.h"

#include "base/units.h"
#include "build/timelineview.h"
#include "theme/theme.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"

#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using engine::Timeline;

namespace {

QString factsOf(const Timeline &timeline)
{
    QStringList facts{TimelinePage::tr("%1 in all").arg(base::durationInWords(timeline.total))};
    const QString steps = base::durationInWords(timeline.stepTime);
    if (timeline.stepTime > timeline.total && steps != base::durationInWords(timeline.total))
        facts += TimelinePage::tr("%1 of steps, partly beside each other").arg(steps);
    if (const auto ratio = timeline.hitRatio()) {
        facts += TimelinePage::tr("%1 of %2 steps from the cache (%3 %)")
                     .arg(timeline.cachedCount)
                     .arg(timeline.countedCount)
                     .arg(qRound(*ratio * 100));
    }
    if (timeline.savedKnown > 0)
        facts += TimelinePage::tr("about %1 saved by it").arg(base::durationInWords(timeline.saved));
    return facts.join(u" · "_s);
}

// The longest steps of the path say what to make faster.
QString criticalInWords(const Timeline &timeline)
{
    std::vector<const Timeline::Bar *> bars;
    Timeline::Time sum{0};
    for (const Timeline::Lane &lane : timeline.lanes) {
        for (const Timeline::Bar &bar : lane.bars) {
            if (bar.isCritical)
                bars.push_back(&bar);
        }
    }
    if (bars.empty())
        return {};
    std::ranges::sort(bars, std::greater(), [](const Timeline::Bar *bar) { return bar->end - bar->start; });
    for (const Timeline::Bar *bar : bars)
        sum += bar->end - bar->start;
    QStringList longest;
    constexpr std::size_t shown = 2;
    for (std::size_t i = 0; i < std::min(shown, bars.size()); ++i)
        longest +=
            u"%1 (%2)"_s.arg(bars[i]->title.left(60), base::durationInWords(bars[i]->end - bars[i]->start));
    if (bars.size() == 1)
        return TimelinePage::tr("The build waited for the underlined step: %1").arg(longest.front());
    return TimelinePage::tr("The build waited for %n underlined steps, longest: %1", "path", int(bars.size()))
        .arg(longest.join(u", "_s));
}

}

TimelinePage::TimelinePage(QWidget *parent)
    : QWidget(parent)
    , m_page(new QWidget(this))
    , m_empty(new EmptyState(u"recent"_s, tr("Nothing to time yet"),
                             tr("Each stage gets a lane here as soon as its first step begins."), this))
    , m_summary(new ElidedLabel({}, Qt::ElideRight, this))
    , m_critical(new QuietLabel({}, this))
    , m_misses(new QVBoxLayout)
    , m_view(new TimelineView(this))
{
    m_misses->setSpacing(space::xs);
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(m_view);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusProxy(m_view);
    scroll->setMinimumHeight(2 * space::xl); // in a low dock the words have their lines first

    auto *words = new QVBoxLayout;
    words->setContentsMargins(space::m, space::s, space::m, space::s);
    words->setSpacing(space::xs);
    words->addWidget(m_summary);
    words->addWidget(m_critical);
    words->addLayout(m_misses);
    auto *layout = new QVBoxLayout(m_page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(words);
    layout->addWidget(scroll, 1);
    auto *stack = new QStackedLayout(this);
    stack->addWidget(m_empty);
    stack->addWidget(m_page);
}

void TimelinePage::setTimeline(const Timeline &timeline)
{
    m_view->setTimeline(timeline);
    showSummary();
}

void TimelinePage::setMisses(const std::vector<MissNote> &misses)
{
    while (QLayoutItem *item = m_misses->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const MissNote &miss : misses) {
        auto *label = new QLabel(this);
        label->setWordWrap(true);
        label->setTextFormat(Qt::RichText);
        label->setTextInteractionFlags(Qt::TextBrowserInteraction);
        QString text = miss.text.toHtmlEscaped();
        if (miss.row > 0)
            text = tr("%1 (<a href=\"%2\">line %2</a>)").arg(text).arg(miss.row);
        label->setText(text);
        connect(label, &QLabel::linkActivated, this,
                [this](const QString &row) { Q_EMIT rowActivated(row.toInt()); });
        m_misses->addWidget(label);
    }
}

QString TimelinePage::summary() const
{
    return m_summary->text();
}

void TimelinePage::showSummary()
{
    const Timeline &timeline = m_view->timeline();
    auto *stack = static_cast<QStackedLayout *>(layout());
    stack->setCurrentWidget(timeline.lanes.empty() ? static_cast<QWidget *>(m_empty) : m_page);
    m_summary->setText(factsOf(timeline));
    const QString critical = criticalInWords(timeline);
    m_critical->setText(critical);
    m_critical->setVisible(!critical.isEmpty());
}

}
