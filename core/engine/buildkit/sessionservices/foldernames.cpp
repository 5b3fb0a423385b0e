// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/foldernames.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace engine {

namespace {

struct Closer
{
    void operator()(DIR *stream) const { closedir(stream); }
};

FolderNames::Type typeOf(unsigned char type)
{
    if (type == DT_DIR)
        return FolderNames::Type::Folder;
    return type == DT_UNKNOWN ? FolderNames::Type::Unknown : FolderNames::Type::Other;
}

}

bool FolderNames::read(int folder)
{
    const int readable = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (readable < 0)
        return false;
    const std::unique_ptr<DIR, Closer> stream(fdopendir(readable));
    if (!stream) {
        ::close(readable);
        return false;
    }
    for (;;) {
        errno = 0;
        const dirent *entry = readdir(stream.get());
        if (!entry)
            break;
        const QByteArrayView name(entry->d_name);
        if (name == "." || name == "..")
            continue;
        m_places.push_back({m_bytes.size(), static_cast<quint16>(name.size()), typeOf(entry->d_type)});
        m_bytes.append(name).append('\0');
    }
    if (errno != 0)
        return false;
    std::ranges::sort(m_places, [this](const Place &a, const Place &b) { return at(a) < at(b); });
    return true;
}

std::optional<FolderNames::Name> FolderNames::next()
{
    if (m_next == m_places.size())
        return std::nullopt;
    const Place &place = m_places[m_next++];
    return Name{at(place), place.type};
}

QByteArrayView FolderNames::at(const Place &place) const
{
    return QByteArrayView(m_bytes).sliced(place.begin, place.size);
}

}
