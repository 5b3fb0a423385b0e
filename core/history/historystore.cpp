// SPDX-License-Identifier: Apache-2.0
#include "history/historystore.h"

#include "base/logging.h"
#include "history/recordjson.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QTimeZone>
#include <QUuid>

namespace history {

using namespace Qt::StringLiterals;
using base::Error;

namespace {

constexpr int schemaVersion = 1;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(history)
};

Error databaseError(const QString &path, const QSqlError &error)
{
    const QString text = error.databaseText();
    const bool isFull = text.contains("full"_L1);
    return {.kind = Error::Kind::Failed,
            .message = isFull ? Words::tr("the disk is full, so the build is not remembered")
                              : Words::tr("the build history cannot be used: %1").arg(text),
            .where = path,
            .hint = isFull ? Words::tr("Free some space.")
                           : Words::tr("Check that the file and its folder can be written."),
            .detail = {}};
}

bool looksDamaged(const QSqlError &error)
{
    const QString text = error.databaseText();
    return text.contains("malformed"_L1) || text.contains("not a database"_L1) || text.contains("corrupt"_L1);
}

QString timestamp()
{
    return QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
}

QDateTime fromMs(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::UTC);
}

BuildRecord readSummary(const QSqlQuery &query)
{
    return {.id = query.value(u"id"_s).toLongLong(),
            .dockerfilePath = query.value(u"dockerfile_path"_s).toString(),
            .target = query.value(u"target"_s).toString(),
            .platform = query.value(u"platform"_s).toString(),
            .tags = tagsFromJson(query.value(u"tags"_s).toByteArray()),
            .dockerfileText = query.value(u"dockerfile_text"_s).toString(),
            .started = fromMs(query.value(u"started_ms"_s).toLongLong()),
            .durationNs = query.value(u"duration_ns"_s).toLongLong(),
            .outcome = query.value(u"outcome"_s).toString(),
            .error = query.value(u"error"_s).toString(),
            .imageId = query.value(u"image_id"_s).toString(),
            .imageBytes = query.value(u"image_bytes"_s).toLongLong(),
            .steps = {},
            .layers = {}};
}

BuildRecord readWhole(const QSqlQuery &query)
{
    BuildRecord record = readSummary(query);
    record.steps = stepsFromJson(query.value(u"steps"_s).toByteArray());
    record.layers = layersFromJson(query.value(u"layers"_s).toByteArray());
    return record;
}

// An empty QString of Qt is NULL in SQL, which compares with nothing.
QString notNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

}

struct HistoryStore::Private
{
    ~Private()
    {
        database.close();
        database = {};
        QSqlDatabase::removeDatabase(connectionName);
    }

    base::Result<void> openFile();
    base::Result<void> prepareSchema();
    base::Result<void> run(const QString &sql) const;
    [[nodiscard]] Error error(const QSqlQuery &query) const { return databaseError(path, query.lastError()); }

    QString path;
    QString connectionName = u"history-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    QSqlDatabase database;
    bool isDamaged = false;
    std::optional<Error> setAside;
};

base::Result<void> HistoryStore::Private::openFile()
{
    isDamaged = false;
    database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connectionName);
    database.setDatabaseName(path);
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!database.open()) {
        isDamaged = looksDamaged(database.lastError());
        return std::unexpected(databaseError(path, database.lastError()));
    }
    return prepareSchema();
}

base::Result<void> HistoryStore::Private::run(const QString &sql) const
{
    QSqlQuery query(database);
    if (!query.exec(sql))
        return std::unexpected(error(query));
    return {};
}

base::Result<void> HistoryStore::Private::prepareSchema()
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA quick_check"_s) || !query.next()) {
        isDamaged = looksDamaged(query.lastError());
        return std::unexpected(error(query));
    }
    if (query.value(0).toString() != "ok"_L1) {
        isDamaged = true;
        return std::unexpected(Error{.kind = Error::Kind::Malformed,
                                     .message = query.value(0).toString(),
                                     .where = path,
                                     .hint = {},
                                     .detail = {}});
    }
    query.exec(u"PRAGMA user_version"_s);
    const int version = query.next() ? query.value(0).toInt() : 0;
    query.finish();
    if (version > schemaVersion) {
        return std::unexpected(
            Error{.kind = Error::Kind::Unsupported,
                  .message = Words::tr("the build history was written by a newer Stageloom"),
                  .where = path,
                  .hint = Words::tr("Use that version, or move the file away to begin a new history."),
                  .detail = {}});
    }
    // Readers do not wait for a writer then, and a crash costs at most the last record.
    if (auto done = run(u"PRAGMA journal_mode=WAL"_s); !done)
        return done;
    if (version == schemaVersion)
        return {};
    static const QStringList statements{
        u"BEGIN IMMEDIATE"_s,
        u"CREATE TABLE IF NOT EXISTS builds (id INTEGER PRIMARY KEY AUTOINCREMENT, dockerfile_path TEXT NOT "
        u"NULL,"
        " target TEXT NOT NULL, platform TEXT NOT NULL, tags TEXT NOT NULL, dockerfile_text TEXT NOT NULL,"
        " started_ms INTEGER NOT NULL, duration_ns INTEGER NOT NULL, outcome TEXT NOT NULL, error TEXT NOT "
        "NULL,"
        " image_id TEXT NOT NULL, image_bytes INTEGER NOT NULL, steps TEXT NOT NULL, layers TEXT NOT NULL)"_s,
        u"CREATE INDEX IF NOT EXISTS builds_by_file ON builds (dockerfile_path, id)"_s,
        u"PRAGMA user_version=%1"_s.arg(schemaVersion), u"COMMIT"_s};
    for (const QString &statement : statements) {
        if (auto done = run(statement); !done)
            return done;
    }
    return {};
}

