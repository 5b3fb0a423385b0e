// SPDX-License-Identifier: Apache-2.0
#include "commandline/handover.h"

#include "commandline/console.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace app {

using namespace Qt::StringLiterals;

int becomeDesktop(char **argv)
{
    const QDir folder = QFileInfo(QFile::symLinkTarget(u"/proc/self/exe"_s)).dir();
    QString program;
    for (const auto &place : {u"stageloom-desktop"_s, u"../libexec/stageloom/stageloom-desktop"_s}) {
        program = QDir::cleanPath(folder.absoluteFilePath(place));
        ::execv(QFile::encodeName(program).constData(), argv);
        if (errno != ENOENT)
            break;
    }
    return Console({}).fail(
        {.kind = base::Error::Kind::NotFound,
         .message = QCoreApplication::translate("CommandLine", "it cannot be started (%1)")
                        .arg(QString::fromLocal8Bit(std::strerror(errno))),
         .where = program,
         .hint = QCoreApplication::translate("CommandLine",
                                             "Install Stageloom again: a part of it is missing.")});
}

}
