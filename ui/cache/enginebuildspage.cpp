// SPDX-License-Identifier: Apache-2.0
#include "cache/enginebuildspage.h"

#include "cache/enginebuildsmodel.h"
#include "cache/spaceddelegate.h"
#include "lint/secretname.h"
#include "theme/theme.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

EngineBuildsPage::EngineBuildsPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new EngineBuildsModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(u"recent"_s, {}, {}, this))
    , m_notice(new NoticeBar(this))
    , m_view(new QTreeView(this))
    , m_error(new QuietLabel({}, this))
    , m_pin(new QPushButton(this))
    , m_forget(new QPushButton(tr("Forget"), this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(EngineBuildsModel::SortRole);
    m_view->setModel(m_sorted);
    m_view->setItemDelegate(new SpacedDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(EngineBuildsModel::StartedColumn, Qt::DescendingOrder);
    m_view->setAccessibleName(tr("Builds of the engine"));
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(EngineBuildsModel::WhatColumn, QHeaderView::Stretch);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *refresh = new QPushButton(tr("Read again"), this);
    refresh->setIcon(icon(u"reload"_s));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_error, 1);
    buttons->addWidget(refresh);
    buttons->addWidget(m_pin);
    buttons->addWidget(m_forget);
    auto *page = new QWidget(this);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(space::s);
    pageLayout->addWidget(m_view, 1);
    pageLayout->addLayout(buttons);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::l, space::l);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages);

    connect(m_empty, &EmptyState::actionRequested, this, &EngineBuildsPage::refreshRequested);
    connect(refresh, &QAbstractButton::clicked, this, &EngineBuildsPage::refreshRequested);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &EngineBuildsPage::refreshButtons);
    connect(m_pin, &QAbstractButton::clicked, this, [this] {
        if (const auto *build = current())
            Q_EMIT pinRequested(build->ref, !build->isPinned);
    });
    connect(m_forget, &QAbstractButton::clicked, this, [this] {
        if (const auto *build = current())
            Q_EMIT forgetRequested(build->ref);
    });
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (!m_model->tick())
            m_clock.stop();
    });
    showLoading();
}

void EngineBuildsPage::showLoading()
{
    if (m_model->rowCount() > 0)
        return;
    m_empty->setTexts(tr("Reading the engine's builds"), {});
    m_empty->setActionText({});
    m_pages->setCurrentIndex(0);
}

void EngineBuildsPage::showBuilds(std::vector<engine::EngineBuild> builds)
{
    m_model->setBuilds(std::move(builds));
    showWhatIsThere();
}

bool EngineBuildsPage::putBuild(const engine::EngineBuild &build)
{
    if (!m_model->put(build))
        return false;
    showWhatIsThere();
    return true;
}

void EngineBuildsPage::removeBuild(const QString &ref)
{
    m_model->remove(ref);
    showWhatIsThere();
}

void EngineBuildsPage::showWhatIsThere()
{
    m_empty->setTexts(tr("The engine remembers no build"),
                      tr("Builds of this program and of the docker command line appear here."));
    m_empty->setActionText(tr("Read again"));
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
    if (m_model->rowCount() > 0 && !m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_sorted->index(0, 0));
    if (m_model->tick())
        m_clock.start();
    refreshButtons();
}

void EngineBuildsPage::showNotice(const base::Error &error)
{
    m_notice->showError(error);
}

void EngineBuildsPage::showError(const base::Error &error)
{
    m_model->setBuilds({});
    const bool isNeverThere = error.kind == base::Error::Kind::Unsupported;
    m_empty->setTexts(asSentence(error.message),
                      isNeverThere ? tr("Here BuildKit's memory of builds is listed. %1").arg(error.hint)
                                   : error.hint);
    m_empty->setActionText(isNeverThere ? QString() : tr("Try again"));
    m_pages->setCurrentIndex(0);
}

const engine::EngineBuild *EngineBuildsPage::current() const
{
    return m_model->build(m_sorted->mapToSource(m_view->currentIndex()));
}

void EngineBuildsPage::refreshButtons()
{
    const auto *build = current();
    m_pin->setEnabled(build != nullptr);
    m_forget->setEnabled(build && !build->isPinned && build->state != engine::EngineBuild::State::Running);
    m_pin->setText(build && build->isPinned ? tr("Unpin") : tr("Pin"));
    m_pin->setToolTip(tr("The engine forgets old builds, but not those that are pinned."));
    const bool isCancelled = build && build->state == engine::EngineBuild::State::Cancelled;
    m_error->setText(isCancelled ? tr("It was cancelled.")
                     : build     ? lint::withoutLogins(build->error)
                                 : QString());
}

}
