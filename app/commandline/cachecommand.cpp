// SPDX-License-Identifier: Apache-2.0
#include "bake/entries.h"
#include "base/units.h"
#include "commandline/arguments.h"
#include "commandline/cachefilter.h"
#include "commandline/command.h"
#include "commandline/engineconnection.h"
#include "engine/buildkit/buildkitclient.h"
#include "engine/buildkit/pruneplan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

namespace app {

using namespace Qt::StringLiterals;
using Records = std::vector<engine::CacheRecord>;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CacheCommand", text);
}

qint64 bytesOf(const Records &records)
{
    qint64 bytes = 0;
    for (const auto &record : records)
        bytes += record.sizeBytes;
    return bytes;
}

qint64 reclaimableBytes(const Records &records)
{
    qint64 bytes = 0;
    for (const auto &record : records)
        bytes += record.isReclaimable() ? record.sizeBytes : 0;
    return bytes;
}

QJsonArray recordsJson(const Records &records)
{
    QJsonArray all;
    for (const auto &record : records) {
        all.append(QJsonObject{{u"id"_s, record.id},
                               {u"type"_s, record.type},
                               {u"description"_s, record.description},
                               {u"bytes"_s, record.sizeBytes},
                               {u"inUse"_s, record.isInUse},
                               {u"shared"_s, record.isShared},
                               {u"mutable"_s, record.isMutable},
                               {u"usageCount"_s, record.usageCount},
                               {u"created"_s, record.created.toString(Qt::ISODate)},
                               {u"lastUsed"_s, record.lastUsed.toString(Qt::ISODate)},
                               {u"parents"_s, QJsonArray::fromStringList(record.parents)}});
    }
    return all;
}

QString rowText(const engine::CacheRecord &record)
{
    constexpr int most = 60;
    QString description = record.description.simplified();
    if (description.size() > most)
        description = description.first(most - 1) + u'…';
    const QString used =
        record.lastUsed.isValid() ? record.lastUsed.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s) : u"-"_s;
    return u"%1 %2 %3 %4 %5\n"_s.arg(record.id.left(25), -25)
        .arg(base::sizeInWords(record.sizeBytes), 9)
        .arg(record.isInUse    ? tr("in use")
             : record.isShared ? tr("shared")
                               : QString(),
             -7)
        .arg(used, -16)
        .arg(record.type + (description.isEmpty() ? QString() : u": "_s + description));
}

QString verboseText(const engine::CacheRecord &record)
{
    QString text = u"ID:            %1\n"_s.arg(record.id);
    if (!record.parents.isEmpty())
        text += u"Parents:       %1\n"_s.arg(record.parents.join(u", "_s));
    text +=
        u"Created:       %1\nMutable:       %2\nReclaimable:   %3\nShared:        %4\nSize:          %5\n"_s
            .arg(record.created.toString(Qt::ISODate), record.isMutable ? u"true"_s : u"false"_s,
                 record.isReclaimable() ? u"true"_s : u"false"_s, record.isShared ? u"true"_s : u"false"_s,
                 base::exactSize(record.sizeBytes));
    text += u"Description:   %1\nUsage count:   %2\nLast used:     %3\nType:          %4\n\n"_s
                .arg(record.description)
                .arg(record.usageCount)
                .arg(record.lastUsed.isValid() ? record.lastUsed.toString(Qt::ISODate) : u"-"_s, record.type);
    return text;
}

struct Choices
{
    engine::PruneSpec spec;
    bool isJson = false;
    bool isVerbose = false;
    bool isForced = false;
};

