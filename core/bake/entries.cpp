// SPDX-License-Identifier: Apache-2.0
#include "bake/entries.h"

#include "bake/value.h"
#include "bake/words.h"

#include <QRegularExpression>

#include <cmath>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

base::Error wrong(const QString &message, const QString &hint)
{
    return {.kind = base::Error::Kind::Malformed, .message = message, .hint = hint};
}

// The fields of "a=b,c=d"; keys in lower case.
base::Result<std::vector<std::pair<QString, QString>>> pairsOf(const QString &text)
{
    const auto fields = fieldsOfCsv(text);
    if (!fields)
        return std::unexpected(wrong(Words::tr("\"%1\" has a quote that is not closed").arg(text),
                                     Words::tr("Write fields with commas, such as type=local,dest=out.")));
    std::vector<std::pair<QString, QString>> pairs;
    for (const auto &field : *fields) {
        const qsizetype equals = field.indexOf(u'=');
        if (equals < 0)
            return std::unexpected(
                wrong(Words::tr("\"%1\" is no key=value").arg(field),
                      Words::tr("Write fields with commas, such as type=local,dest=out.")));
        pairs.emplace_back(field.first(equals).trimmed().toLower(), field.mid(equals + 1));
    }
    return pairs;
}

base::Result<TypedEntry> typedEntry(const QString &text)
{
    const auto pairs = pairsOf(text);
    if (!pairs)
        return std::unexpected(pairs.error());
    TypedEntry entry;
    for (const auto &[key, value] : *pairs) {
        if (key == "type"_L1)
            entry.type = value;
        else
            entry.attributes.insert(key, value);
    }
    if (entry.type.isEmpty())
        return std::unexpected(wrong(Words::tr("\"%1\" names no type").arg(text),
                                     Words::tr("Begin with type=, such as type=local.")));
    return entry;
}

}

std::optional<QStringList> fieldsOfCsv(const QString &line)
{
    QStringList fields;
    QString field;
    bool isQuoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        const bool isDouble = isQuoted && c == u'"' && i + 1 < line.size() && line.at(i + 1) == u'"';
        if (isDouble)
            field += line.at(++i);
        else if (c == u'"' && (isQuoted || field.isEmpty()))
            isQuoted = !isQuoted;
        else if (c == u',' && !isQuoted)
            fields.append(std::exchange(field, {}));
        else
            field += c;
    }
    fields.append(field);
    return isQuoted ? std::nullopt : std::optional(fields);
}

base::Result<std::vector<TypedEntry>> parseCache(const QString &text)
{
    std::vector<TypedEntry> entries;
    if (text.isEmpty())
        return entries;
    if (!text.contains(u'=')) {
        const auto fields = fieldsOfCsv(text);
        for (const auto &reference : fields.value_or(QStringList{text}))
            entries.push_back({u"registry"_s, {{u"ref"_s, reference}}});
        return entries;
    }
    const auto entry = typedEntry(text);
    if (!entry)
        return std::unexpected(entry.error());
    entries.push_back(*entry);
    return entries;
}

base::Result<TypedEntry> parseOutput(const QString &text)
{
    if (text == "-"_L1)
        return TypedEntry{u"tar"_s, {{u"dest"_s, text}}};
    const auto fields = fieldsOfCsv(text);
    if (fields && fields->size() == 1 && fields->constFirst() == text && !text.startsWith("type="_L1))
        return TypedEntry{u"local"_s, {{u"dest"_s, text}}};
    return typedEntry(text);
}

base::Result<TypedEntry> parseAttestation(const QString &text)
{
    auto entry = typedEntry(text);
    if (entry && entry->attributes.contains(u"disabled"_s)) {
        const auto disabled = boolFromText(entry->attributes.take(u"disabled"_s));
        if (!disabled)
            return std::unexpected(
                wrong(Words::tr("\"disabled\" is neither true nor false in \"%1\"").arg(text),
                      Words::tr("Write disabled=true or disabled=false.")));
        if (*disabled)
            entry->attributes.insert(u"disabled"_s, u"true"_s);
    }
    return entry;
}

base::Result<Secret> parseSecret(const QString &text)
{
    const auto pairs = pairsOf(text);
    if (!pairs) // the text itself may hold what should not be shown
        return std::unexpected(wrong(Words::tr("a secret has a field that is no key=value"),
                                     Words::tr("Write id=NAME,src=FILE or id=NAME,env=VARIABLE.")));
    Secret secret;
    QString type;
    for (const auto &[key, value] : *pairs) {
        if (key == "id"_L1) {
            secret.id = value;
        } else if (key == "src"_L1 || key == "source"_L1) {
            secret.file = value;
        } else if (key == "env"_L1) {
            secret.environment = value;
        } else if (key == "type"_L1 && (value == "file"_L1 || value == "env"_L1)) {
            type = value;
        } else {
            return std::unexpected(wrong(Words::tr("\"%1\" is no field of a secret").arg(key),
                                         Words::tr("Write id=NAME,src=FILE or id=NAME,env=VARIABLE.")));
        }
    }
    if (type == "env"_L1 && secret.environment.isEmpty())
        secret.environment = std::exchange(secret.file, {});
    return secret;
}

Ssh parseSsh(const QString &text)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 0)
        return {.id = text, .paths = {}};
    return {.id = text.first(equals), .paths = text.mid(equals + 1).split(u',')};
}

QString attestationText(const QString &type, const QString &value)
{
    if (const auto flag = boolFromText(value))
        return u"type=%1,disabled=%2"_s.arg(type, *flag ? u"false"_s : u"true"_s);
    return u"type=%1,%2"_s.arg(type, value);
}

std::optional<qint64> memoryBytes(const QString &text)
{
    static const QRegularExpression form(u"^([0-9]+(?:\\.[0-9]+)?) ?([kmgtp]?)i?b?$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString unit = match.captured(2).toLower();
    const double factor = unit.isEmpty() ? 1 : std::pow(1024.0, 1 + u"kmgtp"_s.indexOf(unit));
    return qint64(match.captured(1).toDouble() * factor);
}

QString memoryText(qint64 bytes)
{
    static const QStringList units{u"B"_s, u"KiB"_s, u"MiB"_s, u"GiB"_s, u"TiB"_s, u"PiB"_s};
    double size = double(bytes);
    qsizetype unit = 0;
    for (; size >= 1024 && unit + 1 < units.size(); ++unit)
        size /= 1024;
    return QString::number(size, 'g', 4) + units.at(unit);
}

base::Result<UlimitEntry> parseUlimit(const QString &text)
{
    static const QRegularExpression form(u"^([a-z]+)=(-1|[0-9]+)(?::(-1|[0-9]+))?$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::unexpected(
            wrong(Words::tr("\"%1\" is no limit").arg(text),
                  Words::tr("Write NAME=SOFT or NAME=SOFT:HARD, such as nofile=1024:2048.")));
    UlimitEntry limit{.name = match.captured(1), .soft = match.captured(2).toLongLong()};
    limit.hard = match.hasCaptured(3) ? match.captured(3).toLongLong() : limit.soft;
    if (limit.hard >= 0 && limit.soft > limit.hard)
        return std::unexpected(wrong(Words::tr("the soft limit of \"%1\" is above the hard one").arg(text),
                                     Words::tr("Write the smaller number first.")));
    return limit;
}

}
