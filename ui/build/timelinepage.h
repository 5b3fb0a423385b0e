// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/timeline.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

class ElidedLabel;
class EmptyState;
class QuietLabel;
class TimelineView;

/// One sentence on why a step ran instead of coming from the cache, and its row in the Dockerfile that was
/// built; 0: none.
struct MissNote
{
    QString text;
    int row = 0;
    friend bool operator==(const MissNote &, const MissNote &) = default;
};

/// The timeline with what can be read off it: total and step time, cache hits and what they were worth, and
/// why steps missed the cache.
class TimelinePage : public QWidget
{
    Q_OBJECT

public:
    explicit TimelinePage(QWidget *parent = nullptr);

    void setTimeline(const engine::Timeline &timeline);
    void setMisses(const std::vector<MissNote> &misses);
    [[nodiscard]] TimelineView *view() const { return m_view; }
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    /// A miss's place was asked for.
    void rowActivated(int row);

private:
    void showSummary();

    QWidget *m_page;
    EmptyState *m_empty;
    ElidedLabel *m_summary;
    QuietLabel *m_critical;
    QVBoxLayout *m_misses;
    TimelineView *m_view;
};

}
