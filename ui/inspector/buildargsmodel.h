// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/variables.h"

#include <QAbstractTableModel>

namespace ui {

/// The build args that a file declares, their defaults, and what a person gives instead. Overrides of args
/// that the file does not declare (any more) stay at the end, marked.
class BuildArgsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Default, Override, ColumnCount };

    explicit BuildArgsModel(QObject *parent = nullptr);

    void setArgs(const std::vector<dockerfile::DeclaredArg> &declared,
                 const QHash<QString, QString> &overrides);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    /// An empty value takes the override away.
    void overrideRequested(const QString &name, const QString &value);

private:
    struct Row
    {
        QString name;
        QString defaultValue;
        bool hasDefault = false;
        bool isDeclared = true;
        QString where;
        QString override;
        friend bool operator==(const Row &, const Row &) = default;
    };
    std::vector<Row> m_rows;
};

}
