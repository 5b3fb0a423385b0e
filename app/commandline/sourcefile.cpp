// SPDX-License-Identifier: Apache-2.0
#include "commandline/sourcefile.h"

#include "base/units.h"
#include "dockerfile/textfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SourceFile", text);
}

}

base::Result<QString> readSource(const QString &path)
{
    if (path == "-"_L1) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return std::unexpected(
                base::Error{.message = input.errorString(), .where = tr("standard input")});
        QByteArray bytes; // a pipe gives what is there, not all that is to come
        do {
            const QByteArray more = input.read(dockerfile::largestFileBytes + 1 - bytes.size());
            if (more.isEmpty())
                break;
            bytes += more;
        } while (bytes.size() <= dockerfile::largestFileBytes);
        if (bytes.size() > dockerfile::largestFileBytes) {
            return std::unexpected(
                base::Error{.kind = base::Error::Kind::Malformed,
                            .message = tr("more than %1 came in, so it is no Dockerfile")
                                           .arg(base::sizeInWords(dockerfile::largestFileBytes)),
                            .where = tr("standard input"),
                            .hint = tr("Send a Dockerfile.")});
        }
        return dockerfile::textFromBytes(bytes);
    }
    const QString file = QFileInfo(path).isDir() ? path + u"/Dockerfile"_s : path;
    // In a folder that may not be entered nothing is seen to exist.
    const QFileInfo folder(QFileInfo(file).path());
    if (folder.isDir() && !folder.isExecutable()) {
        return std::unexpected(base::Error{.kind = base::Error::Kind::Refused,
                                           .message = tr("you may not look into this folder"),
                                           .where = folder.filePath(),
                                           .hint = tr("Give yourself the right to: chmod u+rx.")});
    }
    return dockerfile::readTextFile(file);
}

}
