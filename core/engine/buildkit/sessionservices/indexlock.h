// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/sessionservices/folderbelow.h"

#include <QByteArray>
#include <QString>

namespace engine {

/// index.json.lock of a layout, as buildx locks it: who lists in the index and who deletes what it does not
/// lead to take turns. The file goes with the lock.
class IndexLock
{
public:
    explicit IndexLock(const QString &folder);
    ~IndexLock();
    Q_DISABLE_COPY_MOVE(IndexLock)

    /// Waits a second for who has it.
    base::Result<void> take();

private:
    [[nodiscard]] bool isStillThere(const Descriptor &file) const;

    QByteArray m_path;
    Descriptor m_file;
};

}
