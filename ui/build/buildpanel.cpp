// SPDX-License-Identifier: Apache-2.0
#include "build/buildpanel.h"

#include "base/units.h"
#include "build/buildmodel.h"
#include "build/logview.h"
#include "build/stepdelegate.h"
#include "build/timelinepage.h"
#include "build/timelineview.h"
#include "theme/theme.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"
#include "widgets/progressline.h"

#include <QFileDialog>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

/// The thin line below the header: how many steps ended, wandering before the first is known.
class BuildPanel::StateLine final : public QWidget
{
public:
    explicit StateLine(QWidget *parent)
        : QWidget(parent)
    {
        setFixedHeight(3);
    }
    void setShare(qreal share, bool running)
    {
        m_share = share;
        m_running = running;
        m_phase += 0.05;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (m_running)
            paintProgressBar(&painter, rect(), m_share, palette(), m_phase);
        else
            painter.fillRect(0, height() - 1, width(), 1, colorsFor(this).line);
    }

private:
    qreal m_share = 0;
    qreal m_phase = 0;
    bool m_running = false;
};

BuildPanel::BuildPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new BuildModel(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(
          u"build"_s, tr("No build yet"),
          tr("Build the design, and its steps appear here with their time, their log and what came "
             "from the cache."),
          this))
    , m_icon(new QLabel(this))
    , m_headline(new QLabel(this))
    , m_facts(new QuietLabel({}, this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_line(new StateLine(this))
    , m_notice(new NoticeBar(this))
    , m_steps(new QListView(this))
    , m_log(new LogView(this))
    , m_timeline(new TimelinePage(this))
    , m_details(new QTabWidget(this))
{
    m_steps->setModel(m_model);
    m_steps->setItemDelegate(new StepDelegate(m_steps));
    m_steps->setUniformItemSizes(true);
    m_steps->setFrameShape(QFrame::NoFrame);
    m_steps->setAccessibleName(tr("Build steps"));
    m_steps->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    m_pages->addWidget(m_empty);
    m_pages->addWidget(makePage());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    m_empty->setActionText(tr("Build the image"));

    m_tick.setInterval(200ms);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_model->tick();
        refreshHeader();
        refreshTimeline();
    });
    connect(m_empty, &EmptyState::actionRequested, this, &BuildPanel::buildRequested);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancelling = true;
        refreshHeader();
        Q_EMIT cancelRequested();
    });
    connect(m_steps->selectionModel(), &QItemSelectionModel::currentChanged, this, &BuildPanel::showSelected);
    connect(m_steps, &QListView::activated, this,
            [this](const QModelIndex &index) { activate(m_model->step(index)); });
    connect(m_timeline->view(), &TimelineView::stepActivated, this,
            [this](const QString &id) { activate(m_model->step(m_model->indexOf(id))); });
    connect(m_timeline->view(), &TimelineView::currentChanged, this,
            [this](const QString &id) { m_steps->setCurrentIndex(m_model->indexOf(id)); });
    connect(m_details, &QTabWidget::currentChanged, this, &BuildPanel::refreshTimeline);
    connect(m_timeline, &TimelinePage::rowActivated, this, &BuildPanel::rowActivated);
    connect(m_log, &LogView::allStepsRequested, this, [this](bool all) { all ? showAll() : showSelected(); });
    connect(m_log, &LogView::saveRequested, this, &BuildPanel::askWhereToSave);
    connect(m_log, &LogView::refreshRequested, this, [this] { showStep(m_shownStep); });
    connect(m_notice, &NoticeBar::actionTriggered, this, [this] { Q_EMIT rowActivated(m_outcome.errorRow); });
}

QWidget *BuildPanel::makePage()
{
    m_details->setDocumentMode(true);
    m_details->addTab(m_log, tr("Log"));
    m_details->addTab(m_timeline, tr("Timeline"));
    auto *split = m_split = new QSplitter(this);
    split->addWidget(m_steps);
    split->addWidget(m_details);
    split->setChildrenCollapsible(false);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_line);
    layout->addWidget(m_notice);
    layout->addWidget(split, 1);
    return page;
}

