// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "journal/folderlock.h"
#include "journal/journalfile.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

namespace journal {

/// Text that an earlier run of the program left behind.
struct Recovered
{
    Entry entry;
    QString file; ///< the journal it is in
};

struct Recovery
{
    std::vector<Recovered> documents; ///< newest first
    QStringList setAside;             ///< journals that could not be read, where they are now
};

/// Where the unsaved text of all open documents is kept: a folder for each running instance of the program, a
/// file for each document in it. What an instance leaves behind when it dies is offered to the next one that
/// asks.
class Journal : public QObject
{
    Q_OBJECT

public:
    explicit Journal(const QString &folder, QObject *parent = nullptr);
    /// Waits for what is being written.
    ~Journal() override;

    /// Beside the user's other data.
    static QString defaultFolder();

    /// What dead instances left. It is ours from now on: another instance is not offered it while we live,
    /// and the next one is if we neither restore nor forget it.
    Recovery recover();
    /// It is restored, or not wanted.
    void forget(const Recovered &recovered);

    /// A place for the journal of one more document.
    [[nodiscard]] QString newFile() const;
    /// Runs on another thread, one after the other. `work` returns what went wrong.
    void write(QObject *context, std::function<base::Result<void>()> work, std::function<void(bool)> done);
    /// In turn with the writing.
    void remove(const QString &file);

Q_SIGNALS:
    /// Unsaved text cannot be kept; told once until it can be again.
    void failed(const base::Error &error);

private:
    void takeOver(const QString &instance, Recovery &recovery);
    [[nodiscard]] QString setAside(const QString &file) const;
    void written(const base::Result<void> &result);

    QString m_folder;
    QString m_ownFolder;
    std::unique_ptr<FolderLock> m_ownLock;
    std::vector<std::unique_ptr<FolderLock>> m_takenOver;
    QThreadPool m_writer;
    bool m_isFailing = false;
};

}
