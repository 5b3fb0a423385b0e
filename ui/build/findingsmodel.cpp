// SPDX-License-Identifier: Apache-2.0
#include "build/findingsmodel.h"

#include "lint/ruleset.h"
#include "theme/theme.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace ui {

using lint::Severity;

namespace {

QIcon iconOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return icon(u"problem-error"_s, IconTint::Danger);
    case Severity::Warning:
        return icon(u"problem-warning"_s, IconTint::Warning);
    case Severity::Advice:
        return icon(u"problem-advice"_s, IconTint::Info);
    }
    Q_UNREACHABLE_RETURN({});
}

// The builder's own name of what is meant: "StageNameCasing". The engine begins its sentences with it.
QString checkOf(const lint::Finding &finding)
{
    if (const auto *rule = lint::ruleCalled(finding.rule))
        return rule->builderName;
    static const QRegularExpression name(u"^([A-Z][A-Za-z]+): "_s);
    return name.match(finding.message).captured(1);
}

lint::Findings findingsOf(const std::vector<engine::BuildWarning> &warnings, const QString &hint)
{
    lint::Findings findings;
    for (const engine::BuildWarning &warning : warnings) {
        lint::Finding finding;
        finding.rule = warning.url;
        finding.severity = Severity::Warning;
        finding.row = warning.firstRow;
        finding.message = warning.message;
        finding.hint = hint;
        findings.push_back(finding);
    }
    return findings;
}

}

QString FindingsModel::severityInWords(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return tr("error");
    case Severity::Warning:
        return tr("warning");
    case Severity::Advice:
        return tr("advice");
    }
    Q_UNREACHABLE_RETURN({});
}

void FindingsModel::setFindings(const lint::Findings &findings)
{
    m_own = findings;
    merge();
}

void FindingsModel::setEngineWarnings(const std::vector<engine::BuildWarning> &warnings)
{
    m_engine = findingsOf(warnings, tr("Reported by the engine in the last build."));
    merge();
}

void FindingsModel::setEngineChecks(const std::vector<engine::BuildWarning> &warnings)
{
    m_checks = findingsOf(warnings, tr("Reported by the engine's checks."));
    merge();
}

void FindingsModel::merge()
{
    lint::Findings next;
    QSet<std::pair<QString, int>> known;
    for (const auto *source : {&m_own, &m_checks, &m_engine}) {
        for (const lint::Finding &finding : *source) {
            const std::pair meaning(checkOf(finding), finding.row);
            if (source != &m_own && known.contains(meaning))
                continue;
            if (!meaning.first.isEmpty())
                known.insert(meaning);
            next.push_back(finding);
        }
    }
    std::ranges::stable_sort(
        next, {}, [](const lint::Finding &finding) { return std::pair(finding.severity, finding.row); });
    if (next == m_rows)
        return;
    // The rows between a common beginning and a common end are replaced; the others stay.
    std::size_t head = 0;
    while (head < next.size() && head < m_rows.size() && next[head] == m_rows[head])
        ++head;
    std::size_t tail = 0;
    while (head + tail < next.size() && head + tail < m_rows.size() &&
           next[next.size() - 1 - tail] == m_rows[m_rows.size() - 1 - tail])
        ++tail;
    if (head + tail < m_rows.size()) {
        beginRemoveRows({}, int(head), int(m_rows.size() - tail) - 1);
        m_rows.erase(m_rows.begin() + qsizetype(head), m_rows.end() - qsizetype(tail));
        endRemoveRows();
    }
    if (head + tail < next.size()) {
        beginInsertRows({}, int(head), int(next.size() - tail) - 1);
        m_rows.insert(m_rows.begin() + qsizetype(head), next.begin() + qsizetype(head),
                      next.end() - qsizetype(tail));
        endInsertRows();
    }
}

const lint::Finding *FindingsModel::finding(const QModelIndex &index) const
{
    return index.isValid() ? &m_rows[std::size_t(index.row())] : nullptr;
}

FindingsModel::Counts FindingsModel::counts() const
{
    Counts counts;
    for (const lint::Finding &finding : m_rows) {
        switch (finding.severity) {
        case Severity::Error:
            ++counts.errors;
            break;
        case Severity::Warning:
            ++counts.warnings;
            break;
        case Severity::Advice:
            ++counts.advice;
            break;
        }
    }
    return counts;
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FindingsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    const lint::Finding *one = finding(index);
    if (!one)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case MessageColumn:
            return one->message;
        case PlaceColumn:
            return one->row > 0 ? tr("line %1").arg(one->row) : QString();
        case FixColumn:
            return one->fix ? (one->fixLabel.isEmpty() ? tr("Fix") : one->fixLabel) : QString();
        default:
            return {};
        }
    case Qt::DecorationRole:
        return index.column() == MessageColumn ? QVariant(iconOf(one->severity)) : QVariant();
    case Qt::ToolTipRole:
        return one->hint.isEmpty() ? one->message : QString(one->message + u"\n" + one->hint);
    case Qt::AccessibleTextRole:
        if (index.column() == MessageColumn)
            return QString(severityInWords(one->severity) + u": " + one->message + u' ' + one->hint);
        return {};
    case SeverityRole:
        return int(one->severity);
    case HintRole:
        return one->hint;
    case RuleRole:
        return one->rule;
    case HasFixRole:
        return one->fix.has_value();
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MessageColumn:
        return tr("Problem");
    case PlaceColumn:
        return tr("Place");
    case FixColumn:
        return tr("Fix");
    default:
        return {};
    }
}

}
