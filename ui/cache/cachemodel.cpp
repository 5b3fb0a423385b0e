// SPDX-License-Identifier: Apache-2.0
#include "cache/cachemodel.h"

#include "base/units.h"

#include <QFont>
#include <QLocale>

#include <algorithm>
#include <numeric>

namespace ui {

using namespace Qt::StringLiterals;
using engine::CacheRecord;

namespace {

QString stateInWords(const CacheRecord &record)
{
    QStringList words;
    if (record.isInUse)
        words += CacheModel::tr("in use");
    if (record.isShared)
        words += CacheModel::tr("shared with an image");
    return words.join(u", "_s);
}

QString timeInWords(const QDateTime &time)
{
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat)
                          : CacheModel::tr("never");
}

QString textOf(const CacheRecord &record, int column)
{
    switch (column) {
    case CacheModel::DescriptionColumn:
        return record.description.isEmpty() ? record.id : record.description;
    case CacheModel::TypeColumn:
        return CacheModel::typeInWords(record.type);
    case CacheModel::SizeColumn:
        return base::sizeInWords(record.sizeBytes);
    case CacheModel::LastUsedColumn:
        return timeInWords(record.lastUsed);
    case CacheModel::UsesColumn:
        return QLocale().toString(record.usageCount);
    case CacheModel::StateColumn:
        return stateInWords(record);
    }
    return {};
}

QVariant sortKey(const CacheRecord &record, int column)
{
    switch (column) {
    case CacheModel::SizeColumn:
        return record.sizeBytes;
    case CacheModel::LastUsedColumn:
        return record.lastUsed;
    case CacheModel::UsesColumn:
        return record.usageCount;
    default:
        return textOf(record, column);
    }
}

bool isNumber(int column)
{
    return column == CacheModel::SizeColumn || column == CacheModel::UsesColumn;
}

}

QString CacheModel::typeInWords(const QString &type)
{
    static const QHash<QString, const char *> words{
        {u"regular"_s, QT_TR_NOOP("step")},
        {u"source.local"_s, QT_TR_NOOP("build context")},
        {u"source.git.checkout"_s, QT_TR_NOOP("git checkout")},
        {u"exec.cachemount"_s, QT_TR_NOOP("cache mount")},
        {u"frontend"_s, QT_TR_NOOP("Dockerfile frontend")},
        {u"internal"_s, QT_TR_NOOP("internal")},
    };
    const char *text = words.value(type);
    return text ? tr(text) : type;
}

void CacheModel::setRecords(std::vector<CacheRecord> records)
{
    beginResetModel();
    m_records = std::move(records);
    m_marked.clear();
    endResetModel();
}

void CacheModel::remove(const QString &id)
{
    const auto found = std::ranges::find(m_records, id, &CacheRecord::id);
    if (found == m_records.end())
        return;
    const int row = int(found - m_records.begin());
    beginRemoveRows({}, row, row);
    m_records.erase(found);
    endRemoveRows();
}

void CacheModel::mark(const QStringList &ids)
{
    QSet<QString> marked(ids.begin(), ids.end());
    if (marked == m_marked)
        return;
    m_marked = std::move(marked);
    if (!m_records.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {MarkedRole, Qt::FontRole});
}

qint64 CacheModel::totalBytes() const
{
    return std::accumulate(m_records.begin(), m_records.end(), qint64(0),
                           [](qint64 sum, const CacheRecord &record) { return sum + record.sizeBytes; });
}

qint64 CacheModel::reclaimableBytes() const
{
    return std::accumulate(m_records.begin(), m_records.end(), qint64(0),
                           [](qint64 sum, const CacheRecord &record) {
                               return record.isReclaimable() ? sum + record.sizeBytes : sum;
                           });
}

int CacheModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int CacheModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CacheModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const CacheRecord &record = m_records[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(record, index.column());
    case Qt::ToolTipRole:
        return tr("%1\nmade %2\nid %3")
            .arg(textOf(record, DescriptionColumn), timeInWords(record.created), record.id);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::FontRole: {
        QFont font;
        font.setStrikeOut(m_marked.contains(record.id));
        return m_marked.contains(record.id) ? QVariant(font) : QVariant();
    }
    case Qt::AccessibleTextRole:
        return m_marked.contains(record.id) ? tr("%1, would be freed").arg(textOf(record, index.column()))
                                            : textOf(record, index.column());
    case SortRole:
        return sortKey(record, index.column());
    case IdRole:
        return record.id;
    case MarkedRole:
        return m_marked.contains(record.id);
    default:
        return {};
    }
}

QVariant CacheModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case DescriptionColumn:
        return tr("What");
    case TypeColumn:
        return tr("Type");
    case SizeColumn:
        return tr("Size");
    case LastUsedColumn:
        return tr("Last used");
    case UsesColumn:
        return tr("Uses");
    case StateColumn:
        return tr("State");
    }
    return {};
}

}
