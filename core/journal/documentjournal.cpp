// SPDX-License-Identifier: Apache-2.0
#include "journal/documentjournal.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#include <chrono>

#include <unistd.h>

using namespace std::chrono_literals;
using base::Error;

namespace journal {

namespace {

// With the writing itself well within the second that may be lost.
constexpr auto behindTyping = 300ms;
constexpr auto untilNextTry = 3s;
// Below this a file full of edits is not worth writing anew.
constexpr qsizetype fewCharacters = 64 * 1024;
constexpr qsizetype charactersOfARange = 16;

constexpr auto forTheUser = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(journal)
};

base::Result<void> failure(const QFileDevice &file)
{
    return std::unexpected(Error{
        .kind = Error::Kind::Failed,
        .message =
            Words::tr("unsaved text cannot be kept for the case of a crash: %1").arg(file.errorString()),
        .where = {},
        .hint = Words::tr("Save your documents, and make room on the disk."),
        .detail = file.fileName()});
}

base::Result<void> writeWhole(const QString &path, const Entry &entry)
{
    makePrivateFolder(QFileInfo(path).absolutePath());
    const QByteArray bytes = beginning(entry);
    QSaveFile file(path);
    // commit() brings it to the disk before the name.
    const bool isDone = file.open(QIODevice::WriteOnly) && file.setPermissions(forTheUser) &&
                        file.write(bytes) == bytes.size() && file.commit();
    return isDone ? base::Result<void>() : failure(file);
}

base::Result<void> append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    const bool isDone = file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::ExistingOnly) &&
                        file.write(bytes) == bytes.size() && file.flush();
    if (!isDone)
        return failure(file);
    ::fdatasync(file.handle());
    return {};
}

qsizetype lengthOf(const base::TextEdit &edit)
{
    qsizetype length = 0;
    for (const auto &[range, text] : edit.replacements())
        length += charactersOfARange + text.size();
    return length;
}

}

DocumentJournal::DocumentJournal(Journal &journal, Document document, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_document(std::move(document))
    , m_file(journal.newFile())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DocumentJournal::keep);
}

DocumentJournal::~DocumentJournal()
{
    remove();
}

void DocumentJournal::edited(const base::TextEdit &edit)
{
    m_editsLength += lengthOf(edit);
    if (!m_needsWhole)
        m_edits.push_back(edit);
    soon();
}

void DocumentJournal::restarted()
{
    m_needsWhole = true;
    m_edits.clear();
    soon();
}

// Not put off by the next key: who types without a pause is kept, too.
void DocumentJournal::soon()
{
    if (!m_timer.isActive())
        m_timer.start(behindTyping);
}

void DocumentJournal::keep()
{
    const auto entry = m_document();
    if (!entry) {
        remove();
        return;
    }
    if (m_needsWhole || m_editsLength > std::max(fewCharacters, entry->text.size() + entry->base.size()))
        keepWhole(*entry);
    else if (!m_edits.empty())
        keepEdits();
}

void DocumentJournal::keepWhole(const Entry &entry)
{
    m_needsWhole = false;
    m_edits.clear();
    m_editsLength = 0;
    m_hasFile = true;
    m_journal.write(
        this, [path = m_file, entry] { return writeWhole(path, entry); },
        [this](bool isKept) { written(isKept); });
}

void DocumentJournal::keepEdits()
{
    m_journal.write(
        this,
        [path = m_file, edits = std::exchange(m_edits, {}), now = QDateTime::currentDateTimeUtc()] {
            return append(path, continuation(edits, now));
        },
        [this](bool isKept) { written(isKept); });
}

void DocumentJournal::written(bool isKept)
{
    if (!m_hasFile)
        return;
    if (isKept) {
        Q_EMIT kept();
        return;
    }
    // What was written in part would hide all that comes behind it.
    m_needsWhole = true;
    m_edits.clear();
    if (!m_timer.isActive())
        m_timer.start(untilNextTry);
}

void DocumentJournal::remove()
{
    m_timer.stop();
    m_needsWhole = true;
    m_edits.clear();
    if (!std::exchange(m_hasFile, false))
        return;
    m_journal.remove(m_file);
}

}
