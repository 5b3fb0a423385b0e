// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitvalues.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace ui {

/// What to free of the cache, and what that would be, before it is done.
class PruneBar : public QWidget
{
    Q_OBJECT

public:
    explicit PruneBar(QWidget *parent = nullptr);

    [[nodiscard]] engine::PruneSpec spec() const;
    /// "Frees 1.2 GB in 30 records, 400 MB stay."
    void showPlan(const QString &text, bool isAnything);
    void setBusy(bool busy);

Q_SIGNALS:
    void specChanged();
    void pruneRequested();
    void stopRequested();

private:
    void refresh();

    QComboBox *m_what;
    QDoubleSpinBox *m_keep;
    QCheckBox *m_all;
    QLabel *m_plan;
    QPushButton *m_prune;
    bool m_busy = false;
    bool m_isAnything = false;
};

}
