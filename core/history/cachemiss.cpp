// SPDX-License-Identifier: Apache-2.0
#include "history/cachemiss.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace history {

using namespace Qt::StringLiterals;
using Kind = MissReason::Kind;

namespace {

// A FROM only looks its image up, each time: it misses nothing unless the image is another one.
bool isFrom(const StepInputs &inputs)
{
    return inputs.written.startsWith("FROM "_L1, Qt::CaseInsensitive);
}

bool ran(const StepRecord &step)
{
    return step.inputs && (isFrom(*step.inputs) || (step.state != "cached"_L1 && step.state != "waiting"_L1));
}

// The step of the build before that is "the same one": equal words in the same stage, else the one at the
// same place of the stage, which somebody edited.
class Pairing
{
public:
    Pairing(const BuildRecord &before, const BuildRecord &now)
        : m_before(before)
        , m_now(now)
        , m_isTaken(before.steps.size(), false)
        , m_partner(now.steps.size(), -1)
    {
        pair([](const StepInputs &a, const StepInputs &b) { return a.written == b.written; });
        pair([](const StepInputs &a, const StepInputs &b) {
            return a.written.section(u' ', 0, 0)
                       .compare(b.written.section(u' ', 0, 0), Qt::CaseInsensitive) == 0;
        });
    }

    [[nodiscard]] const StepRecord *partnerOf(std::size_t step) const
    {
        return m_partner[step] < 0 ? nullptr : &m_before.steps[std::size_t(m_partner[step])];
    }

private:
    template <class Matches>
    void pair(Matches matches)
    {
        for (std::size_t i = 0; i < m_now.steps.size(); ++i) {
            const auto &inputs = m_now.steps[i].inputs;
            if (!inputs || m_partner[i] >= 0)
                continue;
            for (std::size_t j = 0; j < m_before.steps.size(); ++j) {
                const auto &other = m_before.steps[j].inputs;
                if (m_isTaken[j] || !other || other->stage != inputs->stage || !matches(*inputs, *other))
                    continue;
                m_isTaken[j] = true;
                m_partner[i] = int(j);
                break;
            }
        }
    }

    const BuildRecord &m_before;
    const BuildRecord &m_now;
    std::vector<bool> m_isTaken;
    std::vector<int> m_partner;
};

QStringList changedFiles(const std::vector<TakenFile> &before, const std::vector<TakenFile> &now)
{
    QHash<QString, QString> rest;
    for (const TakenFile &file : before)
        rest.insert(file.path, file.digest);
    QStringList names;
    for (const TakenFile &file : now) {
        const auto known = rest.constFind(file.path);
        if (known == rest.constEnd() || *known != file.digest)
            names += file.path;
        if (known != rest.constEnd())
            rest.erase(known);
    }
    names += rest.keys();
    names.sort();
    return names;
}

QString shown(const SeenVariable &variable)
{
    return variable.isDigest ? QString() : variable.value;
}

void compareVariables(const StepInputs &before, const StepInputs &now, std::vector<MissReason> &reasons)
{
    const auto named = [](const std::vector<SeenVariable> &list, const QString &name) {
        const auto found = std::ranges::find(list, name, &SeenVariable::name);
        return found == list.end() ? nullptr : &*found;
    };
    for (const SeenVariable &variable : now.variables) {
        const SeenVariable *old = named(before.variables, variable.name);
        if (!old || old->value != variable.value) {
            reasons.push_back({.kind = Kind::VariableChanged,
                               .names = {variable.name},
                               .before = old ? shown(*old) : QString(),
                               .after = shown(variable)});
        }
    }
    for (const SeenVariable &variable : before.variables) {
        if (!named(now.variables, variable.name)) {
            reasons.push_back({.kind = Kind::VariableChanged,
                               .names = {variable.name},
                               .before = shown(variable),
                               .after = {}});
        }
    }
}

std::vector<MissReason> ownReasons(const StepRecord *before, const StepInputs &now)
{
    if (now.cacheRefused)
        return {{.kind = Kind::CacheRefused, .names = {}, .before = {}, .after = {}}};
    if (!before)
        return {{.kind = Kind::NewStep, .names = {}, .before = {}, .after = {}}};
    const StepInputs &old = *before->inputs;
    std::vector<MissReason> reasons;
    if (old.written != now.written)
        reasons.push_back(
            {.kind = Kind::InstructionChanged, .names = {}, .before = old.written, .after = now.written});
    compareVariables(old, now, reasons);
    if (old.baseDigest != now.baseDigest && !now.baseDigest.isEmpty() && !old.baseDigest.isEmpty()) {
        reasons.push_back(
            {.kind = Kind::BaseChanged, .names = {}, .before = old.baseDigest, .after = now.baseDigest});
    }
    if (const QStringList files = changedFiles(old.files, now.files); !files.isEmpty())
        reasons.push_back({.kind = Kind::FilesChanged, .names = files, .before = {}, .after = {}});
    return reasons;
}

bool areFiles(const MissReason &reason)
{
    return reason.kind == Kind::FilesChanged;
}

// A later step often takes the file again that made an earlier one run: said once.
bool areKnown(const std::vector<MissReason> &reasons, const std::vector<MissReason> &above)
{
    const auto files = std::ranges::find_if(above, areFiles);
    return std::ranges::all_of(reasons, [&](const MissReason &reason) {
        return areFiles(reason) && files != above.end() &&
               std::ranges::all_of(reason.names,
                                   [&](const QString &name) { return files->names.contains(name); });
    });
}

// Steps are in the order in which the engine told them, which need not be that of their parents.
class Explainer
{
public:
    Explainer(const BuildRecord &before, const BuildRecord &now)
        : m_now(now)
        , m_pairing(before, now)
        , m_missOf(now.steps.size(), unknown)
    {}

