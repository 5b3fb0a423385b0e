// SPDX-License-Identifier: Apache-2.0
#include "commandline/cachefilter.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CacheFilter", text);
}

// Go's durations without fractions: "24h", "1h30m", "90s"; and days, which people write.
std::optional<std::chrono::seconds> durationOf(const QString &text)
{
    static const QRegularExpression whole(u"^([0-9]+[dhms])+$"_s);
    static const QRegularExpression part(u"([0-9]+)([dhms])"_s);
    if (!whole.match(text).hasMatch())
        return std::nullopt;
    std::chrono::seconds all{0};
    for (auto parts = part.globalMatch(text); parts.hasNext();) {
        const auto match = parts.next();
        const QString unit = match.captured(2);
        const int seconds = unit == "d"_L1 ? 86400 : unit == "h"_L1 ? 3600 : unit == "m"_L1 ? 60 : 1;
        all += std::chrono::seconds(match.captured(1).toLongLong() * seconds);
    }
    return all;
}

QString field(const engine::CacheRecord &record, const QString &name)
{
    const auto word = [](bool flag) { return flag ? u"true"_s : u"false"_s; };
    if (name == "id"_L1)
        return record.id;
    if (name == "type"_L1)
        return record.type;
    if (name == "description"_L1)
        return record.description;
    if (name == "inuse"_L1)
        return word(record.isInUse);
    if (name == "shared"_L1)
        return word(record.isShared);
    return word(record.isMutable);
}

}

base::Result<void> addFilter(const QString &text, engine::PruneSpec &spec)
{
    static const QRegularExpression form(
        u"^(id|type|description|inuse|shared|mutable|until|unused-for)(~=|!=|==?)(.+)$"_s);
    const auto match = form.match(text);
    const QString key = match.captured(1);
    const bool isAge = key == "until"_L1 || key == "unused-for"_L1;
    const auto age = isAge ? durationOf(match.captured(3)) : std::nullopt;
    const bool isWord = key == "inuse"_L1 || key == "shared"_L1 || key == "mutable"_L1;
    const bool isWrongWord = isWord && match.captured(3) != "true"_L1 && match.captured(3) != "false"_L1;
    if (!match.hasMatch() || (isAge && !age) || isWrongWord)
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::Malformed,
                        .message = tr("--filter \"%1\" is no filter").arg(text),
                        .hint = tr("Write until=24h, type=exec.cachemount, description~=WORD, inuse=false, "
                                   "shared=true or id=ID.")});
    if (isAge)
        spec.unusedFor = *age;
    else
        spec.filters.append(key + (match.captured(2) == "="_L1 ? u"=="_s : match.captured(2)) +
                            match.captured(3));
    return {};
}

QStringList pruneFilters(const QStringList &filters)
{
    static const QRegularExpression word(u"^(inuse|shared|mutable)(==|!=|~=)(true|false)$"_s);
    QStringList all;
    for (const auto &filter : filters) {
        const auto match = word.match(filter);
        if (!match.hasMatch()) {
            all.append(filter);
            continue;
        }
        const bool isWanted = (match.captured(3) == "true"_L1) != (match.captured(2) == "!="_L1);
        if (match.captured(1) == "shared"_L1)
            all.append(isWanted ? u"shared"_s : u"private"_s);
        else if (match.captured(1) == "mutable"_L1)
            all.append(isWanted ? u"mutable"_s : u"immutable"_s);
        else if (isWanted)
            all.append(u"inuse"_s);
    }
    return all.isEmpty() ? QStringList() : QStringList{all.join(u',')};
}

bool passes(const engine::CacheRecord &record, const engine::PruneSpec &spec, const QDateTime &now)
{
    static const QRegularExpression form(u"^([a-z]+)(==|!=|~=)(.+)$"_s);
    for (const auto &filter : spec.filters) {
        const auto match = form.match(filter);
        const QString value = field(record, match.captured(1));
        const QString wanted = match.captured(3);
        const bool isLike = match.captured(2) == "~="_L1;
        const bool isSame = isLike ? value.contains(QRegularExpression(wanted)) : value == wanted;
        if (isSame == (match.captured(2) == "!="_L1))
            return false;
    }
    const auto used = record.lastUsed.isValid() ? record.lastUsed : record.created;
    return spec.unusedFor.count() == 0 || !used.isValid() || used.secsTo(now) >= spec.unusedFor.count();
}

}
