// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace engine {

/// The names of one folder in the order of their bytes, in one piece of memory: a folder may hold 100,000.
class FolderNames
{
public:
    enum class Type : quint8 {
        Folder,
        Other,
        Unknown ///< some file systems do not tell
    };
    struct Name
    {
        QByteArrayView bytes; ///< of the memory of FolderNames; a zero follows
        Type type;
    };

    /// `folder` is a descriptor, and stays the caller's. False, with errno.
    bool read(int folder);
    std::optional<Name> next();

private:
    struct Place
    {
        qsizetype begin;
        quint16 size;
        Type type;
    };
    [[nodiscard]] QByteArrayView at(const Place &place) const;

    QByteArray m_bytes;
    std::vector<Place> m_places;
    size_t m_next = 0;
};

}