QWidget *BuildPanel::makeHeader()
{
    auto *header = new QWidget(this);
    m_headline->setFont(sectionFont(font()));
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setWordWrap(false);
    m_cancel->setIcon(icon(u"stop"_s));
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(space::m, space::xs + 2, space::s, space::xs + 2);
    layout->setSpacing(space::s);
    layout->addWidget(m_icon);
    layout->addWidget(m_headline);
    layout->addWidget(m_facts);
    layout->addStretch(1);
    layout->addWidget(m_cancel);
    header->setMinimumHeight(44);
    return header;
}

void BuildPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeSteps();
}

void BuildPanel::placeSteps()
{
    constexpr int roomForBoth = 520;
    const bool isNarrow = width() < roomForBoth;
    if (isNarrow == (m_details->indexOf(m_steps) >= 0))
        return;
    if (isNarrow) {
        m_details->addTab(m_steps, tr("Steps"));
    } else {
        m_details->removeTab(m_details->indexOf(m_steps));
        m_split->insertWidget(0, m_steps);
        m_split->setStretchFactor(0, 2);
        m_split->setStretchFactor(1, 3);
        m_steps->show();
    }
}

void BuildPanel::clear()
{
    m_running = false;
    m_tick.stop();
    m_model->clear();
    m_texts.clear();
    showAll();
    m_pages->setCurrentIndex(0);
}

void BuildPanel::beginBuild(const QString &title)
{
    m_title = title;
    m_running = true;
    m_cancelling = false;
    m_silence = 0s;
    m_outcome = {};
    m_model->clear();
    m_texts.clear();
    m_notice->hide();
    m_timeline->setMisses({});
    m_timeline->setTimeline({});
    m_pages->setCurrentIndex(1);
    m_log->allStepsAction()->setChecked(true);
    showAll();
    m_elapsed.start();
    m_tick.start();
    refreshHeader();
}

void BuildPanel::stepChanged(const engine::BuildStep &step)
{
    const bool atEnd = m_steps->verticalScrollBar()->value() >= m_steps->verticalScrollBar()->maximum() - 4;
    const int before = m_model->rowCount();
    m_texts.nameStep(step.id, step.name);
    m_model->upsert(step);
    if (atEnd && m_model->rowCount() > before && !m_steps->currentIndex().isValid())
        m_steps->scrollToBottom();
    refreshHeader();
}

void BuildPanel::appendLog(const QString &stepId, const QString &text)
{
    m_texts.append(stepId, text);
    if (m_shownStep.isEmpty() || m_shownStep == stepId)
        m_log->append(text);
}

void BuildPanel::setEngineSilent(std::chrono::seconds time)
{
    m_silence = time;
    refreshHeader();
}

void BuildPanel::finish(const engine::BuildOutcome &outcome)
{
    m_running = false;
    m_outcome = outcome;
    m_tick.stop();
    m_log->flush();
    m_model->endRunning();
    refreshHeader();
    refreshTimeline();
    if (outcome.succeeded() || outcome.error->kind == base::Error::Kind::Cancelled)
        return;
    m_notice->showError(*outcome.error);
    if (outcome.errorRow > 0)
        m_notice->addAction(u"row"_s, tr("Go to line %1").arg(outcome.errorRow));
    if (const QModelIndex failed = m_model->indexOf(outcome.failedStep); failed.isValid())
        m_steps->setCurrentIndex(failed);
}

void BuildPanel::setKnownTimes(const QHash<QString, engine::Timeline::Time> &times)
{
    m_knownTimes = times;
    refreshTimeline();
}

void BuildPanel::setMisses(const std::vector<MissNote> &misses)
{
    m_timeline->setMisses(misses);
}

void BuildPanel::refreshTimeline()
{
    if (m_timeline->isVisible() || !m_running)
        m_timeline->setTimeline(
            engine::timelineOf(m_model->allSteps(), m_knownTimes, QDateTime::currentDateTimeUtc()));
}

void BuildPanel::activate(const engine::BuildStep *step)
{
    if (step && !step->isInternal())
        Q_EMIT stepActivated(step->stage, step->position, step->instruction);
}

