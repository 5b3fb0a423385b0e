// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

namespace app {

/// Where a document lives on disk: what was last read or written there, and whether someone else has written
/// since.
class DocumentFile : public QObject
{
    Q_OBJECT

public:
    explicit DocumentFile(QObject *parent = nullptr);

    [[nodiscard]] QString path() const { return m_path; } ///< absolute; empty: not saved yet
    [[nodiscard]] QString folder() const;                 ///< that the file is in, or will be
    [[nodiscard]] QString name() const;                   ///< for the window title

    /// Reads `path` and makes it the file of the document.
    base::Result<QString> open(const QString &path);
    /// Writes the text; with a new path that becomes the document's file.
    base::Result<void> save(const QString &text, const QString &path = {});
    /// A document of no file yet; `folder` is its context and where it will be saved.
    void startNew(const QString &folder);

Q_SIGNALS:
    void pathChanged(const QString &path);
    /// Somebody else wrote the file, and this is what it says now.
    void changedOnDisk(const QString &textOnDisk);
    void removedFromDisk();

private:
    void watch();
    void check();
    void setPath(const QString &path);

    QString m_path;
    QString m_folder;
    QString m_diskText; ///< as last read, written or accepted
    bool m_missing = false;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
};

}
