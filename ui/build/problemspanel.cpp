// SPDX-License-Identifier: Apache-2.0
#include "build/problemspanel.h"

#include "build/findingdelegate.h"
#include "theme/theme.h"
#include "widgets/emptystate.h"

#include <QHeaderView>
#include <QShortcut>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

ProblemsPanel::ProblemsPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new FindingsModel(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(
          u"ok"_s, tr("Nothing to mend"),
          tr("Problems of the Dockerfile appear here while you type, and the engine's own warnings "
             "after a build."),
          this))
    , m_view(new QTreeView(this))
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new FindingDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setAccessibleName(tr("Problems"));
    m_view->setIconSize({iconsize::small, iconsize::small});
    QHeaderView *header = m_view->header();
    header->hide();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(FindingsModel::MessageColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(FindingsModel::PlaceColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(FindingsModel::FixColumn, QHeaderView::ResizeToContents);

    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);

    connect(m_view, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == FindingsModel::FixColumn && index.data(FindingsModel::HasFixRole).toBool())
            fix(index);
    });
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const lint::Finding *finding = m_model->finding(index))
            Q_EMIT activated(finding->row, finding->range);
    });
    auto *fixKey =
        new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Period), m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(fixKey, &QShortcut::activated, this, [this] { fix(m_view->currentIndex()); });
}

void ProblemsPanel::setFindings(const lint::Findings &findings)
{
    m_model->setFindings(findings);
    refresh();
}

void ProblemsPanel::setEngineWarnings(const std::vector<engine::BuildWarning> &warnings)
{
    m_model->setEngineWarnings(warnings);
    refresh();
}

void ProblemsPanel::setEngineChecks(const std::vector<engine::BuildWarning> &warnings)
{
    m_model->setEngineChecks(warnings);
    refresh();
}

void ProblemsPanel::refresh()
{
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
    if (const auto counts = m_model->counts(); counts != m_counts) {
        m_counts = counts;
        Q_EMIT countsChanged(counts);
    }
}

void ProblemsPanel::fix(const QModelIndex &index)
{
    const lint::Finding *finding = m_model->finding(index);
    if (!finding || !finding->fix)
        return;
    // The document changes while this is delivered, and the finding with it.
    const base::TextEdit edit = *finding->fix;
    const QString label = finding->fixLabel;
    Q_EMIT fixRequested(edit, label);
}

}
