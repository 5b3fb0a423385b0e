// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>

#include <memory>

namespace journal {

/// Says to other instances of the program that somebody lives in a folder. The system takes the lock back
/// when the process dies, however it dies, so no stale one is left and no process id has to be guessed at.
class FolderLock
{
public:
    enum class Wait : quint8 { No, Yes };

    /// Makes the folder (for the user alone) when it is not there. Check isHeld().
    explicit FolderLock(const QString &folder, Wait wait = Wait::No);

    [[nodiscard]] bool isHeld() const { return m_isHeld; }

private:
    std::unique_ptr<QFile> m_file; ///< closing it gives the lock back
    bool m_isHeld = false;
};

/// For the user alone. False when it cannot be made.
bool makePrivateFolder(const QString &folder);

}
