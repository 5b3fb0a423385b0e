// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitvalues.h"

#include <QAbstractTableModel>

namespace ui {

/// The builds that the engine remembers, whoever asked for them; newest first.
class EngineBuildsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, StateColumn, StartedColumn, DurationColumn, StepsColumn, ColumnCount };
    enum Role { SortRole = Qt::UserRole, RefRole, PinnedRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setBuilds(std::vector<engine::EngineBuild> builds);
    /// One that is new, or has changed; false: it is known so already.
    bool put(const engine::EngineBuild &build);
    void remove(const QString &ref);
    /// Time passes for those that run; false when none does.
    bool tick();
    [[nodiscard]] const engine::EngineBuild *build(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<engine::EngineBuild> m_builds;
};

}
