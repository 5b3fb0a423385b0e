// SPDX-License-Identifier: Apache-2.0
#include "bake/decoder.h"

#include "bake/words.h"

namespace bake {

using namespace Qt::StringLiterals;

void Decoder::decode(BakeFile &file)
{
    m_evaluator.checkVariables();
    for (const auto &block : m_evaluator.body().blocks) {
        if (m_evaluator.error())
            return;
        m_evaluator.setFile(block.file);
        m_line = block.line;
        if (block.labels.size() != 1)
            m_evaluator.fail(block.line, Words::tr("\"%1\" wants exactly one name").arg(block.type));
        else if (block.type == "target"_L1)
            decodeTarget(block, file);
        else if (block.type == "group"_L1)
            decodeGroup(block, file);
        else if (block.type != "variable"_L1 && block.type != "function"_L1)
            m_evaluator.fail(block.line, Words::tr("a bake file has no blocks called \"%1\"").arg(block.type),
                             Words::tr("It has target, group, variable and function."));
    }
}

void Decoder::decodeGroup(const Block &block, BakeFile &file)
{
    Group group{.name = block.labels.constFirst()};
    for (const auto &attribute : block.body.attributes) {
        m_line = attribute.line;
        m_context = u"group \"%1\": %2"_s.arg(group.name, attribute.name);
        const Value value = m_evaluator.value(*attribute.expression, {});
        if (attribute.name == "targets"_L1)
            group.targets = texts(value);
        else if (attribute.name == "description"_L1)
            group.description = text(value);
        else
            wrong(Words::tr("a group has no such argument"), Words::tr("It has targets and description."));
    }
    group.targets.removeDuplicates();
    const auto same = std::ranges::find(file.groups, group.name, &Group::name);
    if (same == file.groups.end())
        file.groups.push_back(std::move(group));
    else
        *same = std::move(group);
}

void Decoder::decodeTarget(const Block &block, BakeFile &file)
{
    const QString label = block.labels.constFirst();
    if (!isTargetName(label)) {
        m_evaluator.fail(block.line, Words::tr("\"%1\" is no name of a target").arg(label),
                         Words::tr("Use letters, digits, - and _."));
        return;
    }
    const auto *nameTemplate = block.body.attribute(u"name");
    if (!block.body.attribute(u"matrix")) {
        if (nameTemplate)
            m_evaluator.fail(nameTemplate->line, Words::tr("\"name\" wants a matrix"),
                             Words::tr("The target's name stands after \"target\"."));
        addTarget(target(block, label, {}), file);
        return;
    }
    QStringList names;
    for (const auto &locals : matrix(block)) {
        m_context = u"target \"%1\": name"_s.arg(label);
        const QString name =
            nameTemplate ? text(m_evaluator.value(*nameTemplate->expression, locals)) : label;
        if (!m_evaluator.error() && (names.contains(name) || !isTargetName(name))) {
            m_evaluator.fail(
                nameTemplate ? nameTemplate->line : block.line,
                names.contains(name)
                    ? Words::tr("the matrix of \"%1\" makes two targets called \"%2\"").arg(label, name)
                    : Words::tr("\"%1\" is no name of a target").arg(name),
                names.contains(name) ? Words::tr("Let \"name\" use every variable of the matrix.")
                                     : Words::tr("Wrap it in sanitize(...)."));
        }
        names.append(name);
        addTarget(target(block, name, locals), file);
    }
    // The label stands for all that came of it.
    if (names != QStringList{label} && !file.group(label))
        file.groups.push_back({.name = label, .targets = names});
}

void Decoder::addTarget(Target target, BakeFile &file)
{
    const auto same = std::ranges::find(file.targets, target.name, &Target::name);
    if (same == file.targets.end())
        file.targets.push_back(std::move(target));
    else
        same->merge(target);
}

// The variables' product; the variable that comes last in the alphabet changes least often.
std::vector<Locals> Decoder::matrix(const Block &block)
{
    constexpr std::size_t most = 10'000;
    const auto *attribute = block.body.attribute(u"matrix");
    const Value value = m_evaluator.value(*attribute->expression, {});
    m_line = attribute->line;
    m_context = u"target \"%1\": matrix"_s.arg(block.labels.constFirst());
    if (!value.isMap())
        wrong(Words::tr("a matrix is a map of lists"));
    std::vector<Locals> rows{{}};
    for (std::size_t i = 0; i < value.keys().size() && !m_evaluator.error(); ++i) {
        std::vector<Locals> longer;
        for (const auto &item : listOf(value.items()[i])) {
            for (auto row : rows) {
                row.insert(value.keys()[i], item);
                longer.push_back(std::move(row));
            }
            if (longer.size() > most)
                wrong(Words::tr("the matrix makes more than %1 targets").arg(most));
        }
        rows = std::move(longer);
    }
    return rows;
}

Target Decoder::target(const Block &block, const QString &name, const Locals &locals)
{
    Target target{.name = name};
    for (const auto &attribute : block.body.attributes) {
        if (attribute.name == "matrix"_L1 || attribute.name == "name"_L1)
            continue;
        m_line = attribute.line;
        m_context = u"target \"%1\": %2"_s.arg(name, attribute.name);
        const Value value = m_evaluator.value(*attribute.expression, locals);
        if (m_evaluator.error())
            break;
        if (!value.isNull())
            setAttribute(target, attribute, value);
    }
    for (const auto &inner : block.body.blocks) {
        m_line = inner.line;
        m_context = u"target \"%1\""_s.arg(name);
        wrong(Words::tr("\"%1\" is no argument").arg(inner.type),
              Words::tr("Write %1 = { ... }.").arg(inner.type));
    }
    return target;
}

void Decoder::setAttribute(Target &target, const Attribute &attribute, const Value &value)
{
    const QString &key = attribute.name;
    if (!setPlain(target, key, value) && !setList(target, key, value) && !setEntries(target, key, value))
        wrong(Words::tr("a target has no such argument"));
}

bool Decoder::setPlain(Target &target, const QString &key, const Value &value)
{
    static const QHash<QString, std::optional<QString> Target::*> texts{
        {u"context"_s, &Target::context},
        {u"dockerfile"_s, &Target::dockerfile},
        {u"dockerfile-inline"_s, &Target::dockerfileInline},
        {u"target"_s, &Target::target},
        {u"network"_s, &Target::network},
        {u"shm-size"_s, &Target::sharedMemory},
        {u"call"_s, &Target::call}};
    if (const auto member = texts.value(key))
        target.*member = text(value);
    else if (key == "description"_L1)
        target.description = text(value);
    else if (key == "pull"_L1)
        target.pull = flag(value);
    else if (key == "no-cache"_L1)
        target.noCache = flag(value);
    else
        return false;
    return true;
}

bool Decoder::setList(Target &target, const QString &key, const Value &value)
{
    static const QHash<QString, QStringList Target::*> lists{{u"inherits"_s, &Target::inherits},
                                                             {u"annotations"_s, &Target::annotations},
                                                             {u"no-cache-filter"_s, &Target::noCacheFilter},
                                                             {u"ulimits"_s, &Target::ulimits},
                                                             {u"entitlements"_s, &Target::entitlements}};
    static const QHash<QString, Target::Texts Target::*> maps{{u"args"_s, &Target::arguments},
                                                              {u"labels"_s, &Target::labels},
                                                              {u"extra-hosts"_s, &Target::extraHosts}};
    if (const auto list = lists.value(key)) {
        target.*list = texts(value);
    } else if (const auto map = maps.value(key)) {
        target.*map = textMap(value);
    } else if (key == "tags"_L1) {
        target.tags = texts(value);
    } else if (key == "platforms"_L1) {
        target.platforms = texts(value);
    } else if (key == "contexts"_L1) {
        for (const auto &[name, path] : textMap(value).asKeyValueRange())
            target.contexts.insert(name, path.value_or(QString()));
    } else {
        return false;
    }
    return true;
}

bool Decoder::setEntries(Target &target, const QString &key, const Value &value)
{
    if (key == "cache-from"_L1)
        target.cacheFrom = caches(value);
    else if (key == "cache-to"_L1)
        target.cacheTo = caches(value);
    else if (key == "output"_L1)
        target.outputs = entries(value, parseOutput);
    else if (key == "attest"_L1)
        target.attestations = entries(value, parseAttestation);
    else if (key == "secret"_L1)
        target.secrets = secrets(value);
    else if (key == "ssh"_L1)
        target.ssh = sshAgents(value);
    else
        return false;
    return true;
}

}
