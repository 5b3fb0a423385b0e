// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <utility>

namespace engine {

/// A file descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int descriptor = -1)
        : m_descriptor(descriptor)
    {}
    Descriptor(Descriptor &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~Descriptor() { close(); }

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] int get() const { return m_descriptor; }
    /// False, with errno, when the system could not write what it had kept back (a full disk).
    bool close();

private:
    int m_descriptor;
};

/// The folders below one, reached name by name and never through a symbolic link, whatever becomes of them
/// meanwhile. The folder itself may be a link. Keeps one of them open, that of the last call.
class FolderBelow
{
public:
    /// False, with errno.
    bool open(const QByteArray &root);
    /// For openat() and its like; -1 with errno. `path` has no "..", no leading "/"; empty is the root. Good
    /// until the next call.
    int folder(QByteArrayView path);
    /// Call when a folder was renamed or removed.
    void forget();

private:
    Descriptor m_root;
    Descriptor m_last;
    QByteArray m_lastPath;
};

/// "a/b" of "a/b/c", "" of "c".
QByteArrayView folderOf(QByteArrayView path);
/// "c" of "a/b/c".
QByteArray nameOf(QByteArrayView path);

}
