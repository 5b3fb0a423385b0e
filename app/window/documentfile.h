// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace app {

/// Where a document lives on disk: the text there that the document stems from, and whether someone else has
/// written since.
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
    /// A document whose file is not there any more; `base` is what it was.
    void startMissing(const QString &path, const QString &base);

    /// The text on disk that the document stems from: as last read, written or accepted.
    [[nodiscard]] QString base() const { return m_base; }
    void setBase(const QString &text) { m_base = text; }
    /// The person has seen this text of somebody else's and decided about it.
    void accept(const QString &textOnDisk);
    /// What somebody else has written since and the person has not decided about; looks at the disk right
    /// now.
    [[nodiscard]] std::optional<QString> foreignText() const;
    [[nodiscard]] bool isMissing() const { return m_isMissing; }

Q_SIGNALS:
    void pathChanged(const QString &path);
    /// Somebody else wrote the file, and this is what it says now.
    void changedOnDisk(const QString &textOnDisk);
    void removedFromDisk();
    /// It was removed, and is there again with the text that it had.
    void backOnDisk();

private:
    void watch();
    void check();
    void setPath(const QString &path);

    QString m_path;
    QString m_folder;
    QString m_base;
    QString m_diskText; ///< as last seen
    bool m_isMissing = false;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
};

}
