// SPDX-License-Identifier: Apache-2.0
#include "cache/enginebuildsmodel.h"

#include "base/units.h"
#include "lint/secretname.h"
#include "theme/icons.h"

#include <QLocale>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using engine::EngineBuild;

namespace {

QString stateInWords(EngineBuild::State state)
{
    switch (state) {
    case EngineBuild::State::Running:
        return EngineBuildsModel::tr("running");
    case EngineBuild::State::Succeeded:
        return EngineBuildsModel::tr("done");
    case EngineBuild::State::Failed:
        return EngineBuildsModel::tr("failed");
    case EngineBuild::State::Cancelled:
        return EngineBuildsModel::tr("cancelled");
    }
    Q_UNREACHABLE_RETURN({});
}

QString iconOf(EngineBuild::State state)
{
    switch (state) {
    case EngineBuild::State::Running:
        return u"running"_s;
    case EngineBuild::State::Succeeded:
        return u"ok"_s;
    case EngineBuild::State::Failed:
        return u"failed"_s;
    case EngineBuild::State::Cancelled:
        return u"cancelled"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

// What tells one build of a file from another. docker's client passes the proxies on by itself, and with them
// whoever logs in there.
QString argumentsOf(const EngineBuild &build)
{
    constexpr auto prefix = "build-arg:"_L1;
    QStringList words;
    for (const auto &[key, value] : build.options.asKeyValueRange()) {
        const QString name = key.startsWith(prefix) ? key.sliced(prefix.size()) : QString();
        if (name.isEmpty() || name.startsWith("BUILDKIT_"_L1))
            continue;
        words += name + u'=' + (lint::soundsSecret(name) ? u"***"_s : lint::withoutLogins(value));
    }
    words.sort();
    constexpr qsizetype shown = 3;
    if (words.size() > shown)
        words = words.first(shown) << u"…"_s;
    return words.join(u", "_s);
}

QString titleOf(const EngineBuild &build)
{
    QString title = build.options.value(u"filename"_s, u"Dockerfile"_s);
    if (const QString target = build.options.value(u"target"_s); !target.isEmpty())
        title = EngineBuildsModel::tr("%1, target %2").arg(title, target);
    if (const QString platform = build.options.value(u"platform"_s); !platform.isEmpty())
        title = EngineBuildsModel::tr("%1, for %2").arg(title, platform);
    const QString arguments = argumentsOf(build);
    return arguments.isEmpty() ? title : QString(title + u" · "_s + arguments);
}

qint64 durationOf(const EngineBuild &build)
{
    const QDateTime end = build.completed.isValid() ? build.completed : QDateTime::currentDateTimeUtc();
    return build.started.isValid() ? build.started.msecsTo(end) : 0;
}

QString stepsInWords(const EngineBuild &build)
{
    if (build.steps == 0)
        return {};
    return build.cachedSteps > 0
               ? EngineBuildsModel::tr("%1, %2 cached").arg(build.steps).arg(build.cachedSteps)
               : QLocale().toString(build.steps);
}

QString textOf(const EngineBuild &build, int column)
{
    switch (column) {
    case EngineBuildsModel::WhatColumn:
        return titleOf(build);
    case EngineBuildsModel::StateColumn:
        return stateInWords(build.state);
    case EngineBuildsModel::StartedColumn:
        return QLocale().toString(build.started.toLocalTime(), QLocale::ShortFormat);
    case EngineBuildsModel::DurationColumn:
        return base::durationInWords(std::chrono::milliseconds(durationOf(build)));
    case EngineBuildsModel::StepsColumn:
        return stepsInWords(build);
    }
    return {};
}

QVariant sortKey(const EngineBuild &build, int column)
{
    switch (column) {
    case EngineBuildsModel::StartedColumn:
        return build.started;
    case EngineBuildsModel::DurationColumn:
        return durationOf(build);
    case EngineBuildsModel::StepsColumn:
        return build.steps;
    default:
        return textOf(build, column);
    }
}

QString toolTipOf(const EngineBuild &build)
{
    QStringList lines{titleOf(build)};
    if (build.isPinned)
        lines += EngineBuildsModel::tr("pinned: the engine does not forget it");
    if (!build.imageDigest.isEmpty())
        lines += build.imageDigest;
    if (!build.error.isEmpty())
        lines += lint::withoutLogins(build.error);
    return lines.join(u'\n');
}

}

void EngineBuildsModel::setBuilds(std::vector<EngineBuild> builds)
{
    beginResetModel();
    m_builds = std::move(builds);
    endResetModel();
}

bool EngineBuildsModel::put(const EngineBuild &build)
{
    const auto found = std::ranges::find(m_builds, build.ref, &EngineBuild::ref);
    if (found == m_builds.end()) {
        beginInsertRows({}, 0, 0);
        m_builds.insert(m_builds.begin(), build);
        endInsertRows();
        return true;
    }
    if (*found == build)
        return false;
    *found = build;
    const int row = int(found - m_builds.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    return true;
}

bool EngineBuildsModel::tick()
{
    bool isAnyRunning = false;
    for (int row = 0; row < rowCount(); ++row) {
        if (m_builds[std::size_t(row)].state != EngineBuild::State::Running)
            continue;
        isAnyRunning = true;
        Q_EMIT dataChanged(index(row, DurationColumn), index(row, DurationColumn));
    }
    return isAnyRunning;
}

void EngineBuildsModel::remove(const QString &ref)
{
    const auto found = std::ranges::find(m_builds, ref, &EngineBuild::ref);
    if (found == m_builds.end())
        return;
    const int row = int(found - m_builds.begin());
    beginRemoveRows({}, row, row);
    m_builds.erase(found);
    endRemoveRows();
}

const EngineBuild *EngineBuildsModel::build(const QModelIndex &index) const
{
    return index.isValid() ? &m_builds[std::size_t(index.row())] : nullptr;
}

int EngineBuildsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_builds.size());
}

int EngineBuildsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EngineBuildsModel::data(const QModelIndex &index, int role) const
{
    const EngineBuild *one = build(index);
    if (!one)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == WhatColumn && one->isPinned ? tr("%1 (pinned)").arg(titleOf(*one))
                                                             : textOf(*one, index.column());
    case Qt::DecorationRole:
        return index.column() == StateColumn ? QVariant(icon(iconOf(one->state))) : QVariant();
    case Qt::ToolTipRole:
        return toolTipOf(*one);
    case SortRole:
        return sortKey(*one, index.column());
    case RefRole:
        return one->ref;
    case PinnedRole:
        return one->isPinned;
    default:
        return {};
    }
}

QVariant EngineBuildsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("Build");
    case StateColumn:
        return tr("State");
    case StartedColumn:
        return tr("Started");
    case DurationColumn:
        return tr("Took");
    case StepsColumn:
        return tr("Steps");
    }
    return {};
}

}