void printUsage(Records records, const Choices &choices, const Console &console)
{
    const auto now = QDateTime::currentDateTimeUtc();
    std::erase_if(records,
                  [&](const engine::CacheRecord &record) { return !passes(record, choices.spec, now); });
    std::ranges::stable_sort(records, std::greater(), &engine::CacheRecord::sizeBytes);
    if (choices.isJson) {
        console.outBytes(QJsonDocument(QJsonObject{{u"records"_s, recordsJson(records)},
                                                   {u"totalBytes"_s, bytesOf(records)},
                                                   {u"reclaimableBytes"_s, reclaimableBytes(records)}})
                             .toJson());
        return;
    }
    if (!records.empty() && !choices.isVerbose)
        console.out(u"%1 %2 %3 %4 %5\n"_s.arg(tr("ID"), -25)
                        .arg(tr("SIZE"), 9)
                        .arg(QString(), -7)
                        .arg(tr("LAST USED"), -16)
                        .arg(tr("TYPE")));
    for (const auto &record : records)
        console.out(choices.isVerbose ? verboseText(record) : rowText(record));
    console.out(tr("Records: %1, %2 in all; a prune can free up to %3.\n")
                    .arg(records.size())
                    .arg(base::sizeInWords(bytesOf(records)), base::sizeInWords(reclaimableBytes(records))));
}

/// `stageloom cache prune`: looks, tells, asks, prunes.
class PruneRun
{
public:
    PruneRun(engine::BuildKitClient &client, const Choices &choices, const Console &console)
        : m_client(client)
        , m_choices(choices)
        , m_console(console)
    {}

    void start()
    {
        if (m_choices.isForced)
            return prune();
        m_client.diskUsage([this](const base::Result<Records> &records) {
            if (!records)
                QCoreApplication::exit(m_console.fail(records.error()));
            else if (ask(*records))
                prune();
        });
    }

private:
    bool ask(const Records &records)
    {
        const auto plan = engine::planPrune(records, m_choices.spec, QDateTime::currentDateTimeUtc());
        if (plan && plan->ids.isEmpty()) {
            m_console.err(tr("There is nothing to free.\n"));
            QCoreApplication::exit(Done);
            return false;
        }
        m_console.err(plan ? tr("This frees %1 (records: %2) and leaves %3. Go on? [y/N] ")
                                 .arg(base::sizeInWords(plan->bytes))
                                 .arg(plan->ids.size())
                                 .arg(base::sizeInWords(plan->bytesLeft))
                           : tr("Only the engine knows what this frees. Go on? [y/N] "));
        const QString answer = QTextStream(stdin).readLine().trimmed().toLower();
        if (answer == "y"_L1 || answer == "yes"_L1)
            return true;
        QCoreApplication::exit(m_console.fail({.kind = base::Error::Kind::Cancelled,
                                               .message = tr("nothing was freed"),
                                               .hint = tr("Answer y, or add --force.")}));
        return false;
    }

    void prune()
    {
        const auto freed = [this](const engine::CacheRecord &record) {
            if (m_choices.isVerbose && !m_choices.isJson)
                m_console.out(rowText(record));
        };
        m_client.prune(m_choices.spec, freed, [this](const base::Result<Records> &records) {
            if (!records) {
                QCoreApplication::exit(m_console.fail(records.error()));
                return;
            }
            if (m_choices.isJson)
                m_console.outBytes(QJsonDocument(QJsonObject{{u"records"_s, recordsJson(*records)},
                                                             {u"freedBytes"_s, bytesOf(*records)}})
                                       .toJson());
            else
                m_console.out(tr("Freed %1 (records: %2).\n")
                                  .arg(base::sizeInWords(bytesOf(*records)))
                                  .arg(records->size()));
            QCoreApplication::exit(Done);
        });
    }

    engine::BuildKitClient &m_client;
    const Choices &m_choices;
    const Console &m_console;
};

