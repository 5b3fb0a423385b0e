// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/findingsmodel.h"

#include <QWidget>

class QStackedWidget;
class QTreeView;

namespace ui {

class EmptyState;

/// The list of what is to be mended, with a button where it can be done at once.
class ProblemsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemsPanel(QWidget *parent = nullptr);

    void setFindings(const lint::Findings &findings);
    void setEngineWarnings(const std::vector<engine::BuildWarning> &warnings);
    /// What the engine says of the text as it is, without a build.
    void setEngineChecks(const std::vector<engine::BuildWarning> &warnings);

    [[nodiscard]] FindingsModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *view() const { return m_view; }

Q_SIGNALS:
    /// Go there. `range` is empty for what the engine found: it names rows only.
    void activated(int row, const base::TextRange &range);
    void fixRequested(const base::TextEdit &edit, const QString &label);
    void countsChanged(const ui::FindingsModel::Counts &counts);

private:
    void refresh();
    void fix(const QModelIndex &index);

    FindingsModel *m_model;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QTreeView *m_view;
    FindingsModel::Counts m_counts;
};

}
