// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/writeproblem.h"

#include "engine/words.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace engine {

using base::Error;

Error writeProblem(const QByteArray &path, int code)
{
    Error error{.kind = Error::Kind::Refused,
                .message =
                    Words::tr("it cannot be written (%1)").arg(QString::fromLocal8Bit(std::strerror(code))),
                .where = QFile::decodeName(path)};
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        error.message = Words::tr("there is no room left to write it");
        error.hint = Words::tr("Free some space, or choose a folder on another disk.");
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        error.message = Words::tr("it may not be written");
        error.hint = Words::tr("Choose a folder that is yours, or give yourself the right to write there.");
        break;
    case ENOTDIR:
        error.message = Words::tr("a file stands where a folder belongs");
        error.hint = Words::tr("Choose another folder.");
        break;
    case EISDIR:
        error.message = Words::tr("a folder is in its place");
        error.hint = Words::tr("Choose another name.");
        break;
    default:
        break;
    }
    return error;
}

base::Result<void> makeFolders(const QByteArray &path)
{
    std::error_code code; // QDir's mkpath() does not say why not
    std::filesystem::create_directories(path.toStdString(), code);
    if (code)
        return std::unexpected(writeProblem(path, code.value()));
    return {};
}

}
