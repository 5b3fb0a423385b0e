// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitvalues.h"

#include <QAbstractTableModel>
#include <QSet>

namespace ui {

/// The build cache, a row a record. SortRole gives what a column sorts by; marked rows are those that a prune
/// would free.
class CacheModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        DescriptionColumn,
        TypeColumn,
        SizeColumn,
        LastUsedColumn,
        UsesColumn,
        StateColumn,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole, IdRole, MarkedRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setRecords(std::vector<engine::CacheRecord> records);
    [[nodiscard]] const std::vector<engine::CacheRecord> &records() const { return m_records; }
    /// One record went.
    void remove(const QString &id);
    void mark(const QStringList &ids);

    [[nodiscard]] qint64 totalBytes() const;
    [[nodiscard]] qint64 reclaimableBytes() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// "exec.cachemount" -> "cache mount".
    static QString typeInWords(const QString &type);

private:
    std::vector<engine::CacheRecord> m_records;
    QSet<QString> m_marked;
};

}
