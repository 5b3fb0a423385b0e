// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/blobfolder.h"

#include "engine/buildkit/sessionservices/ocilayout.h"
#include "engine/buildkit/sessionservices/writeproblem.h"
#include "engine/words.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTimeZone>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

namespace engine {

using base::Error;

namespace {

constexpr auto unfinishedPrefix = "stageloom-";

std::unexpected<ContentFault> fault(GrpcCode code, Error::Kind kind, const QString &message,
                                    const QByteArray &path, const QString &hint = {})
{
    return std::unexpected(ContentFault{
        code, {.kind = kind, .message = message, .where = QFile::decodeName(path), .hint = hint}});
}

std::unexpected<ContentFault> cannotWrite(const QByteArray &path, int code)
{
    if (code == ELOOP || code == ENOTDIR)
        return fault(
            GrpcCode::Unknown, Error::Kind::Refused,
            Words::tr("a link or a file stands where a folder belongs; nothing is written through it"), path,
            Words::tr("Choose another folder."));
    return std::unexpected(ContentFault{GrpcCode::Unknown, writeProblem(path, code)});
}

std::unexpected<ContentFault> cannotRead(const QByteArray &path, int code)
{
    const bool isRights = code == EACCES || code == EPERM;
    return fault(isRights ? GrpcCode::PermissionDenied : GrpcCode::Unknown, Error::Kind::Refused,
                 isRights
                     ? Words::tr("it may not be read")
                     : Words::tr("it cannot be read (%1)").arg(QString::fromLocal8Bit(std::strerror(code))),
                 path, isRights ? Words::tr("Give yourself the right to read it.") : QString());
}

std::unexpected<ContentFault> notThere(const QByteArray &digest, const QByteArray &path)
{
    return fault(GrpcCode::NotFound, Error::Kind::NotFound,
                 Words::tr("the layout lacks the blob %1").arg(QString::fromUtf8(digest)), path,
                 Words::tr("Write the folder anew."));
}

std::unexpected<ContentFault> noDigest(const QByteArray &digest)
{
    return fault(GrpcCode::InvalidArgument, Error::Kind::Malformed,
                 Words::tr("\"%1\" is no digest").arg(QString::fromUtf8(digest.left(100))), {});
}

BlobInfo infoOf(const QByteArray &digest, const struct stat &status)
{
    return {.digest = digest,
            .sizeBytes = status.st_size,
            .written = QDateTime::fromSecsSinceEpoch(status.st_mtim.tv_sec, QTimeZone::UTC)};
}

}

BlobFolder::BlobFolder(QString path, bool isWritten)
    : m_path(QFile::encodeName(path))
    , m_isWritten(isWritten)
{}

BlobFolder::~BlobFolder()
{
    m_ingestions.clear();
    if (m_isSwept) // then we made it; it stays when another writes there
        ::unlinkat(m_root.get(), "ingest", AT_REMOVEDIR);
}

Content<void> BlobFolder::openRoot()
{
    if (m_root.isOpen())
        return {};
    m_root = Descriptor(::open(m_path.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!m_root.isOpen() || !m_below.open(m_path))
        return cannotRead(m_path, errno);
    return {};
}

Content<BlobInfo> BlobFolder::info(const QByteArray &digest)
{
    if (!isDigest(digest))
        return noDigest(digest);
    if (const auto opened = openRoot(); !opened)
        return std::unexpected(opened.error());
    struct stat status;
    // As it lies there: some tools make layouts of links.
    if (::fstatat(m_root.get(), blobPath(digest).constData(), &status, 0) != 0)
        return errno == ENOENT ? notThere(digest, m_path) : cannotRead(pathOf(blobPath(digest)), errno);
    if (!S_ISREG(status.st_mode))
        return notThere(digest, m_path);
    return infoOf(digest, status);
}

Content<std::pair<Descriptor, qint64>> BlobFolder::open(const QByteArray &digest)
{
    const auto known = info(digest);
    if (!known)
        return std::unexpected(known.error());
    const QByteArray name = blobPath(digest);
    Descriptor file(::openat(m_root.get(), name.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat status;
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0)
        return cannotRead(pathOf(name), errno);
    if (!S_ISREG(status.st_mode))
        return notThere(digest, m_path);
    return std::pair(std::move(file), qint64(status.st_size));
}

Content<std::vector<BlobInfo>> BlobFolder::list()
{
    if (const auto opened = openRoot(); !opened)
        return std::unexpected(opened.error());
    std::vector<BlobInfo> all;
    const QStringList names =
        QDir(QFile::decodeName(pathOf("blobs/sha256"))).entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QByteArray digest = "sha256:" + QFile::encodeName(name);
        if (!isDigest(digest))
            continue;
        if (const auto known = info(digest)) // unless it has gone meanwhile
            all.push_back(*known);
    }
    return all;
}

Content<void> BlobFolder::checkWritten() const
{
    if (m_isWritten)
        return {};
    return fault(GrpcCode::PermissionDenied, Error::Kind::Refused,
                 Words::tr("this build may read it, and not change it"), m_path);
}

Content<void> BlobFolder::remove(const QByteArray &digest)
{
    if (const auto may = checkWritten(); !may)
        return may;
    if (const auto known = info(digest); !known)
        return std::unexpected(known.error());
    const int folder = m_below.folder("blobs/sha256");
    if (folder < 0 || ::unlinkat(folder, digest.sliced(7).constData(), 0) != 0)
        return cannotWrite(pathOf(blobPath(digest)), errno);
    return {};
}

// Made when it is not there; never reached through a link.
Content<int> BlobFolder::writtenFolder(const QByteArray &name)
{
    if (const auto may = checkWritten(); !may)
        return std::unexpected(may.error());
    if (const auto opened = openRoot(); !opened)
        return std::unexpected(opened.error());
    QByteArray reached;
    int folder = m_below.folder({});
    for (const QByteArray &part : name.split('/')) {
        if (::mkdirat(folder, part.constData(), 0777) != 0 && errno != EEXIST)
            return cannotWrite(pathOf(name), errno);
        reached += (reached.isEmpty() ? "" : "/") + part;
        folder = m_below.folder(reached);
        if (folder < 0)
            return cannotWrite(pathOf(reached), errno);
    }
    return folder;
}

// What a killed process left: nobody holds it, and it is no file of this moment.
void BlobFolder::sweep(int folder)
{
    constexpr time_t hour = 3600;
    if (std::exchange(m_isSwept, true))
        return;
    const QStringList names = QDir(QFile::decodeName(pathOf("ingest")))
                                  .entryList({QString::fromLatin1(unfinishedPrefix) + u'*'}, QDir::Files);
    for (const QString &name : names) {
        const QByteArray bytes = QFile::encodeName(name);
        const Descriptor file(
            ::openat(folder, bytes.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        struct stat status;
        if (file.isOpen() && ::fstat(file.get(), &status) == 0 &&
            status.st_mtim.tv_sec + hour < ::time(nullptr) && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0)
            ::unlinkat(folder, bytes.constData(), 0);
    }
}

Content<void> BlobFolder::checkAbsent(const QByteArray &digest, qint64 total)
{
    if (!isDigest(digest))
        return noDigest(digest);
    const auto known = info(digest);
    // One of another length broke off once: it is written anew.
    if (!known || (total > 0 && known->sizeBytes != total))
        return {};
    if (const int folder = m_isWritten ? m_below.folder("blobs/sha256") : -1; folder >= 0)
        ::utimensat(folder, digest.sliced(7).constData(), nullptr, AT_SYMLINK_NOFOLLOW);
    return fault(GrpcCode::AlreadyExists, Error::Kind::Refused,
                 Words::tr("the blob %1 is there already").arg(QString::fromUtf8(digest)), m_path);
}

Content<std::shared_ptr<Ingestion>> BlobFolder::ingest(const QByteArray &ref, qint64 total,
                                                       const QByteArray &expected)
{
    auto known = m_ingestions.find(ref);
    if (known != m_ingestions.end() && known->second->isHeld)
        return fault(GrpcCode::Unavailable, Error::Kind::Refused,
                     Words::tr("\"%1\" is being written by another call").arg(QString::fromUtf8(ref)),
                     m_path);
    if (known == m_ingestions.end()) {
        const auto folder = writtenFolder("ingest");
        if (!folder)
            return std::unexpected(folder.error());
        sweep(*folder);
        const QByteArray name =
            unfinishedPrefix + QByteArray::number(QRandomGenerator::system()->generate64(), 36);
        Descriptor file(
            ::openat(*folder, name.constData(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
        if (!file.isOpen())
            return cannotWrite(pathOf("ingest"), errno);
        ::flock(file.get(), LOCK_EX | LOCK_NB);
        Descriptor kept(::fcntl(*folder, F_DUPFD_CLOEXEC, 0));
        known = m_ingestions
                    .emplace(ref,
                             std::make_shared<Ingestion>(ref, m_path, std::move(kept), name, std::move(file)))
                    .first;
    }
    known->second->isHeld = true;
    known->second->total = total;
    known->second->expected = expected;
    return known->second;
}

Content<void> BlobFolder::commit(Ingestion &ingestion)
{
    const QByteArray digest = ingestion.digest();
    const auto done = [this, &ingestion] { m_ingestions.erase(ingestion.ref()); };
    if (!ingestion.expected.isEmpty() && ingestion.expected != digest) {
        const QByteArray wanted = ingestion.expected;
        done();
        return fault(GrpcCode::FailedPrecondition, Error::Kind::Malformed,
                     Words::tr("what the engine sent is not %1, but %2")
                         .arg(QString::fromUtf8(wanted), QString::fromUtf8(digest)),
                     m_path);
    }
    if (ingestion.total > 0 && ingestion.total != ingestion.offset()) {
        const QString words = Words::tr("the engine sent %1 bytes and had announced %2")
                                  .arg(ingestion.offset())
                                  .arg(ingestion.total);
        done();
        return fault(GrpcCode::FailedPrecondition, Error::Kind::Malformed, words, m_path);
    }
    if (const auto absent = checkAbsent(digest, ingestion.offset()); !absent) {
        done();
        return absent;
    }
    const auto folder = writtenFolder("blobs/sha256");
    if (!folder)
        return std::unexpected(folder.error());
    // Blobs do not change any more.
    const QByteArray name = digest.sliced(7);
    if (::fchmod(ingestion.m_file.get(), 0444) != 0 || !ingestion.m_file.close() ||
        ::renameat(ingestion.m_folder.get(), ingestion.m_name.constData(), *folder, name.constData()) != 0)
        return cannotWrite(pathOf(blobPath(digest)), errno);
    ingestion.m_name.clear();
    done();
    return {};
}

Content<void> BlobFolder::abort(const QByteArray &ref)
{
    const auto known = m_ingestions.find(ref);
    if (known == m_ingestions.end())
        return fault(GrpcCode::NotFound, Error::Kind::NotFound,
                     Words::tr("nothing is being written as \"%1\"").arg(QString::fromUtf8(ref)), m_path);
    m_ingestions.erase(known);
    return {};
}

std::vector<std::shared_ptr<const Ingestion>> BlobFolder::ingestions() const
{
    std::vector<std::shared_ptr<const Ingestion>> all;
    for (const auto &[ref, ingestion] : m_ingestions)
        all.push_back(ingestion);
    return all;
}

std::shared_ptr<const Ingestion> BlobFolder::ingestion(const QByteArray &ref) const
{
    const auto known = m_ingestions.find(ref);
    return known == m_ingestions.end() ? nullptr : known->second;
}

}