    std::vector<CacheMiss> run()
    {
        for (std::size_t i = 0; i < m_now.steps.size(); ++i)
            missOf(int(i));
        std::erase_if(m_misses, [this](const CacheMiss &miss) {
            return miss.followers == 0 && isFrom(*m_now.steps[std::size_t(miss.step)].inputs);
        });
        std::ranges::sort(m_misses, {}, &CacheMiss::step);
        return std::move(m_misses);
    }

private:
    // Index of the miss that made the step run.
    int missOf(int step)
    {
        if (step < 0 || std::size_t(step) >= m_missOf.size())
            return none;
        int &miss = m_missOf[std::size_t(step)];
        if (miss == unknown) {
            miss = none; // also ends a circle, which only a damaged record can have
            const StepRecord &record = m_now.steps[std::size_t(step)];
            if (ran(record))
                miss = explain(step, *record.inputs);
            else if (record.inputs) // out of the cache of an older build: what changed above it still changed
                miss = causeAbove(*record.inputs);
        }
        return miss;
    }

    int explain(int step, const StepInputs &inputs)
    {
        std::vector<MissReason> reasons = ownReasons(m_pairing.partnerOf(std::size_t(step)), inputs);
        const int cause = causeAbove(inputs);
        if (cause >= 0 && areKnown(reasons, m_misses[std::size_t(cause)].reasons)) {
            ++m_misses[std::size_t(cause)].followers;
            return cause;
        }
        if (reasons.empty() && isFrom(inputs))
            return none;
        if (reasons.empty())
            reasons.push_back({.kind = Kind::CacheGone, .names = {}, .before = {}, .after = {}});
        if (cause >= 0)
            reasons.push_back({.kind = Kind::ParentRan, .names = {}, .before = {}, .after = {}});
        m_misses.push_back({.step = step, .reasons = std::move(reasons), .followers = 0});
        return int(m_misses.size()) - 1;
    }

    int causeAbove(const StepInputs &inputs)
    {
        int cause = none;
        for (const int parent : inputs.parents) {
            if (const int miss = missOf(parent); cause == none)
                cause = miss;
        }
        return cause;
    }

    static constexpr int none = -1;
    static constexpr int unknown = -2;
    const BuildRecord &m_now;
    Pairing m_pairing;
    std::vector<int> m_missOf;
    std::vector<CacheMiss> m_misses; ///< grows only: the indices stay
};

class Words
{
    Q_DECLARE_TR_FUNCTIONS(history)
};

QString shortDigest(const QString &digest)
{
    return digest.section(u':', -1).left(12);
}

QString filesInWords(const QStringList &names)
{
    constexpr qsizetype shownAtMost = 3;
    const QString list = names.first(std::min(names.size(), shownAtMost)).join(u", "_s);
    if (names.size() <= shownAtMost)
        return Words::tr("%1 changed", "files", int(names.size())).arg(list);
    return Words::tr("%1 and %n more changed", "files", int(names.size() - shownAtMost)).arg(list);
}

}

std::vector<CacheMiss> explainMisses(const std::optional<BuildRecord> &before, const BuildRecord &now)
{
    if (before)
        return Explainer(*before, now).run();
    // The first build runs everything.
    CacheMiss first{.step = -1,
                    .reasons = {{.kind = Kind::FirstBuild, .names = {}, .before = {}, .after = {}}}};
    for (std::size_t i = 0; i < now.steps.size(); ++i) {
        if (!ran(now.steps[i]))
            continue;
        if (first.step < 0)
            first.step = int(i);
        else
            ++first.followers;
    }
    if (first.step < 0)
        return {};
    return {first};
}

QString reasonInWords(const MissReason &reason)
{
    switch (reason.kind) {
    case Kind::FirstBuild:
        return Words::tr("no earlier build of this file and target is remembered");
    case Kind::NewStep:
        return Words::tr("the build before had no such step");
    case Kind::InstructionChanged:
        return Words::tr("its text changed");
    case Kind::VariableChanged:
        if (reason.before.isEmpty() || reason.after.isEmpty())
            return Words::tr("%1 changed").arg(reason.names.value(0));
        return Words::tr("%1 changed from %2 to %3").arg(reason.names.value(0), reason.before, reason.after);
    case Kind::BaseChanged:
        return Words::tr("the base image changed from %1 to %2")
            .arg(shortDigest(reason.before), shortDigest(reason.after));
    case Kind::FilesChanged:
        return filesInWords(reason.names);
    case Kind::CacheRefused:
        return Words::tr("the build was asked not to use the cache");
    case Kind::ParentRan:
        return Words::tr("a step before it ran");
    case Kind::CacheGone:
        return Words::tr("nothing it depends on changed: its cache was pruned, or made by another builder");
    }
    Q_UNREACHABLE_RETURN({});
}

QString missInWords(const CacheMiss &miss, const BuildRecord &now)
{
    QStringList reasons;
    for (const MissReason &reason : miss.reasons)
        reasons += reasonInWords(reason);
    const QString why = reasons.join(u", "_s);
    const StepRecord &step = now.steps[std::size_t(miss.step)];
    const QString name = step.name.startsWith(u'[') ? step.name.section(u']', 0, 0).mid(1) : step.name;
    const QString sentence = miss.reasons.front().kind == Kind::FirstBuild
                                 ? Words::tr("step %1 ran: %2").arg(name, why)
                                 : Words::tr("step %1 ran again: %2").arg(name, why);
    if (miss.followers == 0)
        return sentence;
    if (miss.followers == 1)
        return Words::tr("%1; the step after it follows").arg(sentence);
    return Words::tr("%1; %n steps follow", "cache", miss.followers).arg(sentence);
}

}
