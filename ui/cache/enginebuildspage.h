// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/buildkitvalues.h"

#include <QTimer>
#include <QWidget>

class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;

namespace ui {

class EmptyState;
class EngineBuildsModel;
class NoticeBar;
class QuietLabel;

/// The engine's own list of builds, those of other programs included.
class EngineBuildsPage : public QWidget
{
    Q_OBJECT

public:
    explicit EngineBuildsPage(QWidget *parent = nullptr);

    void showLoading();
    void showBuilds(std::vector<engine::EngineBuild> builds);
    /// While the list is shown: one that began, has changed, or was forgotten by the engine. False:
    /// that is known already.
    bool putBuild(const engine::EngineBuild &build);
    void removeBuild(const QString &ref);
    /// A wish that could not be fulfilled; the list stays.
    void showNotice(const base::Error &error);
    void showError(const base::Error &error);
    [[nodiscard]] EngineBuildsModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *view() const { return m_view; }

Q_SIGNALS:
    void refreshRequested();
    void pinRequested(const QString &ref, bool isPinned);
    void forgetRequested(const QString &ref);

private:
    [[nodiscard]] const engine::EngineBuild *current() const;
    void refreshButtons();
    void showWhatIsThere();

    EngineBuildsModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    NoticeBar *m_notice;
    QTreeView *m_view;
    QuietLabel *m_error; ///< of the selected build
    QPushButton *m_pin;
    QPushButton *m_forget;
    QTimer m_clock; ///< while a build runs
};

}
