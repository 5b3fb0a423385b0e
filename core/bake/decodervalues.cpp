// SPDX-License-Identifier: Apache-2.0
// What an argument of a target may be written as.
#include "bake/decoder.h"
#include "bake/words.h"

namespace bake {

using namespace Qt::StringLiterals;

void Decoder::wrong(const QString &message, const QString &hint)
{
    m_evaluator.fail(m_line, m_context + u": "_s + message, hint);
}

QString Decoder::text(const Value &value)
{
    const auto text = value.asText();
    if (!text && !value.isNull())
        wrong(Words::tr("%1 stands where a string should").arg(value.typeInWords()));
    return text.value_or(QString());
}

bool Decoder::flag(const Value &value)
{
    const auto flag = value.asBool();
    if (!flag)
        wrong(Words::tr("%1 stands where true or false should").arg(value.typeInWords()));
    return flag.value_or(false);
}

const std::vector<Value> &Decoder::listOf(const Value &value)
{
    static const std::vector<Value> none;
    if (value.isList())
        return value.items();
    wrong(Words::tr("%1 stands where a list should").arg(value.typeInWords()),
          Words::tr("Write it in brackets: [...]."));
    return none;
}

QStringList Decoder::texts(const Value &value)
{
    QStringList texts;
    for (const auto &item : listOf(value))
        texts.append(text(item));
    return texts;
}

Target::Texts Decoder::textMap(const Value &value)
{
    Target::Texts map;
    if (!value.isMap())
        wrong(Words::tr("%1 stands where a map should").arg(value.typeInWords()));
    for (std::size_t i = 0; i < value.keys().size(); ++i) {
        const Value &item = value.items()[i];
        map.insert(value.keys()[i], item.isNull() ? std::nullopt : std::optional(text(item)));
    }
    return map;
}

TypedEntry Decoder::entryOfMap(const Value &map)
{
    TypedEntry entry;
    for (const auto &[key, value] : textMap(map).asKeyValueRange()) {
        if (key == "type"_L1)
            entry.type = value.value_or(QString());
        else if (value)
            entry.attributes.insert(key, *value);
    }
    if (entry.type.isEmpty())
        wrong(Words::tr("an entry names no type"), Words::tr("Write type = \"...\"."));
    return entry;
}

std::vector<TypedEntry> Decoder::entries(const Value &value,
                                         base::Result<TypedEntry> (*parse)(const QString &))
{
    std::vector<TypedEntry> all;
    for (const auto &item : listOf(value)) {
        if (item.isMap()) {
            all.push_back(entryOfMap(item));
            if (all.back().attributes.value(u"disabled"_s) == "false"_L1)
                all.back().attributes.remove(u"disabled"_s);
            continue;
        }
        const QString words = text(item);
        if (words.isEmpty())
            continue;
        const auto entry = parse(words);
        if (!entry)
            wrong(entry.error().message, entry.error().hint);
        else
            all.push_back(*entry);
    }
    return all;
}

std::vector<TypedEntry> Decoder::caches(const Value &value)
{
    std::vector<TypedEntry> all;
    for (const auto &item : listOf(value)) {
        if (item.isMap()) {
            all.push_back(entryOfMap(item));
            continue;
        }
        const auto some = parseCache(text(item));
        if (!some)
            wrong(some.error().message, some.error().hint);
        else
            all.insert(all.end(), some->begin(), some->end());
    }
    return all;
}

std::vector<Secret> Decoder::secrets(const Value &value)
{
    std::vector<Secret> all;
    for (const auto &item : listOf(value)) {
        if (item.isMap()) {
            const auto map = textMap(item);
            const auto field = [&map](const QString &key) { return map.value(key).value_or(QString()); };
            all.push_back({field(u"id"_s), field(u"src"_s), field(u"env"_s)});
            continue;
        }
        const QString words = text(item);
        if (words.isEmpty())
            continue;
        const auto secret = parseSecret(words);
        if (!secret)
            wrong(secret.error().message, secret.error().hint);
        else
            all.push_back(*secret);
    }
    return all;
}

std::vector<Ssh> Decoder::sshAgents(const Value &value)
{
    std::vector<Ssh> all;
    for (const auto &item : listOf(value)) {
        if (item.isMap()) {
            const auto *id = item.find(u"id"_s);
            const auto *paths = item.find(u"paths"_s);
            all.push_back({.id = id ? text(*id) : QString(),
                           .paths = paths && !paths->isNull() ? texts(*paths) : QStringList()});
        } else if (const QString words = text(item); !words.isEmpty()) {
            all.push_back(parseSsh(words));
        }
    }
    return all;
}

}
