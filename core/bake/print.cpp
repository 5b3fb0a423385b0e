// SPDX-License-Identifier: Apache-2.0
#include "bake/print.h"

namespace bake {

using namespace Qt::StringLiterals;

namespace {

QString escaped(QString text)
{
    return text.replace(u"${"_s, u"$${"_s).replace(u"%{"_s, u"%%{"_s);
}

class TargetWriter
{
public:
    void text(const QString &key, const std::optional<QString> &value)
    {
        if (value)
            m_json.set(key, Json::ofString(*value));
    }

    void flag(const QString &key, const std::optional<bool> &value)
    {
        if (value)
            m_json.set(key, Json::ofBool(*value));
    }

    void texts(const QString &key, const QStringList &values)
    {
        if (!values.isEmpty())
            m_json.set(key, Json::ofStrings(values));
    }

    void map(const QString &key, const Target::Texts &values)
    {
        Json object = Json::object();
        for (const auto &[name, value] : values.asKeyValueRange())
            object.set(name, value ? Json::ofString(escaped(*value)) : Json());
        if (!object.members.empty())
            m_json.set(key, std::move(object));
    }

    template <class T, class Write>
    void list(const QString &key, const std::vector<T> &values, const Write &write)
    {
        Json array{.type = Json::Type::Array};
        for (const auto &value : values)
            array.items.push_back(write(value));
        if (!array.items.empty())
            m_json.set(key, std::move(array));
    }

    void entries(const QString &key, const std::vector<TypedEntry> &entries)
    {
        list(key, entries, [](const TypedEntry &entry) {
            auto sorted = entry.attributes;
            sorted.insert(u"type"_s, entry.type);
            Json object = Json::object();
            for (const auto &[name, value] : sorted.asKeyValueRange()) {
                const bool isFlag = name == "disabled"_L1 && value == "true"_L1;
                object.set(name, isFlag ? Json::ofBool(true) : Json::ofString(value));
            }
            return object;
        });
    }

    [[nodiscard]] Json take() { return std::move(m_json); }

private:
    Json m_json = Json::object();
};

Json secretJson(const Secret &secret)
{
    Json object = Json::object();
    for (const auto &[key, value] :
         {std::pair{u"id"_s, secret.id}, {u"src"_s, secret.file}, {u"env"_s, secret.environment}}) {
        if (!value.isEmpty())
            object.set(key, Json::ofString(value));
    }
    return object;
}

Json sshJson(const Ssh &ssh)
{
    Json object = Json::object();
    if (!ssh.id.isEmpty())
        object.set(u"id"_s, Json::ofString(ssh.id));
    if (!ssh.paths.isEmpty())
        object.set(u"paths"_s, Json::ofStrings(ssh.paths));
    return object;
}

}

Json targetJson(const Target &target)
{
    TargetWriter out;
    if (!target.description.isEmpty())
        out.text(u"description"_s, target.description);
    out.texts(u"inherits"_s, target.inherits);
    QStringList annotations;
    std::ranges::transform(target.annotations, std::back_inserter(annotations), escaped);
    out.texts(u"annotations"_s, annotations);
    out.entries(u"attest"_s, target.attestations);
    out.text(u"context"_s, target.context);
    Json contexts = Json::object();
    for (const auto &[name, value] : target.contexts.asKeyValueRange())
        contexts.set(name, Json::ofString(value));
    Json result = out.take();
    if (!contexts.members.empty())
        result.set(u"contexts"_s, std::move(contexts));

    out.text(u"dockerfile"_s, target.dockerfile);
    if (target.dockerfileInline)
        out.text(u"dockerfile-inline"_s, escaped(*target.dockerfileInline));
    out.map(u"args"_s, target.arguments);
    out.map(u"labels"_s, target.labels);
    out.texts(u"tags"_s, target.tags.value_or(QStringList()));
    out.entries(u"cache-from"_s, target.cacheFrom);
    out.entries(u"cache-to"_s, target.cacheTo.value_or(std::vector<TypedEntry>()));
    out.text(u"target"_s, target.target);
    out.list(u"secret"_s, target.secrets, secretJson);
    out.list(u"ssh"_s, target.ssh, sshJson);
    out.texts(u"platforms"_s, target.platforms.value_or(QStringList()));
    out.entries(u"output"_s, target.outputs.value_or(std::vector<TypedEntry>()));
    out.flag(u"pull"_s, target.pull);
    out.flag(u"no-cache"_s, target.noCache);
    out.text(u"network"_s, target.network);
    out.texts(u"no-cache-filter"_s, target.noCacheFilter);
    out.text(u"shm-size"_s, target.sharedMemory);
    out.texts(u"ulimits"_s, target.ulimits);
    out.text(u"call"_s, target.call);
    out.texts(u"entitlements"_s, target.entitlements);
    out.map(u"extra-hosts"_s, target.extraHosts);
    for (auto &[key, value] : out.take().members)
        result.set(key, std::move(value));
    return result;
}

QString printed(const Resolved &resolved)
{
    Json groups = Json::object();
    for (const auto &group : resolved.groups) {
        Json object = Json::object();
        if (!group.description.isEmpty())
            object.set(u"description"_s, Json::ofString(group.description));
        object.set(u"targets"_s, Json::ofStrings(group.targets));
        groups.set(group.name, std::move(object));
    }
    Json targets = Json::object();
    for (const auto &[name, target] : resolved.targets.asKeyValueRange())
        targets.set(name, targetJson(target));
    Json root = Json::object();
    root.set(u"group"_s, std::move(groups));
    root.set(u"target"_s, std::move(targets));
    return jsonText(root);
}

}