const engine::BuildStep *BuildPanel::currentStep() const
{
    return m_model->step(m_steps->currentIndex());
}

void BuildPanel::refreshHeader()
{
    const ThemeColors &colors = colorsFor(this);
    const BuildModel::Counts counts = m_model->counts();
    QString iconName = u"running"_s;
    QColor color = colors.accent;
    QString words =
        m_cancelling ? tr("Cancelling the build of %1").arg(m_title) : tr("Building %1").arg(m_title);
    if (m_running && m_silence > 0s) {
        iconName = u"problem-warning"_s;
        color = colors.warning;
        words =
            tr("The engine has said nothing for %1: waiting for it").arg(base::durationInWords(m_silence));
    }
    std::chrono::nanoseconds time = std::chrono::milliseconds(m_elapsed.isValid() ? m_elapsed.elapsed() : 0);
    if (!m_running) {
        const bool cancelled = m_outcome.error && m_outcome.error->kind == base::Error::Kind::Cancelled;
        iconName = m_outcome.succeeded() ? u"ok"_s : cancelled ? u"cancelled"_s : u"failed"_s;
        color = m_outcome.succeeded() ? colors.success : cancelled ? colors.warning : colors.danger;
        words = m_outcome.succeeded() ? tr("Built %1").arg(m_title)
                : cancelled           ? tr("The build of %1 was cancelled").arg(m_title)
                                      : tr("The build of %1 failed").arg(m_title);
        if (m_outcome.duration.count() > 0)
            time = m_outcome.duration;
    }
    QStringList facts{base::durationInWords(time)};
    if (counts.steps > 0) {
        facts.append(m_running ? tr("%1 of %2 steps").arg(counts.ended).arg(counts.steps)
                               : tr("%1 steps").arg(counts.steps));
        if (counts.cached > 0)
            facts.append(tr("%1 cached (%2 %)").arg(counts.cached).arg(qRound(100.0 * counts.cached / counts.steps)));
    }
    m_icon->setPixmap(iconPixmap(iconName, iconsize::toolbar, color, devicePixelRatioF()));
    m_headline->setText(words);
    m_facts->setText(facts.join(u" · "_s));
    m_cancel->setVisible(m_running);
    m_cancel->setEnabled(!m_cancelling);
    m_line->setShare(counts.steps > 0 ? qreal(counts.ended) / counts.steps : -1, m_running);
}

QString BuildPanel::droppedNote(const QString &id) const
{
    const qint64 dropped = m_texts.dropped(id);
    return dropped == 0 ? QString()
                        : tr("The first %1 of this log are not shown; \"Save\" writes all of it.")
                              .arg(base::sizeInWords(dropped));
}

void BuildPanel::showAll()
{
    m_steps->clearSelection();
    m_steps->setCurrentIndex({});
    showStep({});
}

void BuildPanel::showSelected()
{
    const engine::BuildStep *step = m_model->step(m_steps->currentIndex());
    m_log->allStepsAction()->setChecked(!step);
    showStep(step ? step->id : QString());
}

void BuildPanel::showStep(const QString &id)
{
    m_shownStep = id;
    const engine::BuildStep *step = m_model->step(m_model->indexOf(id));
    QString text = m_texts.text(id);
    // A failed step's own message belongs to what is read here, where the log only shows what the program
    // wrote.
    if (step && !step->error.isEmpty() && !text.contains(step->error))
        text += (text.isEmpty() || text.endsWith(u'\n') ? u""_s : u"\n"_s) + u"\x1b[31m"_s + step->error +
                u"\x1b[0m\n"_s;
    m_log->showLog(step ? (step->instruction.isEmpty() ? step->name : step->instruction) : tr("All steps"),
                   text, droppedNote(id));
}

base::Result<void> BuildPanel::saveLog(const QString &path)
{
    return m_texts.saveTo(path);
}

void BuildPanel::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save the build log"), QString(), tr("Logs (*.log *.txt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"log"_s);
    dialog->selectFile(u"build.log"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (const auto saved = saveLog(path); !saved)
            m_notice->showError(saved.error());
    });
    dialog->open();
}

}
