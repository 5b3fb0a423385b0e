// SPDX-License-Identifier: Apache-2.0
#include "bake/resolve.h"

#include "bake/overrides.h"
#include "bake/words.h"

#include <QDir>
#include <QRegularExpression>
#include <QSet>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<base::Error> refused(const QString &message, const QString &hint, base::Error::Kind kind)
{
    return std::unexpected(base::Error{.kind = kind, .message = message, .hint = hint});
}

QString cleanContext(const QString &context)
{
    static const QRegularExpression remote(u"^([a-z][a-z0-9+.-]*://|git@|github\\.com/)"_s);
    if (context.startsWith("cwd://"_L1))
        return cleanContext(context.mid(6));
    if (remote.match(context).hasMatch())
        return context;
    const QString clean = QDir::cleanPath(context);
    return clean.isEmpty() ? u"."_s : clean;
}

class Resolver
{
public:
    Resolver(const BakeFile &file, Overrides overrides)
        : m_file(file)
        , m_overrides(std::move(overrides))
    {}

    base::Result<Resolved> run(const QStringList &names)
    {
        for (const auto &name : names) {
            if (auto done = addNamed(name, {}); !done)
                return std::unexpected(done.error());
        }
        nameDefault(names);
        const QStringList asked = m_resolved.targets.keys();
        for (const auto &name : asked) {
            if (auto done = link(name, {}); !done)
                return std::unexpected(done.error());
        }
        for (auto &target : m_resolved.targets) {
            // buildx prints a context as it is used: cleaned.
            target.context = cleanContext(*target.context);
        }
        return m_resolved;
    }

private:
    base::Result<void> addNamed(const QString &name, QStringList path)
    {
        const auto *group = m_file.group(name);
        if (!group) {
            auto target = complete(name);
            if (!target)
                return std::unexpected(target.error());
            m_resolved.targets.insert(name, std::move(*target));
            return {};
        }
        if (path.contains(name)) {
            // A group may be called as one of its targets.
            if (m_file.target(name))
                return addTarget(name);
            return refused(Words::tr("the group \"%1\" holds itself").arg(name),
                           Words::tr("Take it out of %1.").arg(path.constLast()),
                           base::Error::Kind::Malformed);
        }
        path.append(name);
        m_resolved.groups.insert(name, *group);
        for (const auto &member : group->targets) {
            if (auto done = addNamed(member, path); !done)
                return done;
        }
        return {};
    }

    base::Result<void> addTarget(const QString &name)
    {
        auto target = complete(name);
        if (!target)
            return std::unexpected(target.error());
        m_resolved.targets.insert(name, std::move(*target));
        return {};
    }

    base::Result<Target> complete(const QString &name)
    {
        auto target = inheriting(name, {});
        if (!target)
            return target;
        target->inherits.clear();
        target->context = target->context.value_or(u"."_s);
        if (target->dockerfile.value_or(QString()).isEmpty())
            target->dockerfile = u"Dockerfile"_s;
        return target;
    }

    base::Result<Target> inheriting(const QString &name, QStringList path)
    {
        const auto *own = m_file.target(name);
        if (!own)
            return refused(path.isEmpty() ? Words::tr("there is no target \"%1\"").arg(name)
                                          : Words::tr("\"%1\" inherits from \"%2\", which is not there")
                                                .arg(path.constLast(), name),
                           known(), base::Error::Kind::NotFound);
        if (path.contains(name))
            return refused(Words::tr("the target \"%1\" inherits from itself: %2")
                               .arg(name, (path + QStringList{name}).join(u" → "_s)),
                           Words::tr("Take one of these out of \"inherits\"."), base::Error::Kind::Malformed);
        path.append(name);
        Target target{.name = name};
        for (const auto &parent : own->inherits) {
            const auto inherited = inheriting(parent, path);
            if (!inherited)
                return inherited;
            target.merge(*inherited);
        }
        target.merge(*own);
        if (auto done = apply(m_overrides.value(name), target); !done)
            return std::unexpected(done.error());
        target.normalise();
        return target;
    }

    [[nodiscard]] QString known() const
    {
        QStringList names;
        for (const auto &group : m_file.groups)
            names.append(group.name);
        for (const auto &target : m_file.targets)
            names.append(target.name);
        names.removeDuplicates();
        return names.isEmpty() ? QString() : Words::tr("There are: %1.").arg(names.join(u", "_s));
    }

