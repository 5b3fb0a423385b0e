// SPDX-License-Identifier: Apache-2.0
#include "queue/variantsmodel.h"

#include "base/units.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace ui {

using State = Variant::State;

namespace {

QIcon iconOf(State state)
{
    switch (state) {
    case State::None:
        return {};
    case State::Waiting:
        return icon(u"waiting"_s, IconTint::Quiet);
    case State::Running:
        return icon(u"running"_s, IconTint::Accent);
    case State::Succeeded:
        return icon(u"ok"_s, IconTint::Success);
    case State::Failed:
        return icon(u"failed"_s, IconTint::Danger);
    case State::Cancelled:
        return icon(u"cancelled"_s, IconTint::Warning);
    }
    Q_UNREACHABLE_RETURN({});
}

std::chrono::nanoseconds timeOf(const Variant &variant)
{
    if (variant.state != State::Running || !variant.started.isValid())
        return variant.duration;
    return std::chrono::milliseconds(variant.started.msecsTo(QDateTime::currentDateTimeUtc()));
}

}

QString VariantsModel::stateInWords(State state)
{
    switch (state) {
    case State::None:
        return {};
    case State::Waiting:
        return tr("waiting");
    case State::Running:
        return tr("running");
    case State::Succeeded:
        return tr("built");
    case State::Failed:
        return tr("failed");
    case State::Cancelled:
        return tr("cancelled");
    }
    Q_UNREACHABLE_RETURN({});
}

void VariantsModel::setVariants(const std::vector<Variant> &variants)
{
    const bool sameNames = std::ranges::equal(variants, m_variants, {}, &Variant::name, &Variant::name);
    if (!sameNames) {
        beginResetModel();
        m_variants = variants;
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < variants.size(); ++i) {
        if (m_variants[i] == variants[i])
            continue;
        m_variants[i] = variants[i];
        Q_EMIT dataChanged(index(int(i), 0), index(int(i), ColumnCount - 1));
    }
}

void VariantsModel::tick()
{
    for (std::size_t i = 0; i < m_variants.size(); ++i) {
        if (m_variants[i].state == State::Running)
            Q_EMIT dataChanged(index(int(i), TimeColumn), index(int(i), TimeColumn));
    }
}

const Variant *VariantsModel::variant(const QModelIndex &index) const
{
    return index.isValid() ? &m_variants[std::size_t(index.row())] : nullptr;
}

QModelIndex VariantsModel::indexOf(const QString &name) const
{
    const auto found = std::ranges::find(m_variants, name, &Variant::name);
    return found == m_variants.end() ? QModelIndex() : index(int(found - m_variants.begin()), 0);
}

int VariantsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_variants.size());
}

int VariantsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VariantsModel::text(const Variant &one, int column) const
{
    switch (column) {
    case NameColumn:
        return one.name;
    case ChangesColumn:
        return one.isGroup ? tr("group of %1").arg(one.members.join(u", "_s)) : one.changes;
    case StateColumn:
        return stateInWords(one.state);
    case TimeColumn:
        return timeOf(one).count() > 0 ? base::durationInWords(timeOf(one)) : QString();
    case SizeColumn:
        return one.sizeBytes > 0 ? base::sizeInWords(one.sizeBytes) : QString();
    default:
        return {};
    }
}

QVariant VariantsModel::data(const QModelIndex &index, int role) const
{
    const Variant *one = variant(index);
    if (!one)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*one, index.column());
    case Qt::DecorationRole:
        if (index.column() == NameColumn)
            return icon(one->isGroup ? u"layers"_s : u"target"_s, IconTint::Quiet);
        return index.column() == StateColumn ? QVariant(iconOf(one->state)) : QVariant();
    case Qt::ToolTipRole: {
        QStringList lines{one->description,
                          one->error.isEmpty() ? text(*one, ChangesColumn).toString() : one->error};
        lines.removeAll(QString());
        return lines.join(u'\n');
    }
    case Qt::TextAlignmentRole:
        return index.column() >= TimeColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::AccessibleTextRole:
        if (index.column() == NameColumn)
            return QString(text(*one, NameColumn).toString() + u", "_s +
                           text(*one, ChangesColumn).toString() + u", "_s + stateInWords(one->state));
        return {};
    case NameRole:
        return one->name;
    case StateRole:
        return int(one->state);
    case SortRole:
        return index.column() == SizeColumn   ? QVariant(one->sizeBytes)
               : index.column() == TimeColumn ? QVariant(qint64(timeOf(*one).count()))
                                              : text(*one, index.column());
    default:
        return {};
    }
}

QVariant VariantsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Variant");
    case ChangesColumn:
        return tr("What it changes");
    case StateColumn:
        return tr("State");
    case TimeColumn:
        return tr("Time");
    case SizeColumn:
        return tr("Size");
    default:
        return {};
    }
}

}
