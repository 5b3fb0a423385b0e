// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/pruneplan.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <functional>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using Test = std::function<bool(const CacheRecord &)>;

/// What a record says to a filter; nothing: it has no such field.
using Field = std::function<std::optional<QString>(const CacheRecord &)>;

std::optional<Field> fieldCalled(const QString &name)
{
    const auto flag = [](bool isSet) { return isSet ? std::optional(QString()) : std::nullopt; };
    if (name == "type"_L1)
        return [](const CacheRecord &record) { return std::optional(record.type); };
    if (name == "id"_L1)
        return [](const CacheRecord &record) { return std::optional(record.id); };
    if (name == "description"_L1 || name == "parents"_L1)
        return [](const CacheRecord &) { return std::optional<QString>(); };
    if (name == "mutable"_L1)
        return [flag](const CacheRecord &record) { return flag(record.isMutable); };
    if (name == "immutable"_L1)
        return [flag](const CacheRecord &record) { return flag(!record.isMutable); };
    if (name == "inuse"_L1)
        return [flag](const CacheRecord &record) { return flag(record.isInUse); };
    if (name == "shared"_L1)
        return [flag](const CacheRecord &record) { return flag(record.isShared); };
    if (name == "private"_L1)
        return [flag](const CacheRecord &record) { return flag(!record.isShared); };
    return {};
}

// One condition of containerd's filter language: field, field==value, field!=value, field~=regular
// expression.
std::optional<Test> condition(const QString &text)
{
    static const QRegularExpression form(u"^\\s*(\\w+)\\s*(?:(==|!=|~=)\\s*(.*?)\\s*)?$"_s);
    const auto match = form.match(text);
    const auto field = match.hasMatch() ? fieldCalled(match.captured(1)) : std::nullopt;
    if (!field)
        return {};
    const QString compare = match.captured(2);
    if (compare.isEmpty())
        return [field = *field](const CacheRecord &record) { return field(record).has_value(); };
    QString value = match.captured(3);
    if (value.size() > 1 && value.startsWith(u'"') && value.endsWith(u'"'))
        value = value.sliced(1, value.size() - 2);
    if (compare == "~="_L1) {
        const QRegularExpression pattern(value);
        if (!pattern.isValid())
            return {};
        return [field = *field, pattern](const CacheRecord &record) {
            return pattern.match(field(record).value_or(QString())).hasMatch();
        };
    }
    if (compare == "=="_L1)
        return [field = *field, value](const CacheRecord &record) { return field(record) == value; };
    return [field = *field, value](const CacheRecord &record) {
        return field(record).value_or(QString()) != value;
    };
}

// A filter's conditions are joined by commas and must all hold; of several filters one is enough.
std::optional<Test> anyOf(const QStringList &filters)
{
    std::vector<std::vector<Test>> alternatives;
    for (const QString &filter : filters) {
        auto &all = alternatives.emplace_back();
        const QStringList parts = filter.split(u',');
        for (const QString &part : parts) {
            auto test = condition(part);
            if (!test)
                return {};
            all.push_back(std::move(*test));
        }
    }
    return [alternatives](const CacheRecord &record) {
        return alternatives.empty() || std::ranges::any_of(alternatives, [&](const auto &all) {
                   return std::ranges::all_of(all, [&](const Test &test) { return test(record); });
               });
    };
}

bool isSpared(const CacheRecord &record, const PruneSpec &spec, const QDateTime &now)
{
    if (record.isInUse)
        return true;
    if (!spec.all && (record.isShared || record.type == "internal"_L1 || record.type == "frontend"_L1))
        return true;
    const QDateTime &used = record.lastUsed.isValid() ? record.lastUsed : record.created;
    return spec.unusedFor.count() > 0 && used.isValid() && used > now.addSecs(-spec.unusedFor.count());
}

class Planner
{
public:
    explicit Planner(const std::vector<CacheRecord> &records)
    {
        for (const CacheRecord &record : records) {
            m_left.push_back(&record);
            m_plan.bytesLeft += record.sizeBytes;
            for (const QString &parent : record.parents)
                ++m_children[parent];
        }
        // Unused longest first; among equals the larger one.
        std::ranges::stable_sort(m_left, [](const CacheRecord *a, const CacheRecord *b) {
            return a->lastUsed != b->lastUsed ? a->lastUsed < b->lastUsed : a->sizeBytes > b->sizeBytes;
        });
    }

    PrunePlan plan(const Test &mayGo, qint64 keepBytes)
    {
        for (bool changed = true; changed;) {
            changed = false;
            for (const CacheRecord *&record : m_left) {
                if (keepBytes > 0 && m_plan.bytesLeft <= keepBytes)
                    return m_plan;
                if (!record || m_children.value(record->id) > 0 || !mayGo(*record))
                    continue;
                free(*record);
                record = nullptr;
                changed = true;
                if (keepBytes > 0)
                    break; // one at a time: what became free may be the one unused longest now
            }
        }
        return m_plan;
    }

private:
    void free(const CacheRecord &record)
    {
        m_plan.ids += record.id;
        m_plan.bytes += record.sizeBytes;
        m_plan.bytesLeft -= record.sizeBytes;
        for (const QString &parent : record.parents)
            --m_children[parent];
    }

    std::vector<const CacheRecord *> m_left;
    QHash<QString, int> m_children;
    PrunePlan m_plan;
};

}

std::optional<PrunePlan> planPrune(const std::vector<CacheRecord> &records, const PruneSpec &spec,
                                   const QDateTime &now)
{
    const auto filter = anyOf(spec.filters);
    if (!filter || spec.minimumFreeBytes > 0)
        return {};
    const auto mayGo = [&](const CacheRecord &record) {
        return !isSpared(record, spec, now) && (*filter)(record);
    };
    return Planner(records).plan(mayGo, std::max(spec.keepBytes, spec.maximumBytes));
}

}
