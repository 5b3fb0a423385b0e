// SPDX-License-Identifier: Apache-2.0
#include "commandline/sourcefile.h"

#include "dockerfile/textfile.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace app {

using namespace Qt::StringLiterals;

base::Result<QString> readSource(const QString &path)
{
    if (path == "-"_L1) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return std::unexpected(base::Error{.message = input.errorString(), .where = u"standard input"_s});
        return dockerfile::textFromBytes(input.read(dockerfile::largestFileBytes));
    }
    return dockerfile::readTextFile(QFileInfo(path).isDir() ? path + u"/Dockerfile"_s : path);
}

}
