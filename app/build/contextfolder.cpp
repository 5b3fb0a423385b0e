// SPDX-License-Identifier: Apache-2.0
#include "build/contextfolder.h"

#include <QDir>
#include <QFileInfo>

namespace app {

using namespace Qt::StringLiterals;

QString contextFolderFor(const QString &folder)
{
    constexpr int furthest = 3;
    QDir candidate(folder);
    for (int level = 0; !folder.isEmpty() && level <= furthest; ++level) {
        if (QFileInfo::exists(candidate.filePath(u"go.mod"_s)))
            return candidate.absolutePath();
        if (!candidate.cdUp())
            break;
    }
    return folder;
}

}
