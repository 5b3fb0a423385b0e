// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/sessionservices/folderbelow.h"
#include "engine/buildkit/sessionservices/syncsource.h"

#include <QSet>
#include <QString>

#include <unordered_map>
#include <vector>

namespace engine {

/// Writes what an engine sends below one folder, and nowhere else: names are taken only clean, in their order
/// and below a folder that was sent before; no symbolic link is followed, whoever made it. Existing files are
/// replaced, others are left alone.
class FolderWriter
{
public:
    base::Result<void> open(const QString &folder);

    enum class Taken : quint8 {
        Done,
        WantsContent, ///< ask for it; begin(), write() and finish() follow
        LeftOut       ///< a device or a socket
    };
    /// `id` is the entry's number.
    base::Result<Taken> take(quint32 id, const SyncEntry &entry);

    [[nodiscard]] bool isAwaited(quint32 id) const { return m_awaited.contains(id); }
    [[nodiscard]] size_t awaitedCount() const { return m_awaited.size(); }
    base::Result<void> write(quint32 id, QByteArrayView content);
    base::Result<void> finish(quint32 id);
    /// Gives folders their times and permissions, in the end.
    base::Result<void> finishFolders();

private:
    struct Awaited
    {
        QByteArray path;
        quint32 mode;
        qint64 modifiedNs;
        Descriptor file; ///< open from its first content on
    };
    struct Folder
    {
        QByteArray path;
        quint32 mode;
        qint64 modifiedNs;
    };

    base::Result<void> checkName(const SyncEntry &entry);
    base::Result<void> makeRoom(int folder, const QByteArray &name, const QByteArray &path);
    base::Result<void> makeFolder(int folder, const QByteArray &name, const SyncEntry &entry);
    base::Result<void> makeHardLink(int folder, const QByteArray &name, const SyncEntry &entry);
    base::Result<void> makeFile(int folder, const QByteArray &name, quint32 id, const SyncEntry &entry);
    [[nodiscard]] base::Error problem(const QByteArray &path, int code) const;

    QByteArray m_rootPath;
    FolderBelow m_root;
    std::vector<std::pair<QByteArray, QByteArray>>
        m_order; ///< folders to the last entry, with the last name in each
    std::unordered_map<quint32, Awaited> m_awaited;
    std::vector<Folder> m_folders;
    QSet<QByteArray> m_files; ///< regular files that were sent: what hard links may lead to
    int m_openFiles = 0;
};

}
