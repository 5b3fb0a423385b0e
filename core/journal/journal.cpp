// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include <QDir>
#include <QPointer>
#include <QStandardPaths>
#include <QUuid>

namespace journal {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostDamaged = 8;
constexpr qint64 largestJournalBytes = 512LL * 1024 * 1024;
constexpr auto damagedFolder = "damaged"_L1;

std::optional<Entry> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestJournalBytes)
        return {};
    return read(file.readAll());
}

}

Journal::Journal(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_ownFolder(folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    m_writer.setMaxThreadCount(1);
    // Nobody looks for dead instances while ours has a folder and no lock yet.
    const FolderLock everybody(m_folder, FolderLock::Wait::Yes);
    m_ownLock = std::make_unique<FolderLock>(m_ownFolder);
}

Journal::~Journal()
{
    m_writer.waitForDone();
    const FolderLock everybody(m_folder, FolderLock::Wait::Yes);
    QDir own(m_ownFolder);
    if (own.entryList({u"*.journal"_s}).isEmpty())
        own.removeRecursively();
}

QString Journal::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/journal"_s;
}

Recovery Journal::recover()
{
    const FolderLock everybody(m_folder, FolderLock::Wait::Yes);
    Recovery recovery;
    const auto instances = QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const auto &instance : instances)
        if (instance != damagedFolder)
            takeOver(m_folder + u'/' + instance, recovery);
    std::ranges::sort(recovery.documents, std::greater(),
                      [](const Recovered &document) { return document.entry.changed; });
    return recovery;
}

void Journal::takeOver(const QString &instance, Recovery &recovery)
{
    auto lock = std::make_unique<FolderLock>(instance);
    if (!lock->isHeld() || instance == m_ownFolder)
        return;
    QDir folder(instance);
    bool isEmpty = true;
    for (const auto &name : folder.entryList({u"*.journal"_s}, QDir::Files)) {
        const QString file = folder.filePath(name);
        if (auto entry = readFile(file)) {
            recovery.documents.push_back({.entry = std::move(*entry), .file = file});
            isEmpty = false;
        } else {
            recovery.setAside += setAside(file);
        }
    }
    if (isEmpty)
        folder.removeRecursively();
    else
        m_takenOver.push_back(std::move(lock));
}

QString Journal::setAside(const QString &file) const
{
    const QString folder = m_folder + u'/' + damagedFolder;
    makePrivateFolder(folder);
    const QString place = folder + u'/' + QFileInfo(file).fileName();
    QFile::rename(file, place);
    auto kept = QDir(folder).entryInfoList(QDir::Files, QDir::Time);
    while (kept.size() > mostDamaged)
        QFile::remove(kept.takeLast().filePath());
    return place;
}

void Journal::forget(const Recovered &recovered)
{
    QFile::remove(recovered.file);
}

QString Journal::newFile() const
{
    return m_ownFolder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u".journal"_s;
}

void Journal::write(QObject *context, std::function<base::Result<void>()> work,
                    std::function<void(bool)> done)
{
    m_writer.start([this, context = QPointer(context), work = std::move(work), done = std::move(done)] {
        auto result = work();
        QMetaObject::invokeMethod(
            this,
            [this, context, done, result = std::move(result)] {
                written(result);
                if (context)
                    done(result.has_value());
            },
            Qt::QueuedConnection);
    });
}

void Journal::remove(const QString &file)
{
    m_writer.start([file] { QFile::remove(file); });
}

void Journal::written(const base::Result<void> &result)
{
    const bool wasFailing = std::exchange(m_isFailing, !result.has_value());
    if (m_isFailing && !wasFailing)
        Q_EMIT failed(result.error());
}

}
