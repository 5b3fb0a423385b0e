// SPDX-License-Identifier: Apache-2.0
#include "inspector/buildargsmodel.h"

#include "theme/themecolors.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace ui {

BuildArgsModel::BuildArgsModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void BuildArgsModel::setArgs(const std::vector<dockerfile::DeclaredArg> &declared,
                             const QHash<QString, QString> &overrides)
{
    std::vector<Row> rows;
    QStringList names;
    for (const auto &arg : declared) {
        names << arg.name;
        const QString where =
            arg.isGlobal ? tr("before the first FROM") : tr("in %1").arg(arg.stages.join(u", "_s));
        rows.push_back({arg.name, arg.defaultValue.value_or(QString()), arg.defaultValue.has_value(), true,
                        where, overrides.value(arg.name)});
    }
    QStringList strangers;
    for (const QString &name : overrides.keys())
        if (!names.contains(name))
            strangers << name;
    strangers.sort();
    for (const QString &name : strangers)
        rows.push_back({name, {}, false, false, tr("The file does not declare it."), overrides.value(name)});
    if (rows == m_rows)
        return;

    // Where only values changed, an open editor and the selection stay.
    const bool sameNames = std::ranges::equal(rows, m_rows, {}, &Row::name, &Row::name);
    if (!sameNames)
        beginResetModel();
    m_rows = std::move(rows);
    if (!sameNames)
        endResetModel();
    else
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int BuildArgsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int BuildArgsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BuildArgsModel::data(const QModelIndex &index, int role) const
{
    const Row &row = m_rows[size_t(index.row())];
    if (role == Qt::ToolTipRole)
        return row.where;
    if (role == Qt::ForegroundRole && (index.column() == Default || !row.isDeclared))
        return colorsFor(QGuiApplication::palette()).textQuiet;
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    switch (Column(index.column())) {
    case Name:
        return row.name;
    case Default:
        return row.hasDefault ? row.defaultValue : !row.isDeclared ? tr("not declared") : tr("none");
    case Override:
        return row.override;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant BuildArgsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Name:
        return tr("Build arg");
    case Default:
        return tr("Default");
    case Override:
        return tr("Value");
    case ColumnCount:
        break;
    }
    return {};
}

Qt::ItemFlags BuildArgsModel::flags(const QModelIndex &index) const
{
    const auto usual = QAbstractTableModel::flags(index);
    return index.column() == Override ? usual | Qt::ItemIsEditable : usual;
}

bool BuildArgsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || index.column() != Override)
        return false;
    const Row &row = m_rows[size_t(index.row())];
    if (value.toString() != row.override)
        Q_EMIT overrideRequested(row.name, value.toString()); // it comes back with the settings
    return true;
}

}
