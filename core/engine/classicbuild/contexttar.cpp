// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/contexttar.h"

#include "engine/classicbuild/tarheader.h"
#include "engine/words.h"

#include <QDir>

#include <cstring>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 archiveEnd = 2 * tarBlock;

qint64 entryLength(const BuildFile &file)
{
    const qint64 content = file.type == BuildFile::Type::File ? file.sizeBytes : 0;
    return tarHeader(file).size() + content + tarPadding(content);
}

}

QString ContextTar::dockerfileName(const BuildRequest &request)
{
    const QString name = QDir::cleanPath(request.dockerfileName);
    const bool isInside = !name.startsWith("../"_L1) && !QDir::isAbsolutePath(name) && name != "."_L1;
    return isInside ? name : u".stageloom.Dockerfile"_s;
}

ContextTar::ContextTar(const BuildRequest &request)
    : m_folder(request.contextFolder)
    , m_dockerfile(request.dockerfile)
    , m_dockerfileName(dockerfileName(request))
{
    for (const BuildFile &file : request.files) {
        if (file.path != m_dockerfileName) // the editor's text takes its place
            m_files.push_back(file);
    }
    m_block = dockerfileEntry();
    m_length = m_block.size() + archiveEnd;
    for (const BuildFile &file : m_files)
        m_length += entryLength(file);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

QByteArray ContextTar::dockerfileEntry() const
{
    const BuildFile file{.path = m_dockerfileName,
                         .type = BuildFile::Type::File,
                         .sizeBytes = m_dockerfile.size(),
                         .mode = 0644,
                         .modifiedSeconds = 0,
                         .linkTarget = {}};
    QByteArray out;
    // BuildKit looks at the first 1024 bytes to tell an archive from a Dockerfile: the first header must be
    // whole.
    if (!fitsOneTarBlock(file))
        out += tarHeader({.path = u"."_s, .type = BuildFile::Type::Folder, .mode = 0755, .linkTarget = {}});
    return out + tarHeader(file) + m_dockerfile + QByteArray(tarPadding(m_dockerfile.size()), '\0');
}

qint64 ContextTar::bytesAvailable() const
{
    return m_length - m_given + QIODevice::bytesAvailable();
}

qint64 ContextTar::readData(char *data, qint64 limit)
{
    qint64 done = 0;
    while (done < limit) {
        if (m_blockAt < m_block.size()) {
            const qint64 part = std::min(limit - done, m_block.size() - m_blockAt);
            std::memcpy(data + done, m_block.constData() + m_blockAt, std::size_t(part));
            m_blockAt += part;
            done += part;
        } else if (m_fileLeft > 0) {
            done += readFile(data + done, std::min(limit - done, m_fileLeft));
        } else if (m_next < m_files.size()) {
            beginNextFile();
        } else if (!std::exchange(m_isEnded, true)) {
            m_block = QByteArray(archiveEnd, '\0');
            m_blockAt = 0;
        } else {
            break;
        }
    }
    m_given += done;
    return done > 0 || limit == 0 ? done : -1;
}

void ContextTar::beginNextFile()
{
    const BuildFile &file = m_files.at(m_next++);
    m_block = tarHeader(file);
    m_blockAt = 0;
    if (file.type != BuildFile::Type::File || file.sizeBytes == 0)
        return;
    m_fileLeft = file.sizeBytes;
    m_file.setFileName(m_folder + u'/' + file.path);
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        fail(m_file.exists() ? Words::tr("cannot be read, so it cannot be sent to the engine")
                             : Words::tr("has gone since the context was listed"),
             Words::tr("Build again, or name the file in .dockerignore if the build does not need it."),
             m_file.errorString());
    }
}

qint64 ContextTar::readFile(char *data, qint64 limit)
{
    qint64 got = m_file.isOpen() ? m_file.read(data, limit) : 0;
    if (got <= 0) {
        if (m_file.isOpen())
            fail(Words::tr("became shorter while it was sent to the engine"),
                 Words::tr("Build again when it no longer changes."));
        std::memset(data, 0, std::size_t(limit));
        got = limit;
    }
    m_fileLeft -= got;
    if (m_fileLeft == 0) {
        m_file.close();
        m_block = QByteArray(tarPadding(m_files.at(m_next - 1).sizeBytes), '\0');
        m_blockAt = 0;
    }
    return got;
}

void ContextTar::fail(const QString &message, const QString &hint, const QString &detail)
{
    m_file.close();
    if (m_failure)
        return;
    m_failure = base::Error{.kind = base::Error::Kind::Failed,
                            .message = message,
                            .where = m_files.at(m_next - 1).path,
                            .hint = hint,
                            .detail = detail};
    // Queued: whoever reads is in the middle of it.
    QMetaObject::invokeMethod(this, [this] { Q_EMIT failed(); }, Qt::QueuedConnection);
}

}
