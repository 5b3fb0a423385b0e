// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/folderbelow.h"

#include <fcntl.h>
#include <unistd.h>

namespace engine {

bool Descriptor::close()
{
    const int descriptor = std::exchange(m_descriptor, -1);
    return descriptor < 0 || ::close(descriptor) == 0;
}

bool FolderBelow::open(const QByteArray &root)
{
    forget();
    m_root = Descriptor(::open(root.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    return m_root.isOpen();
}

int FolderBelow::folder(QByteArrayView path)
{
    if (path.isEmpty())
        return m_root.get();
    if (m_last.isOpen() && path == m_lastPath)
        return m_last.get();
    const bool isBelowLast = m_last.isOpen() && path.size() > m_lastPath.size() &&
                             path.startsWith(m_lastPath) && path[m_lastPath.size()] == '/';
    Descriptor reached = std::move(m_last);
    int from = isBelowLast ? reached.get() : m_root.get();
    for (qsizetype at = isBelowLast ? m_lastPath.size() + 1 : 0; at <= path.size();) {
        qsizetype end = path.indexOf('/', at);
        if (end < 0)
            end = path.size();
        const QByteArray name = path.sliced(at, end - at).toByteArray();
        Descriptor next(openat(from, name.constData(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!next.isOpen())
            return -1;
        reached = std::move(next);
        from = reached.get();
        at = end + 1;
    }
    m_last = std::move(reached);
    m_lastPath = path.toByteArray();
    return m_last.get();
}

void FolderBelow::forget()
{
    m_last = Descriptor();
    m_lastPath.clear();
}

QByteArrayView folderOf(QByteArrayView path)
{
    return path.first(std::max<qsizetype>(0, path.lastIndexOf('/')));
}

QByteArray nameOf(QByteArrayView path)
{
    return path.sliced(path.lastIndexOf('/') + 1).toByteArray();
}

}
