// SPDX-License-Identifier: Apache-2.0
#include "build/buildmodel.h"

#include "widgets/shorttime.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace ui {

using engine::BuildStep;
using State = BuildStep::State;

namespace {

struct Moved
{
    qint64 current = 0;
    qint64 total = 0;
    bool totalKnown = true;
};

Moved movedBytes(const BuildStep &step)
{
    Moved sum;
    for (const BuildStep::Progress &progress : step.progress) {
        sum.current += progress.current;
        sum.total += progress.total;
        if (progress.total <= 0 && !progress.completed)
            sum.totalKnown = false;
    }
    return sum;
}

QString durationOf(const BuildStep &step)
{
    switch (step.state) {
    case State::Running:
        return step.started.isValid() ? base::durationInWords(std::chrono::milliseconds(
                                            step.started.msecsTo(QDateTime::currentDateTime())))
                                      : QString();
    case State::Done:
    case State::Failed:
    case State::Cancelled:
        return step.duration.count() > 0 ? shortTime(step.duration) : QString();
    case State::Cached:
    case State::Waiting:
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

}

QString BuildModel::stateInWords(State state)
{
    switch (state) {
    case State::Waiting:
        return tr("waiting");
    case State::Running:
        return tr("running");
    case State::Done:
        return tr("done");
    case State::Cached:
        return tr("cached");
    case State::Failed:
        return tr("failed");
    case State::Cancelled:
        return tr("cancelled");
    }
    Q_UNREACHABLE_RETURN({});
}

QString BuildModel::progressInWords(const BuildStep &step)
{
    if (step.progress.empty() || step.state != State::Running)
        return {};
    const Moved moved = movedBytes(step);
    if (moved.current <= 0)
        return {};
    return moved.totalKnown && moved.total > 0
               ? tr("%1 of %2").arg(base::sizeInWords(moved.current), base::sizeInWords(moved.total))
               : base::sizeInWords(moved.current);
}

void BuildModel::clear()
{
    beginResetModel();
    m_steps.clear();
    m_rows.clear();
    endResetModel();
}

void BuildModel::upsert(const BuildStep &step)
{
    const auto known = m_rows.constFind(step.id);
    if (known == m_rows.cend()) {
        const int row = int(m_steps.size());
        beginInsertRows({}, row, row);
        m_steps.push_back(step);
        m_rows.insert(step.id, row);
        endInsertRows();
        return;
    }
    BuildStep &mine = m_steps[std::size_t(*known)];
    if (mine == step)
        return;
    mine = step;
    Q_EMIT dataChanged(index(*known), index(*known));
}

void BuildModel::endRunning()
{
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        if (m_steps[i].state != State::Running && m_steps[i].state != State::Waiting)
            continue;
        m_steps[i].state = State::Cancelled;
        Q_EMIT dataChanged(index(int(i)), index(int(i)));
    }
}

void BuildModel::tick()
{
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        if (m_steps[i].state == State::Running)
            Q_EMIT dataChanged(index(int(i)), index(int(i)), {DurationRole});
    }
}

const BuildStep *BuildModel::step(const QModelIndex &index) const
{
    return index.isValid() ? &m_steps[std::size_t(index.row())] : nullptr;
}

QModelIndex BuildModel::indexOf(const QString &id) const
{
    const auto row = m_rows.constFind(id);
    return row == m_rows.cend() ? QModelIndex() : index(*row);
}

BuildModel::Counts BuildModel::counts() const
{
    Counts counts;
    for (const BuildStep &step : m_steps) {
        if (step.isInternal())
            continue;
        ++counts.steps;
        counts.ended += step.state == State::Waiting || step.state == State::Running ? 0 : 1;
        counts.cached += step.state == State::Cached ? 1 : 0;
    }
    return counts;
}

int BuildModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_steps.size());
}

QVariant BuildModel::data(const QModelIndex &index, int role) const
{
    const BuildStep *one = step(index);
    if (!one)
        return {};
    const QString what = one->instruction.isEmpty() ? one->name : one->instruction;
    const QString place = one->isInternal() ? QString()
                                            : QString(one->stage + u' ' + QString::number(one->position) +
                                                      u'/' + QString::number(one->count));
    switch (role) {
    case Qt::DisplayRole:
        return what.simplified();
    case Qt::ToolTipRole:
        return one->error.isEmpty() ? what : QString(what + u"\n\n" + one->error);
    case Qt::AccessibleTextRole:
        return joined({stateInWords(one->state), place, what.simplified(), durationOf(*one)});
    case StateRole:
        return int(one->state);
    case IdRole:
        return one->id;
    case PlaceRole:
        return place;
    case DurationRole:
        return durationOf(*one);
    case ProgressRole:
        return progressInWords(*one);
    case ShareRole: {
        const Moved moved = movedBytes(*one);
        if (one->state != State::Running || one->progress.empty() || !moved.totalKnown || moved.total <= 0)
            return {};
        return qBound(0.0, double(moved.current) / double(moved.total), 1.0);
    }
    case InternalRole:
        return one->isInternal();
    case ErrorRole:
        return one->error;
    default:
        return {};
    }
}

}
