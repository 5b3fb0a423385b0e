// SPDX-License-Identifier: Apache-2.0
#include "image/archiveblobs.h"

#include "image/words.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <archive.h>
#include <archive_entry.h>

namespace image {

using namespace Qt::StringLiterals;
using base::Error;

namespace {

struct ArchiveCloser
{
    void operator()(archive *handle) const { archive_read_free(handle); }
};
using ArchivePtr = std::unique_ptr<archive, ArchiveCloser>;

constexpr std::size_t blockSize = 256 * 1024;

Error failure(const QString &path, const QString &message, const QString &detail = {})
{
    return {.kind = Error::Kind::Malformed, .message = message, .where = path, .hint = {}, .detail = detail};
}

Error stopped(const QString &path)
{
    return {.kind = Error::Kind::Cancelled,
            .message = Words::tr("reading the image was cancelled"),
            .where = path};
}

QString cleaned(const char *name)
{
    return QDir::cleanPath(QString::fromUtf8(name));
}

ArchivePtr openTar(const QString &path)
{
    ArchivePtr handle(archive_read_new());
    archive_read_support_filter_all(handle.get());
    archive_read_support_format_tar(handle.get());
    const int done = archive_read_open_filename(handle.get(), QFile::encodeName(path).constData(), blockSize);
    return done == ARCHIVE_OK ? std::move(handle) : nullptr;
}

// Moves to the entry of that name; false when it does not come.
bool seek(archive *handle, const QString &name)
{
    archive_entry *entry = nullptr;
    while (archive_read_next_header(handle, &entry) == ARCHIVE_OK) {
        if (const char *path = archive_entry_pathname(entry); path && cleaned(path) == name)
            return true;
    }
    return false;
}

// Where a layer's bytes come from: a file of the folder, or the current entry of the outer archive.
struct Source
{
    ArchivePtr outer;
    QFile file;
    QByteArray buffer = QByteArray(qsizetype(blockSize), Qt::Uninitialized);

    bool open(const QString &path, bool isFolder, const QString &name)
    {
        if (isFolder) {
            file.setFileName(path + u'/' + name);
            return file.open(QIODevice::ReadOnly);
        }
        outer = openTar(path);
        return outer && seek(outer.get(), name);
    }

    la_ssize_t next(const void **data)
    {
        *data = buffer.constData();
        return outer ? archive_read_data(outer.get(), buffer.data(), blockSize)
                     : la_ssize_t(file.read(buffer.data(), buffer.size()));
    }
};

la_ssize_t readSource(archive *, void *source, const void **data)
{
    return static_cast<Source *>(source)->next(data);
}

}

QString ArchiveBlobs::resolved(QString name) const
{
    for (int step = 0; step < 8; ++step) { // links in circles are not followed for ever
        const auto link = m_links.constFind(name);
        if (link == m_links.constEnd())
            break;
        name = *link;
    }
    return name;
}

base::Result<ArchiveBlobs> ArchiveBlobs::open(const QString &path, std::stop_token stop)
{
    ArchiveBlobs blobs;
    blobs.m_path = path;
    const QFileInfo info(path);
    if (!info.exists() || !info.isReadable()) {
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
                                     .message = info.exists() ? Words::tr("this image cannot be read")
                                                              : Words::tr("there is no such image"),
                                     .where = path});
    }
    blobs.m_isFolder = info.isDir();
    if (blobs.m_isFolder) {
        QDirIterator files(path, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QFileInfo file = files.nextFileInfo();
            blobs.m_sizes.insert(QDir(path).relativeFilePath(file.filePath()), file.size());
        }
        return blobs;
    }
    const ArchivePtr tar = openTar(path);
    archive_entry *entry = nullptr;
    int state = tar ? ARCHIVE_OK : ARCHIVE_FATAL;
    while (tar && (state = archive_read_next_header(tar.get(), &entry)) == ARCHIVE_OK) {
        if (stop.stop_requested())
            return std::unexpected(stopped(path));
        const char *entryPath = archive_entry_pathname(entry);
        if (!entryPath)
            continue;
        const QString name = cleaned(entryPath);
        if (const char *link = archive_entry_symlink(entry))
            blobs.m_links.insert(name,
                                 QDir::cleanPath(name.section(u'/', 0, -2) + u'/' + QString::fromUtf8(link)));
        else if (const char *hardLink = archive_entry_hardlink(entry))
            blobs.m_links.insert(name, cleaned(hardLink));
        else
            blobs.m_sizes.insert(name, archive_entry_size(entry));
    }
    if (state != ARCHIVE_EOF) {
        return std::unexpected(failure(path, Words::tr("this is no archive of an image, or it is cut off"),
                                       tar ? QString::fromUtf8(archive_error_string(tar.get())) : QString()));
    }
    return blobs;
}

base::Result<QByteArray> ArchiveBlobs::read(const QString &name, qint64 atMost) const
{
    const QString real = resolved(name);
    if (!m_sizes.contains(real))
        return std::unexpected(failure(m_path, Words::tr("%1 is missing in it").arg(name)));
    if (m_sizes.value(real) > atMost)
        return std::unexpected(
            failure(m_path, Words::tr("%1 in it is too large to be what it says").arg(name)));
    Source source;
    if (!source.open(m_path, m_isFolder, real))
        return std::unexpected(failure(m_path, Words::tr("%1 in it cannot be read").arg(name)));
    QByteArray bytes;
    const void *data = nullptr;
    for (la_ssize_t size = source.next(&data); size != 0; size = source.next(&data)) {
        if (size < 0 || bytes.size() + size > atMost)
            return std::unexpected(failure(m_path, Words::tr("%1 in it cannot be read").arg(name)));
        bytes.append(static_cast<const char *>(data), qsizetype(size));
    }
    return bytes;
}

base::Result<qint64> ArchiveBlobs::unpackedSize(const QString &name, std::stop_token stop) const
{
    Source source;
    if (!source.open(m_path, m_isFolder, resolved(name)))
        return std::unexpected(failure(m_path, Words::tr("the layer %1 is missing in it").arg(name)));
    const ArchivePtr layer(archive_read_new());
    archive_read_support_filter_all(layer.get());
    archive_read_support_format_tar(layer.get());
    archive_read_support_format_empty(layer.get());
    qint64 bytes = 0;
    int state = archive_read_open(layer.get(), &source, nullptr, readSource, nullptr);
    archive_entry *entry = nullptr;
    while (state == ARCHIVE_OK && (state = archive_read_next_header(layer.get(), &entry)) == ARCHIVE_OK) {
        if (stop.stop_requested())
            return std::unexpected(stopped(m_path));
        if (archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry))
            bytes += archive_entry_size(entry);
    }
    if (state != ARCHIVE_EOF) {
        return std::unexpected(failure(m_path, Words::tr("the layer %1 cannot be read").arg(name),
                                       QString::fromUtf8(archive_error_string(layer.get()))));
    }
    return bytes;
}

}
