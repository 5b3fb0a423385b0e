// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/// A folder that is made by name: files with the folders above them, links, pipes. Names are bytes.
class TreeFixture
{
public:
    TreeFixture() { ::chmod(QFile::encodeName(m_folder.path()).constData(), 0755); }

    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QByteArray at(const QByteArray &name) const
    {
        return QByteArray(QFile::encodeName(m_folder.path()) + '/' + name);
    }

    void file(const QByteArray &name, const QByteArray &content, mode_t mode = 0644)
    {
        folderOf(name);
        const int file = ::open(at(name).constData(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        check(file >= 0 && ::write(file, content.constData(), size_t(content.size())) == content.size());
        check(::fchmod(file, mode) == 0);
        ::close(file);
    }
    /// Empty ones: f0, f1, ...
    void files(const QByteArray &name, int count)
    {
        folder(name);
        for (int i = 0; i < count; ++i) {
            const QByteArray each = at(name) + "/f" + QByteArray::number(i);
            check(::mknod(each.constData(), S_IFREG | 0644, 0) == 0);
        }
    }
    void append(const QByteArray &name, const QByteArray &content)
    {
        const int file = ::open(at(name).constData(), O_WRONLY | O_APPEND);
        check(file >= 0 && ::write(file, content.constData(), size_t(content.size())) == content.size());
        ::close(file);
    }
    void folder(const QByteArray &name, mode_t mode = 0755)
    {
        folderOf(name);
        ::mkdir(at(name).constData(), 0755);
        check(::chmod(at(name).constData(), mode) == 0);
    }
    void link(const QByteArray &name, const QByteArray &target)
    {
        folderOf(name);
        check(::symlink(target.constData(), at(name).constData()) == 0);
    }
    void pipe(const QByteArray &name) { check(::mkfifo(at(name).constData(), 0644) == 0); }
    void socket(const QByteArray &name)
    {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, at(name).constData(), sizeof address.sun_path);
        check(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0);
        ::close(socket);
    }
    void modified(const QByteArray &name, qint64 nanoseconds)
    {
        const timespec time{.tv_sec = nanoseconds / 1'000'000'000, .tv_nsec = nanoseconds % 1'000'000'000};
        const timespec times[2]{time, time};
        check(::utimensat(AT_FDCWD, at(name).constData(), times, AT_SYMLINK_NOFOLLOW) == 0);
    }
    void remove(const QByteArray &name)
    {
        check(::unlink(at(name).constData()) == 0 || ::rmdir(at(name).constData()) == 0);
    }

private:
    void folderOf(const QByteArray &name)
    {
        for (qsizetype slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1))
            ::mkdir(at(name.first(slash)).constData(), 0755);
    }
    static void check(bool isDone)
    {
        if (!isDone)
            qFatal("the tree cannot be made: %s", strerror(errno));
    }

    QTemporaryDir m_folder;
};

/// Root may read everything, and CI is root: as long as it lives we are nobody.
class LessRights
{
public:
    LessRights()
    {
        if (m_wasRoot && ::seteuid(65534) != 0)
            qFatal("cannot become nobody");
    }
    ~LessRights()
    {
        if (m_wasRoot && ::seteuid(0) != 0)
            qFatal("cannot become root again");
    }
    Q_DISABLE_COPY_MOVE(LessRights)

private:
    bool m_wasRoot = ::geteuid() == 0;
};

inline qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}
