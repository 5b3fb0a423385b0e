// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"

#include <QAbstractListModel>
#include <QHash>

namespace ui {

/// The steps of one build, in the order in which they were heard of, kept up to date by id.
class BuildModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        StateRole = Qt::UserRole, ///< int of engine::BuildStep::State
        IdRole,
        PlaceRole,    ///< "builder 3/5"; empty for internal steps
        DurationRole, ///< in words; empty while waiting, and for cached steps
        ShareRole,    ///< 0..1 of what is pulled or sent; absent when nothing is, or how much is unknown
        ProgressRole, ///< "12 MB of 80 MB"; empty when nothing is moved
        InternalRole, ///< bool
        ErrorRole
    };
    struct Counts
    {
        int steps = 0; ///< without internal ones, here and below
        int ended = 0;
        int cached = 0;
    };

    using QAbstractListModel::QAbstractListModel;

    void clear();
    void upsert(const engine::BuildStep &step);
    /// What was running or waiting when the build ended is not going to happen.
    void endRunning();
    /// The durations of running steps grew.
    void tick();

    [[nodiscard]] const engine::BuildStep *step(const QModelIndex &index) const;
    [[nodiscard]] const std::vector<engine::BuildStep> &allSteps() const { return m_steps; }
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    [[nodiscard]] Counts counts() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    static QString stateInWords(engine::BuildStep::State state);
    /// "12 MB of 80 MB"; empty when nothing is moved.
    static QString progressInWords(const engine::BuildStep &step);

private:
    std::vector<engine::BuildStep> m_steps;
    QHash<QString, int> m_rows;
};

}
