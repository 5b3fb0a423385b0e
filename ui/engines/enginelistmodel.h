// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engines/engineentry.h"

#include <QAbstractListModel>

namespace ui {

/// Places under captions: engines, builders, what a person added. Captions are rows that cannot be chosen.
class EngineListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { NoteRole = Qt::UserRole, IsCaptionRole, IsUsedRole, IdRole };

    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<EngineEntry> entries);
    [[nodiscard]] const EngineEntry *entry(const QModelIndex &index) const;
    /// Of the place with that id; invalid: there is none.
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    [[nodiscard]] const std::vector<EngineEntry> &entries() const { return m_entries; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    /// A caption, or an entry by position.
    struct Row
    {
        QString caption;
        int entry = -1;
        friend bool operator==(const Row &, const Row &) = default;
    };

    std::vector<EngineEntry> m_entries;
    std::vector<Row> m_rows;
};

}