HistoryStore::HistoryStore()
    : d(std::make_unique<Private>())
{}
HistoryStore::HistoryStore(HistoryStore &&) noexcept = default;
HistoryStore &HistoryStore::operator=(HistoryStore &&) noexcept = default;
HistoryStore::~HistoryStore() = default;

QString HistoryStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           u"/stageloom/history.sqlite";
}

base::Result<HistoryStore> HistoryStore::open(const QString &path)
{
    HistoryStore store;
    store.d->path = path;
    if (path != ":memory:"_L1 && !QDir().mkpath(QFileInfo(path).absolutePath())) {
        return std::unexpected(Error{.kind = Error::Kind::Refused,
                                     .message = Words::tr("the folder of the build history cannot be made"),
                                     .where = QFileInfo(path).absolutePath(),
                                     .hint = Words::tr("Check who may write there."),
                                     .detail = {}});
    }
    const auto opened = store.d->openFile();
    if (opened)
        return store;
    if (!store.d->isDamaged)
        return std::unexpected(opened.error());

    // A fresh store under a fresh connection; the damaged file stays for whoever can repair it.
    const QString aside = path + u".damaged-" + timestamp();
    store.d = std::make_unique<Private>();
    store.d->path = path;
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
        if (QFile::exists(path + suffix) && !QFile::rename(path + suffix, aside + suffix))
            return std::unexpected(opened.error());
    }
    qCWarning(logHistory) << "damaged build history moved to" << aside;
    if (const auto again = store.d->openFile(); !again)
        return std::unexpected(again.error());
    store.d->setAside = Error{.kind = Error::Kind::Malformed,
                              .message = Words::tr("the build history was damaged; a new one was begun"),
                              .where = path,
                              .hint = Words::tr("The old one is kept as %1.").arg(aside),
                              .detail = {}};
    return store;
}

const std::optional<base::Error> &HistoryStore::setAside() const
{
    return d->setAside;
}

base::Result<qint64> HistoryStore::add(const BuildRecord &record)
{
    QSqlQuery query(d->database);
    query.prepare(u"INSERT INTO builds (dockerfile_path, target, platform, tags, dockerfile_text, started_ms,"
                  " duration_ns, outcome, error, image_id, image_bytes, steps, layers)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    query.addBindValue(notNull(record.dockerfilePath));
    query.addBindValue(notNull(record.target));
    query.addBindValue(notNull(record.platform));
    query.addBindValue(QString::fromUtf8(tagsToJson(record.tags)));
    query.addBindValue(notNull(record.dockerfileText));
    query.addBindValue(record.started.toMSecsSinceEpoch());
    query.addBindValue(record.durationNs);
    query.addBindValue(notNull(record.outcome));
    query.addBindValue(notNull(record.error));
    query.addBindValue(notNull(record.imageId));
    query.addBindValue(record.imageBytes);
    query.addBindValue(QString::fromUtf8(stepsToJson(record.steps)));
    query.addBindValue(QString::fromUtf8(layersToJson(record.layers)));
    if (!query.exec())
        return std::unexpected(d->error(query));
    return query.lastInsertId().toLongLong();
}

base::Result<std::vector<BuildRecord>> HistoryStore::list(const QString &dockerfilePath, int limit) const
{
    QSqlQuery query(d->database);
    query.prepare(
        u"SELECT * FROM builds WHERE :path = '' OR dockerfile_path = :path ORDER BY id DESC LIMIT :limit"_s);
    query.bindValue(u":path"_s, notNull(dockerfilePath));
    query.bindValue(u":limit"_s, limit);
    if (!query.exec())
        return std::unexpected(d->error(query));
    std::vector<BuildRecord> records;
    while (query.next())
        records.push_back(readSummary(query));
    return records;
}

base::Result<std::optional<BuildRecord>> HistoryStore::load(qint64 id) const
{
    QSqlQuery query(d->database);
    query.prepare(u"SELECT * FROM builds WHERE id = ?"_s);
    query.addBindValue(id);
    if (!query.exec())
        return std::unexpected(d->error(query));
    return query.next() ? std::optional(readWhole(query)) : std::nullopt;
}

base::Result<std::optional<BuildRecord>> HistoryStore::before(qint64 id) const
{
    QSqlQuery query(d->database);
    query.prepare(
        u"SELECT b.* FROM builds b JOIN builds a ON a.id = ? AND b.dockerfile_path = a.dockerfile_path"
        " AND b.target = a.target WHERE b.id < a.id AND b.outcome = 'done' ORDER BY b.id DESC LIMIT 1"_s);
    query.addBindValue(id);
    if (!query.exec())
        return std::unexpected(d->error(query));
    return query.next() ? std::optional(readWhole(query)) : std::nullopt;
}

base::Result<void> HistoryStore::remove(qint64 id)
{
    QSqlQuery query(d->database);
    query.prepare(u"DELETE FROM builds WHERE id = ?"_s);
    query.addBindValue(id);
    if (!query.exec())
        return std::unexpected(d->error(query));
    return {};
}

}
