// SPDX-License-Identifier: Apache-2.0
#include "cache/cachepage.h"

#include "base/units.h"
#include "cache/cachemodel.h"
#include "cache/prunebar.h"
#include "cache/spaceddelegate.h"
#include "engine/buildkit/pruneplan.h"
#include "theme/theme.h"
#include "widgets/emptystate.h"
#include "widgets/noticebar.h"
#include "widgets/searchfield.h"

#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

CachePage::CachePage(QWidget *parent)
    : QWidget(parent)
    , m_model(new CacheModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(u"layers"_s, {}, {}, this))
    , m_summary(new QLabel(this))
    , m_notice(new NoticeBar(this))
    , m_view(new QTreeView(this))
    , m_prune(new PruneBar(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(CacheModel::SortRole);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(-1);
    m_view->setModel(m_sorted);
    m_view->setItemDelegate(new SpacedDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(CacheModel::SizeColumn, Qt::DescendingOrder);
    m_view->setAccessibleName(tr("Records of the build cache"));
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(CacheModel::DescriptionColumn, QHeaderView::Stretch);
    for (int column = CacheModel::TypeColumn; column < CacheModel::ColumnCount; ++column)
        m_view->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);

    auto *page = new QWidget(this);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(space::s);
    pageLayout->addWidget(m_view, 1);
    pageLayout->addWidget(m_prune);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::l, space::l);
    layout->setSpacing(space::s);
    m_head = makeHead();
    layout->addWidget(m_head);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);

    connect(m_empty, &EmptyState::actionRequested, this, &CachePage::refreshRequested);
    connect(m_prune, &PruneBar::specChanged, this, &CachePage::showPlan);
    connect(m_prune, &PruneBar::pruneRequested, this, &CachePage::askToPrune);
    connect(m_prune, &PruneBar::stopRequested, this, &CachePage::stopRequested);
    showLoading();
}

QWidget *CachePage::makeHead()
{
    auto *head = new QWidget(this);
    auto *search = new SearchField(tr("Filter"), head);
    search->setMaximumWidth(260);
    auto *refresh = new QToolButton(head);
    refresh->setIcon(icon(u"reload"_s));
    refresh->setToolTip(tr("Read the cache again"));
    refresh->setAccessibleName(refresh->toolTip());
    m_summary->setFont(sectionFont(font()));
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(m_summary, 1);
    layout->addWidget(search);
    layout->addWidget(refresh);
    connect(search, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(refresh, &QAbstractButton::clicked, this, &CachePage::refreshRequested);
    return head;
}

void CachePage::showLoading()
{
    m_notice->dismiss();
    if (m_model->rowCount() > 0)
        return; // the old ones stay until the new ones are there
    m_head->show();
    m_empty->setTexts(tr("Reading the build cache"), {});
    m_empty->setActionText({});
    m_pages->setCurrentIndex(0);
    m_summary->clear();
}

void CachePage::showRecords(std::vector<engine::CacheRecord> records)
{
    m_head->show();
    m_model->setRecords(std::move(records));
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
    m_empty->setTexts(tr("The build cache is empty"),
                      tr("What the next build makes is kept here for the one after it."));
    m_empty->setActionText({});
    showSummary();
    showPlan();
}

void CachePage::showError(const base::Error &error)
{
    m_model->setRecords({});
    m_summary->clear();
    // What an engine cannot do it cannot do at the second attempt either.
    const bool isNeverThere = error.kind == base::Error::Kind::Unsupported;
    m_empty->setTexts(asSentence(error.message),
                      isNeverThere ? tr("Here BuildKit's cache is listed and freed. %1").arg(error.hint)
                                   : error.hint);
    m_empty->setActionText(isNeverThere ? QString() : tr("Try again"));
    m_pages->setCurrentIndex(0);
    m_head->hide();
}

void CachePage::pruneBegan()
{
    m_prune->setBusy(true);
}

void CachePage::recordFreed(const QString &id)
{
    m_model->remove(id);
    showSummary();
}

void CachePage::pruneEnded(qint64 freedBytes, const base::Error *error)
{
    m_prune->setBusy(false);
    if (error && error->kind != base::Error::Kind::Cancelled)
        m_notice->showError(*error);
    else if (error)
        m_notice->showMessage(NoticeBar::Kind::Info,
                              tr("Stopped. %1 were freed until then.").arg(base::sizeInWords(freedBytes)));
    else
        m_notice->showMessage(NoticeBar::Kind::Success, tr("%1 freed.").arg(base::sizeInWords(freedBytes)));
    showPlan();
}

QString CachePage::summary() const
{
    return m_summary->text();
}

void CachePage::showSummary()
{
    m_summary->setText(tr("%1 in %2 records, %3 of it not in use")
                           .arg(base::sizeInWords(m_model->totalBytes()))
                           .arg(m_model->rowCount())
                           .arg(base::sizeInWords(m_model->reclaimableBytes())));
}

void CachePage::showPlan()
{
    const auto plan = engine::planPrune(m_model->records(), m_prune->spec(), QDateTime::currentDateTimeUtc());
    if (!plan) {
        m_model->mark({});
        m_prune->showPlan(tr("Only the engine knows what that frees."), true);
        return;
    }
    m_model->mark(plan->ids);
    if (plan->ids.isEmpty()) {
        m_prune->showPlan(tr("Nothing would be freed."), false);
        return;
    }
    m_prune->showPlan(tr("Frees %1: what is struck out above. %2 stay.")
                          .arg(base::sizeInWords(plan->bytes), base::sizeInWords(plan->bytesLeft)),
                      true);
}

void CachePage::askToPrune()
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Free build cache"),
                                tr("Free this part of the build cache?"), QMessageBox::Cancel, this);
    const auto plan = engine::planPrune(m_model->records(), m_prune->spec(), QDateTime::currentDateTimeUtc());
    if (plan) {
        box->setInformativeText(
            tr("%1. Images and containers stay; the next builds make again what they need of it.")
                .arg(base::sizeInWords(plan->bytes)));
    }
    auto *free = box->addButton(tr("Free"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(free, &QAbstractButton::clicked, this, [this] { Q_EMIT pruneRequested(m_prune->spec()); });
    box->open();
}

}
