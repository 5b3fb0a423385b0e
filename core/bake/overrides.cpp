// SPDX-License-Identifier: Apache-2.0
#include "bake/overrides.h"

#include "bake/doubles.h"
#include "bake/value.h"
#include "bake/words.h"

#include <QRegularExpression>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

base::Error wrong(const QString &line, const QString &message, const QString &hint)
{
    return {
        .kind = base::Error::Kind::Malformed, .message = message, .where = u"--set "_s + line, .hint = hint};
}

const QStringList &listKeys()
{
    static const QStringList keys{
        u"output"_s, u"cache-to"_s, u"cache-from"_s,   u"tags"_s,        u"platform"_s,        u"secrets"_s,
        u"ssh"_s,    u"attest"_s,   u"entitlements"_s, u"annotations"_s, u"no-cache-filter"_s, u"ulimits"_s};
    return keys;
}

QStringList targetsMatching(const BakeFile &file, const QString &pattern)
{
    QStringList names;
    for (const auto &target : file.targets) {
        if (target.name == pattern)
            return {pattern};
        if (matchesPattern(pattern, target.name))
            names.append(target.name);
    }
    return names;
}

void note(std::vector<Override> &overrides, const QString &key, const QString &value, bool appends)
{
    auto known = std::ranges::find(overrides, key, &Override::key);
    if (known == overrides.end())
        known = overrides.insert(overrides.end(), {.key = key});
    if (!listKeys().contains(key))
        known->values.clear();
    known->values.append(value);
    known->appends = appends;
}

template <class T>
base::Result<std::vector<T>> parsedAll(const QStringList &values, base::Result<T> (*parse)(const QString &))
{
    std::vector<T> all;
    for (const auto &value : values) {
        if (value.isEmpty())
            continue;
        auto one = parse(value);
        if (!one)
            return std::unexpected(one.error());
        all.push_back(std::move(*one));
    }
    return all;
}

base::Result<std::vector<TypedEntry>> cachesOf(const QStringList &values)
{
    std::vector<TypedEntry> all;
    for (const auto &value : values) {
        const auto some = parseCache(value);
        if (!some)
            return some;
        all.insert(all.end(), some->begin(), some->end());
    }
    return all;
}

template <class T>
base::Result<void> replace(std::vector<T> &mine, base::Result<std::vector<T>> values, bool appends)
{
    if (!values)
        return std::unexpected(values.error());
    if (!appends)
        mine.clear();
    mine.insert(mine.end(), values->begin(), values->end());
    removeDoubles(mine);
    return {};
}

template <class T>
base::Result<void> replace(std::optional<std::vector<T>> &mine, base::Result<std::vector<T>> values,
                           bool appends)
{
    mine = mine.value_or(std::vector<T>());
    return replace(*mine, std::move(values), appends);
}

void replaceTexts(QStringList &mine, const Override &override)
{
    mine = override.appends ? mine + override.values : override.values;
}

void replaceTexts(std::optional<QStringList> &mine, const Override &override)
{
    mine = mine.value_or(QStringList());
    replaceTexts(*mine, override);
}

// --push and --load leave alone what was said about outputs of another kind (setPushOverride in buildx).
void setPush(std::vector<TypedEntry> &outputs, bool push)
{
    if (!push)
        std::erase_if(outputs, [](const TypedEntry &output) { return output.type == "registry"_L1; });
    bool addsOne = push;
    for (auto &output : outputs) {
        addsOne = addsOne && output.type == "docker"_L1;
        if (output.type == "image"_L1)
            output.attributes.insert(u"push"_s, push ? u"true"_s : u"false"_s);
    }
    if (addsOne)
        outputs.push_back({u"image"_s, {{u"push"_s, u"true"_s}}});
}

void setLoad(std::vector<TypedEntry> &outputs)
{
    for (const auto &output : outputs) {
        const bool isImage = QStringList{u"image"_s, u"registry"_s, u"oci"_s}.contains(output.type);
        const bool isLoad = output.type == "docker"_L1 && !output.attributes.contains(u"dest"_s);
        if (isLoad || (!isImage && output.type != "docker"_L1))
            return;
    }
    outputs.push_back({u"docker"_s, {}});
}

base::Result<bool> flagOf(const Override &override)
{
    const QString value = override.values.value(0);
    const auto flag = boolFromText(value);
    if (!flag)
        return std::unexpected(wrong(override.key, Words::tr("\"%1\" is neither true nor false").arg(value),
                                     Words::tr("Write %1=true or %1=false.").arg(override.key)));
    return *flag;
}

bool applyText(const Override &override, Target &target)
{
    static const QHash<QString, std::optional<QString> Target::*> texts{
        {u"context"_s, &Target::context}, {u"dockerfile"_s, &Target::dockerfile},
        {u"target"_s, &Target::target},   {u"call"_s, &Target::call},
        {u"network"_s, &Target::network}, {u"shm-size"_s, &Target::sharedMemory}};
    static const QHash<QString, Target::Texts Target::*> maps{{u"args"_s, &Target::arguments},
                                                              {u"labels"_s, &Target::labels},
                                                              {u"extra-hosts"_s, &Target::extraHosts}};
    const QString head = override.key.section(u'.', 0, 0);
    const QString name = override.key.section(u'.', 1);
    const QString value = override.values.value(0);
    if (const auto member = texts.value(override.key))
        target.*member = value;
    else if (const auto map = maps.value(head); map && !name.isEmpty())
        (target.*map).insert(name, value);
    else if (head == "contexts"_L1 && !name.isEmpty())
        target.contexts.insert(name, value);
    else
        return false;
    return true;
}