base::Result<Choices> choicesFrom(const Arguments &options)
{
    Choices choices;
    for (const auto &filter : options.values(u"filter"_s)) {
        if (const auto added = addFilter(filter, choices.spec); !added)
            return std::unexpected(added.error());
    }
    const std::pair<QString, qint64 engine::PruneSpec::*> sizes[]{
        {u"keep-storage"_s, &engine::PruneSpec::keepBytes},
        {u"max-used-space"_s, &engine::PruneSpec::maximumBytes},
        {u"min-free-space"_s, &engine::PruneSpec::minimumFreeBytes}};
    for (const auto &[flag, member] : sizes) {
        const auto bytes = options.has(flag) ? bake::memoryBytes(options.value(flag)) : 0;
        if (!bytes)
            return std::unexpected(
                base::Error{.kind = base::Error::Kind::Malformed,
                            .message = tr("--%1 \"%2\" is no size").arg(flag, options.value(flag)),
                            .hint = tr("Write 500m or 10g.")});
        choices.spec.*member = *bytes;
    }
    choices.spec.all = options.has(u"all"_s);
    choices.isVerbose = options.has(u"verbose"_s);
    choices.isForced = options.has(u"force"_s);
    return choices;
}

void declare(Arguments &options)
{
    options.positional(u"du|prune"_s, tr("Show what the build cache holds, or free it."));
    options.option(
        {u"filter"_s},
        tr("Only such records: until=24h, type=exec.cachemount, description~=WORD, inuse=false, id=ID."),
        u"filter"_s);
    options.option({u"a"_s, u"all"_s}, tr("prune: what images share, and internal records, too."));
    options.option({u"keep-storage"_s}, tr("prune: leave so much, such as 10g."), u"size"_s);
    options.option({u"max-used-space"_s}, tr("prune: leave no more than so much."), u"size"_s);
    options.option({u"min-free-space"_s}, tr("prune: until so much of the disk is free."), u"size"_s);
    options.option({u"f"_s, u"force"_s}, tr("prune: do not ask."));
    options.option({u"verbose"_s}, tr("Say all that is known of each record."));
    options.option({u"format"_s}, tr("How the result is printed."), u"text|json"_s, u"text"_s);
}

}

int runCache(const QStringList &arguments, const Console &console)
{
    Arguments options(u"cache"_s, tr("Shows what the engine's build cache holds, and frees it."));
    declare(options);
    if (const auto over = options.parse(arguments, console, 1, 1))
        return *over;
    const auto format = options.oneOf(u"format"_s, {u"text"_s, u"json"_s}, console);
    if (!format)
        return WrongUsage;
    const QString verb = options.positionals().constFirst();
    if (verb != "du"_L1 && verb != "prune"_L1)
        return console.fail({.kind = base::Error::Kind::Malformed,
                             .message = tr("\"%1\" is nothing that can be done with the cache").arg(verb),
                             .hint = tr("Write \"stageloom cache du\" or \"stageloom cache prune\".")},
                            WrongUsage);
    auto choices = choicesFrom(options);
    if (!choices)
        return console.fail(choices.error(), WrongUsage);
    choices->isJson = *format == "json"_L1;
    // BuildKit's prune matches against records without their descriptions (cache/manager.go, prune).
    const auto asksDescription = [](const QString &filter) { return filter.startsWith("description"_L1); };
    if (verb == "prune"_L1 && std::ranges::any_of(choices->spec.filters, asksDescription))
        return console.fail(
            {.kind = base::Error::Kind::Unsupported,
             .message = tr("engines do not look at descriptions when they free records"),
             .hint = tr("Find the ids with \"stageloom cache du\", and write --filter id=ID.")},
            WrongUsage);
    if (verb == "prune"_L1)
        choices->spec.filters = pruneFilters(choices->spec.filters);

    std::unique_ptr<engine::BuildKitClient> buildKit;
    std::optional<PruneRun> prune;
    return withEngine(console, [&](std::shared_ptr<engine::Client> client) {
        buildKit = std::make_unique<engine::BuildKitClient>(std::move(client));
        if (verb == "prune"_L1) {
            prune.emplace(*buildKit, *choices, console);
            prune->start();
            return;
        }
        buildKit->diskUsage([&](const base::Result<Records> &records) {
            if (records)
                printUsage(*records, *choices, console);
            QCoreApplication::exit(records ? Done : console.fail(records.error()));
        });
    });
}

}
