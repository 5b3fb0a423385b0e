// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildlog.h"
#include "engine/buildevents.h"
#include "engine/timeline.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListView;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace ui {

class BuildModel;
class EmptyState;
class LogView;
class NoticeBar;
class QuietLabel;
class TimelinePage;
struct MissNote;

/// One build as it runs: its steps with their state and time on the left, what they write on the right.
class BuildPanel : public QWidget
{
    Q_OBJECT

public:
    explicit BuildPanel(QWidget *parent = nullptr);

    /// As before the first build.
    void clear();
    /// Clears what was shown. `title` says what is built: "hello:dev".
    void beginBuild(const QString &title);
    void stepChanged(const engine::BuildStep &step);
    void appendLog(const QString &stepId, const QString &text);
    /// The engine has said nothing for so long; 0: it speaks again.
    void setEngineSilent(std::chrono::seconds time);
    void finish(const engine::BuildOutcome &outcome);
    /// What steps took when they last ran, by BuildStep::name: the cache's worth is told from it.
    void setKnownTimes(const QHash<QString, engine::Timeline::Time> &times);
    /// Why steps of the build that is shown ran; beginBuild() forgets them.
    void setMisses(const std::vector<MissNote> &misses);

    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] BuildModel *model() const { return m_model; }
    [[nodiscard]] LogView *logView() const { return m_log; }
    [[nodiscard]] TimelinePage *timelinePage() const { return m_timeline; }
    [[nodiscard]] QListView *steps() const { return m_steps; }
    [[nodiscard]] const engine::BuildStep *currentStep() const; ///< null without
    /// The whole log; see BuildLog::saveTo().
    base::Result<void> saveLog(const QString &path);

Q_SIGNALS:
    void cancelRequested();
    void stepActivated(const QString &stage, int position, const QString &instruction);
    /// The row that a failed build's message, or a cache miss, names was clicked.
    void rowActivated(int row);
    /// The empty panel's button.
    void buildRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class StateLine;

    void placeSteps();
    QWidget *makeHeader();
    QWidget *makePage();
    void refreshHeader();
    void refreshTimeline();
    void activate(const engine::BuildStep *step);
    void showSelected();
    void showAll();
    void showStep(const QString &id);
    void askWhereToSave();
    [[nodiscard]] QString droppedNote(const QString &id) const;

    BuildModel *m_model;
    BuildLog m_texts;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QLabel *m_icon;
    QLabel *m_headline;
    QuietLabel *m_facts;
    QPushButton *m_cancel;
    StateLine *m_line;
    NoticeBar *m_notice;
    QListView *m_steps;
    LogView *m_log;
    TimelinePage *m_timeline;
    QSplitter *m_split = nullptr;
    QTabWidget *m_details; ///< log and timeline; where there is no room beside them, the steps too

    QHash<QString, engine::Timeline::Time> m_knownTimes;
    QString m_title;
    QString m_shownStep; ///< empty: all
    bool m_running = false;
    bool m_cancelling = false;
    std::chrono::seconds m_silence{0};
    engine::BuildOutcome m_outcome;
    QElapsedTimer m_elapsed;
    QTimer m_tick;
};

}
