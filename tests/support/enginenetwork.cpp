// SPDX-License-Identifier: Apache-2.0
#include "support/enginenetwork.h"

#include <QFile>

#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

namespace enginenetwork {

int ownerOf(const QString &path)
{
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    const QByteArray name = QFile::encodeName(path);
    if (name.size() >= qsizetype(sizeof address.sun_path))
        return -1;
    std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ucred owner{.pid = -1, .uid = 0, .gid = 0};
    socklen_t size = sizeof owner;
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &owner, &size) != 0)
        owner.pid = -1;
    ::close(socket);
    return owner.pid;
}

bool isNetworkOf(int process)
{
    struct stat mine = {};
    struct stat its = {};
    const QByteArray path = "/proc/" + QByteArray::number(process) + "/ns/net";
    return ::stat("/proc/thread-self/ns/net", &mine) == 0 && ::stat(path.constData(), &its) == 0 &&
           mine.st_ino == its.st_ino;
}

bool enterNetworkOf(int process)
{
    const QByteArray path = "/proc/" + QByteArray::number(process) + "/ns/net";
    const int handle = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
    const bool isIn = handle >= 0 && ::setns(handle, CLONE_NEWNET) == 0;
    if (handle >= 0)
        ::close(handle);
    return isIn;
}

}
