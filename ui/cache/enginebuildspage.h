// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/buildkitvalues.h"

#include <QWidget>

class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;

namespace ui {

class EmptyState;
class EngineBuildsModel;
class QuietLabel;

/// The engine's own list of builds, those of other programs included.
class EngineBuildsPage : public QWidget
{
    Q_OBJECT

public:
    explicit EngineBuildsPage(QWidget *parent = nullptr);

    void showLoading();
    void showBuilds(std::vector<engine::EngineBuild> builds);
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

    EngineBuildsModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QTreeView *m_view;
    QuietLabel *m_error; ///< of the selected build
    QPushButton *m_pin;
    QPushButton *m_forget;
};

}
