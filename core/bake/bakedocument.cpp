// SPDX-License-Identifier: Apache-2.0
#include "bake/bakedocument.h"

#include "bake/print.h"
#include "bake/words.h"

namespace bake {

using namespace Qt::StringLiterals;

namespace {

QStringList namesIn(const Json &root, QStringView section)
{
    QStringList names;
    const auto *object = root.find(section);
    for (const auto &[name, value] : object ? object->members : Json::object().members)
        names.append(name);
    return names;
}

// print.cpp escapes what buildx escapes when it prints; a file is read as templates everywhere.
void escapeAll(Json &json)
{
    if (json.type == Json::Type::String)
        json.text.replace(u"${"_s, u"$${"_s).replace(u"%{"_s, u"%%{"_s);
    for (auto &item : json.items)
        escapeAll(item);
    for (auto &[key, value] : json.members)
        escapeAll(value);
}

const QStringList &knownKeys()
{
    static const QStringList keys{
        u"description"_s, u"inherits"_s,        u"annotations"_s, u"attest"_s,
        u"context"_s,     u"contexts"_s,        u"dockerfile"_s,  u"dockerfile-inline"_s,
        u"args"_s,        u"labels"_s,          u"tags"_s,        u"cache-from"_s,
        u"cache-to"_s,    u"target"_s,          u"secret"_s,      u"ssh"_s,
        u"platforms"_s,   u"output"_s,          u"pull"_s,        u"no-cache"_s,
        u"network"_s,     u"no-cache-filter"_s, u"shm-size"_s,    u"ulimits"_s,
        u"call"_s,        u"entitlements"_s,    u"extra-hosts"_s};
    return keys;
}

}

BakeDocument::BakeDocument()
    : m_root(Json::object())
{}

base::Result<BakeDocument> BakeDocument::parse(const QString &text, const QString &name)
{
    BakeDocument document;
    if (text.trimmed().isEmpty())
        return document;
    auto json = parseJson(text, name);
    if (!json)
        return std::unexpected(json.error());
    for (const auto &section : {u"group"_s, u"target"_s, u"variable"_s}) {
        const auto *found = json->find(section);
        if (json->type != Json::Type::Object || (found && found->type != Json::Type::Object))
            return std::unexpected(
                base::Error{.kind = base::Error::Kind::Unsupported,
                            .message = Words::tr("\"%1\" is not an object of names").arg(section),
                            .where = u"%1:%2"_s.arg(name).arg(found ? found->line : json->line),
                            .hint = Words::tr("Edit this file as text, or write its lists as objects.")});
    }
    document.m_root = std::move(*json);
    return document;
}

QString BakeDocument::text() const
{
    return jsonText(m_root);
}

QStringList BakeDocument::targetNames() const
{
    return namesIn(m_root, u"target");
}

QStringList BakeDocument::groupNames() const
{
    return namesIn(m_root, u"group");
}

Json &BakeDocument::section(const QString &name)
{
    if (!m_root.find(name))
        m_root.set(name, Json::object());
    return *m_root.find(name);
}

void BakeDocument::setTarget(const Target &target)
{
    // What targetJson() escapes already must not be escaped twice.
    const QStringList escapedAlready{u"annotations"_s, u"dockerfile-inline"_s, u"args"_s, u"labels"_s,
                                     u"extra-hosts"_s};
    Json written = targetJson(target);
    for (auto &[key, value] : written.members) {
        if (!escapedAlready.contains(key))
            escapeAll(value);
    }
    // An empty list takes away what is inherited, so it is written too.
    if (target.tags && target.tags->isEmpty())
        written.set(u"tags"_s, Json{.type = Json::Type::Array});
    if (target.platforms && target.platforms->isEmpty())
        written.set(u"platforms"_s, Json{.type = Json::Type::Array});
    Json &targets = section(u"target"_s);
    if (!targets.find(target.name))
        targets.set(target.name, Json::object());
    Json &mine = *targets.find(target.name);
    for (const auto &key : knownKeys()) {
        if (!written.find(key))
            mine.remove(key);
    }
    for (auto &[key, value] : written.members)
        mine.set(key, std::move(value));
}

void BakeDocument::removeTarget(const QString &name)
{
    section(u"target"_s).remove(name);
    if (!m_root.find(u"group"))
        return;
    for (auto &[groupName, group] : section(u"group"_s).members) {
        if (auto *targets = group.find(u"targets"))
            std::erase_if(targets->items, [&name](const Json &item) { return item.text == name; });
    }
}

void BakeDocument::renameTarget(const QString &name, const QString &newName)
{
    const auto follow = [&](Json *names) {
        if (!names)
            return;
        for (auto &item : names->items) {
            if (item.text == name)
                item.text = newName;
        }
    };
    for (auto &[key, target] : section(u"target"_s).members) {
        if (key == name)
            key = newName;
        follow(target.find(u"inherits"));
        if (auto *contexts = target.find(u"contexts")) {
            for (auto &[context, value] : contexts->members) {
                if (value.text == u"target:"_s + name)
                    value.text = u"target:"_s + newName;
            }
        }
    }
    if (!m_root.find(u"group"))
        return;
    for (auto &[key, group] : section(u"group"_s).members)
        follow(group.find(u"targets"));
}

void BakeDocument::setGroup(const Group &group)
{
    Json &groups = section(u"group"_s);
    if (!groups.find(group.name))
        groups.set(group.name, Json::object());
    Json &mine = *groups.find(group.name);
    mine.set(u"targets"_s, Json::ofStrings(group.targets));
    if (group.description.isEmpty())
        mine.remove(u"description");
    else
        mine.set(u"description"_s, Json::ofString(group.description));
}

void BakeDocument::removeGroup(const QString &name)
{
    section(u"group"_s).remove(name);
}

void BakeDocument::setVariable(const QString &name, const QString &value)
{
    Json &variables = section(u"variable"_s);
    if (!variables.find(name))
        variables.set(name, Json::object());
    Json text = Json::ofString(value);
    escapeAll(text);
    variables.find(name)->set(u"default"_s, std::move(text));
}

}
