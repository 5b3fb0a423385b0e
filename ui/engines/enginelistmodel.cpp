// SPDX-License-Identifier: Apache-2.0
#include "engines/enginelistmodel.h"

#include "widgets/noticebar.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString idOf(const EngineEntry &entry)
{
    return entry.place.id;
}

}

void EngineListModel::setEntries(std::vector<EngineEntry> entries)
{
    std::vector<Row> rows;
    const auto add = [&](const QString &caption, auto &&belongs) {
        const auto size = rows.size();
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (!belongs(entries[i]))
                continue;
            if (rows.size() == size)
                rows.push_back({caption, -1});
            rows.push_back({{}, int(i)});
        }
    };
    const auto isBuilder = [](const EngineEntry &entry) {
        return !entry.place.builder.isEmpty() || entry.place.id.startsWith("builder:"_L1);
    };
    const auto isThere = [&](const EngineEntry &entry) { return !entry.isOwn && !isBuilder(entry); };
    add(tr("Engines"), [&](const EngineEntry &entry) { return isThere(entry) && !entry.place.isAbsent; });
    add(tr("Added by you"), [](const EngineEntry &entry) { return entry.isOwn; });
    add(tr("Builders of buildx"), isBuilder);
    add(tr("Usual places without an engine"),
        [&](const EngineEntry &entry) { return isThere(entry) && entry.place.isAbsent; });

    const bool isSame = rows == m_rows && std::ranges::equal(entries, m_entries, {}, idOf, idOf);
    if (isSame) {
        m_entries = std::move(entries);
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_entries = std::move(entries);
    m_rows = std::move(rows);
    endResetModel();
}

const EngineEntry *EngineListModel::entry(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return nullptr;
    const int at = m_rows[std::size_t(index.row())].entry;
    return at < 0 ? nullptr : &m_entries[std::size_t(at)];
}

QModelIndex EngineListModel::indexOf(const QString &id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const auto *there = entry(index(row));
        if (there && there->place.id == id)
            return index(row);
    }
    return {};
}

int EngineListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant EngineListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto *it = entry(index);
    if (role == IsCaptionRole)
        return it == nullptr;
    if (!it)
        return role == Qt::DisplayRole ? m_rows[std::size_t(index.row())].caption : QVariant();
    switch (role) {
    case Qt::DisplayRole:
        return it->place.name;
    case Qt::DecorationRole:
        return stateIcon(*it);
    case NoteRole:
        // The caption says that there is no engine; what is news is whose place it is.
        return it->place.isAbsent && it->state == EngineEntry::State::Untried ? asSentence(it->place.origin)
                                                                              : stateInWords(*it);
    case IsUsedRole:
        return it->isUsed;
    case IdRole:
        return it->place.id;
    case Qt::ToolTipRole:
        return it->place.name == it->place.address ? it->place.origin
                                                   : it->place.origin + u'\n' + it->place.address;
    case Qt::AccessibleTextRole:
        return it->isUsed ? tr("%1, in use, %2").arg(it->place.name, stateInWords(*it))
                          : u"%1, %2"_s.arg(it->place.name, stateInWords(*it));
    default:
        return {};
    }
}

Qt::ItemFlags EngineListModel::flags(const QModelIndex &index) const
{
    return entry(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

}