bool applyTexts(const Override &override, Target &target)
{
    const QString &key = override.key;
    if (key == "tags"_L1)
        replaceTexts(target.tags, override);
    else if (key == "platform"_L1)
        replaceTexts(target.platforms, override);
    else if (key == "no-cache-filter"_L1)
        replaceTexts(target.noCacheFilter, override);
    else if (key == "ulimits"_L1)
        replaceTexts(target.ulimits, override);
    else if (key == "entitlements"_L1)
        target.entitlements += override.values;
    else if (key == "annotations"_L1)
        target.annotations += override.values;
    else
        return false;
    return true;
}

base::Result<void> applyFlag(const Override &override, Target &target)
{
    const auto flag = flagOf(override);
    if (!flag)
        return std::unexpected(flag.error());
    if (override.key == "pull"_L1) {
        target.pull = *flag;
    } else if (override.key == "no-cache"_L1) {
        target.noCache = *flag;
    } else {
        auto outputs = target.outputs.value_or(std::vector<TypedEntry>());
        if (override.key == "push"_L1)
            setPush(outputs, *flag);
        else if (*flag)
            setLoad(outputs);
        if (target.outputs || !outputs.empty())
            target.outputs = outputs;
    }
    return {};
}

base::Result<void> applyOne(const Override &override, Target &target)
{
    static const QStringList flags{u"pull"_s, u"no-cache"_s, u"push"_s, u"load"_s};
    const QString &key = override.key;
    if (applyText(override, target) || applyTexts(override, target))
        return {};
    if (flags.contains(key))
        return applyFlag(override, target);
    if (key == "cache-from"_L1)
        return replace(target.cacheFrom, cachesOf(override.values), override.appends);
    if (key == "cache-to"_L1)
        return replace(target.cacheTo, cachesOf(override.values), override.appends);
    if (key == "output"_L1)
        return replace(target.outputs, parsedAll(override.values, parseOutput), override.appends);
    if (key == "secrets"_L1)
        return replace(target.secrets, parsedAll(override.values, parseSecret), override.appends);
    if (key == "ssh"_L1) {
        std::vector<Ssh> agents;
        std::ranges::transform(override.values, std::back_inserter(agents), parseSsh);
        return replace(target.ssh, base::Result<std::vector<Ssh>>(agents), override.appends);
    }
    if (key == "attest"_L1) {
        const auto entries = parsedAll(override.values, parseAttestation);
        if (!entries)
            return std::unexpected(entries.error());
        target.attestations.insert(target.attestations.end(), entries->begin(), entries->end());
        removeDoubledAttestations(target.attestations);
        return {};
    }
    return std::unexpected(
        wrong(key, Words::tr("a target has nothing called \"%1\" that could be set").arg(key),
              Words::tr("Keys are those of a bake file, such as args.NAME, tags, platform, output.")));
}

}

bool matchesPattern(const QString &pattern, const QString &name)
{
    const auto form = QRegularExpression::wildcardToRegularExpression(pattern);
    return QRegularExpression(form).match(name).hasMatch();
}

base::Result<Overrides> readOverrides(const BakeFile &file, const QStringList &lines)
{
    Overrides all;
    for (const auto &line : lines) {
        const qsizetype equals = line.indexOf(u'=');
        QString key = equals < 0 ? line : line.first(equals);
        const bool appends = key.endsWith(u'+');
        key.chop(int(appends));
        const QString pattern = key.section(u'.', 0, 0);
        const QString rest = key.section(u'.', 1);
        const bool fromEnvironment = equals < 0 && rest.startsWith("args."_L1);
        if (rest.isEmpty() || (equals < 0 && !fromEnvironment))
            return std::unexpected(
                wrong(line, Words::tr("this is no override"), Words::tr("Write TARGET.KEY=VALUE.")));
        const QByteArray variable = rest.section(u'.', 1).toLocal8Bit();
        if (fromEnvironment && !qEnvironmentVariableIsSet(variable.constData()))
            continue;
        const QStringList names = targetsMatching(file, pattern);
        if (names.isEmpty())
            return std::unexpected(wrong(line, Words::tr("no target matches \"%1\"").arg(pattern),
                                         Words::tr("\"*\" matches all of them.")));
        for (const auto &name : names)
            note(all[name], rest,
                 fromEnvironment ? qEnvironmentVariable(variable.constData()) : line.mid(equals + 1),
                 appends);
    }
    for (auto &overrides : all) {
        std::ranges::stable_partition(
            overrides, [](const Override &o) { return o.key != "push"_L1 && o.key != "load"_L1; });
        std::ranges::stable_partition(overrides, [](const Override &o) { return o.key != "load"_L1; });
    }
    return all;
}

base::Result<void> apply(const std::vector<Override> &overrides, Target &target)
{
    for (const auto &override : overrides) {
        if (auto done = applyOne(override, target); !done)
            return std::unexpected(done.error().in(u"--set %1.%2"_s.arg(target.name, override.key)));
    }
    return {};
}

}
