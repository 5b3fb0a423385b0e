// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/indexlock.h"

#include "engine/buildkit/sessionservices/writeproblem.h"
#include "engine/words.h"

#include <QDir>
#include <QFile>
#include <QThread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

IndexLock::IndexLock(const QString &folder)
    : m_path(QFile::encodeName(QDir(folder).filePath(u"index.json.lock"_s)))
{}

IndexLock::~IndexLock()
{
    if (m_file.isOpen())
        ::unlink(m_path.constData());
}

base::Result<void> IndexLock::take()
{
    constexpr int mostTries = 50;
    for (int i = 0; i < mostTries; ++i) {
        Descriptor file(::open(m_path.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644));
        if (!file.isOpen())
            return std::unexpected(writeProblem(m_path, errno));
        // Who held it before took the file away with it: then this is the lock of nothing.
        if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0 && isStillThere(file)) {
            m_file = std::move(file);
            return {};
        }
        QThread::sleep(20ms);
    }
    return std::unexpected(
        Error{.kind = Error::Kind::TimedOut,
              .message = Words::tr("another program keeps it locked"),
              .where = QFile::decodeName(m_path),
              .hint = Words::tr("Wait for it to end, or give each build a folder of its own.")});
}

bool IndexLock::isStillThere(const Descriptor &file) const
{
    struct stat ours;
    struct stat there;
    return ::fstat(file.get(), &ours) == 0 && ::stat(m_path.constData(), &there) == 0 &&
           ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

}
