// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/buildkitvalues.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;

namespace ui {

class CacheModel;
class EmptyState;
class NoticeBar;
class PruneBar;

/// The build cache of the engine: what holds how much, since when, and what freeing a part of it would give.
class CachePage : public QWidget
{
    Q_OBJECT

public:
    explicit CachePage(QWidget *parent = nullptr);

    void showLoading();
    void showRecords(std::vector<engine::CacheRecord> records);
    /// The records cannot be had: Podman has none, the engine is gone.
    void showError(const base::Error &error);

    void pruneBegan();
    void recordFreed(const QString &id);
    void pruneEnded(qint64 freedBytes, const base::Error *error = nullptr);

    [[nodiscard]] CacheModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *view() const { return m_view; }
    [[nodiscard]] PruneBar *pruneBar() const { return m_prune; }
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    void refreshRequested();
    /// Confirmed by the person.
    void pruneRequested(const engine::PruneSpec &spec);
    void stopRequested();

private:
    QWidget *makeHead();
    void showSummary();
    void showPlan();
    void askToPrune();

    CacheModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QWidget *m_head = nullptr; ///< not where there is nothing to read
    QLabel *m_summary;
    NoticeBar *m_notice;
    QTreeView *m_view;
    PruneBar *m_prune;
};

}