    // What was asked for is printed as the group "default".
    void nameDefault(const QStringList &names)
    {
        auto &group = m_resolved.groups[u"default"_s];
        const bool isDefined = m_file.group(u"default"_s) && names.contains("default"_L1);
        group.name = u"default"_s;
        for (const auto &name : names) {
            if (!isDefined || name != "default"_L1)
                group.targets.append(name);
        }
        group.targets.removeDuplicates();
        group.targets.sort();
    }

    base::Result<void> link(const QString &name, QStringList path)
    {
        path.append(name);
        const auto contexts = m_resolved.targets.value(name).contexts;
        for (const auto &value : contexts) {
            if (!value.startsWith("target:"_L1))
                continue;
            const QString other = value.mid(7);
            if (path.contains(other))
                return refused(Words::tr("the contexts of \"%1\" lead back to \"%2\"").arg(name, other),
                               Words::tr("Targets cannot wait for each other."),
                               base::Error::Kind::Malformed);
            if (!m_resolved.targets.contains(other)) {
                auto target = complete(other);
                if (!target)
                    return std::unexpected(target.error());
                target->outputs = std::vector<TypedEntry>{{u"cacheonly"_s, {}}};
                m_resolved.targets.insert(other, std::move(*target));
                m_resolved.linked.append(other);
            }
            if (auto done = link(other, path); !done)
                return done;
            if (auto done = share(m_resolved.targets[other], m_resolved.targets[name]); !done)
                return done;
        }
        return {};
    }

    static base::Result<void> share(const Target &linked, Target &target)
    {
        for (const auto &entitlement : linked.entitlements) {
            if (!target.entitlements.contains(entitlement))
                target.entitlements.append(entitlement);
        }
        const auto mine = target.platforms.value_or(QStringList());
        const auto theirs = linked.platforms.value_or(QStringList());
        const bool fits =
            std::ranges::all_of(mine, [&theirs](const QString &p) { return theirs.contains(p); });
        if (mine.size() > 1 && theirs.size() > 1 && !fits)
            return refused(Words::tr("\"%1\" is built for platforms that its context \"%2\" is not built for")
                               .arg(target.name, linked.name),
                           Words::tr("Give \"%1\" the same platforms.").arg(linked.name),
                           base::Error::Kind::Malformed);
        return {};
    }

    const BakeFile &m_file;
    Overrides m_overrides;
    Resolved m_resolved;
};

// Patterns become the names that they match.
base::Result<QStringList> matchingNames(const BakeFile &file, const QStringList &asked)
{
    QStringList names;
    for (const auto &name : asked.isEmpty() ? QStringList{u"default"_s} : asked) {
        const QString clean = QString(name).replace(u'.', u'_');
        static const QRegularExpression wild(u"[*?\\[\\]]"_s);
        if (!name.contains(wild)) {
            names.append(clean);
            continue;
        }
        const qsizetype before = names.size();
        for (const auto &group : file.groups) {
            if (matchesPattern(name, group.name))
                names.append(group.name);
        }
        for (const auto &target : file.targets) {
            if (matchesPattern(name, target.name))
                names.append(target.name);
        }
        if (names.size() == before)
            return refused(Words::tr("no target matches \"%1\"").arg(name), {}, base::Error::Kind::NotFound);
    }
    names.removeDuplicates();
    return names;
}

}

base::Result<Resolved> resolve(const BakeFile &file, const QStringList &names, const QStringList &overrides)
{
    const auto asked = matchingNames(file, names);
    if (!asked)
        return std::unexpected(asked.error());
    auto read = readOverrides(file, overrides);
    if (!read)
        return std::unexpected(read.error());
    return Resolver(file, std::move(*read)).run(*asked);
}

QStringList buildOrder(const Resolved &resolved)
{
    QStringList order;
    const auto add = [&](const auto &self, const QString &name) -> void {
        if (order.contains(name) || !resolved.targets.contains(name))
            return;
        for (const auto &value : resolved.targets[name].contexts) {
            if (value.startsWith("target:"_L1))
                self(self, value.mid(7));
        }
        order.append(name);
    };
    for (const auto &name : resolved.targets.keys())
        add(add, name);
    return order;
}

}
