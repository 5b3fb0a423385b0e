// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/blobfolder.h"
#include "engine/buildkit/sessionservices/writeproblem.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace engine {

Ingestion::Ingestion(QByteArray ref, QByteArray path, Descriptor folder, QByteArray name, Descriptor file)
    : m_ref(std::move(ref))
    , m_path(std::move(path))
    , m_folder(std::move(folder))
    , m_name(std::move(name))
    , m_file(std::move(file))
{}

Ingestion::~Ingestion()
{
    if (!m_name.isEmpty())
        ::unlinkat(m_folder.get(), m_name.constData(), 0);
}

Content<void> Ingestion::write(QByteArrayView bytes)
{
    const QByteArrayView all = bytes;
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(m_file.get(), bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return std::unexpected(ContentFault{GrpcCode::Unknown, writeProblem(m_path, errno)});
        bytes = bytes.sliced(written);
    }
    m_hash.addData(all);
    m_offset += all.size();
    updated = QDateTime::currentDateTimeUtc();
    return {};
}

Content<void> Ingestion::restart()
{
    if (::ftruncate(m_file.get(), 0) != 0 || ::lseek(m_file.get(), 0, SEEK_SET) != 0)
        return std::unexpected(ContentFault{GrpcCode::Unknown, writeProblem(m_path, errno)});
    m_hash.reset();
    m_offset = 0;
    return {};
}

QByteArray Ingestion::digest() const
{
    return "sha256:" + m_hash.result().toHex();
}

}
