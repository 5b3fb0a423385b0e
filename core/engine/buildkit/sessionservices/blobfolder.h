// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/servercall.h"
#include "engine/buildkit/sessionservices/folderbelow.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <expected>
#include <map>
#include <memory>
#include <vector>

namespace engine {

/// What the engine is told of something that did not go, and a person.
struct ContentFault
{
    GrpcCode code = GrpcCode::Unknown;
    base::Error error;
};
template <class T>
using Content = std::expected<T, ContentFault>;

struct BlobInfo
{
    QByteArray digest;
    qint64 sizeBytes = 0;
    QDateTime written;
};

/// One blob that is being written, under the name ("ref") that its writer gave it.
class Ingestion
{
public:
    Ingestion(QByteArray ref, QByteArray path, Descriptor folder, QByteArray name, Descriptor file);
    /// What was not committed leaves nothing.
    ~Ingestion();
    Q_DISABLE_COPY_MOVE(Ingestion)

    Content<void> write(QByteArrayView bytes);
    /// From the beginning again.
    Content<void> restart();

    [[nodiscard]] QByteArray ref() const { return m_ref; }
    [[nodiscard]] qint64 offset() const { return m_offset; }
    [[nodiscard]] QByteArray digest() const; ///< of all; nothing can be written after it

    qint64 total = 0;    ///< as announced; 0: not
    QByteArray expected; ///< digest as announced; empty: not
    QDateTime started = QDateTime::currentDateTimeUtc();
    QDateTime updated = started;
    bool isHeld = false; ///< a call writes it now

private:
    friend class BlobFolder;
    QByteArray m_ref;
    QByteArray m_path; ///< for words
    Descriptor m_folder;
    QByteArray m_name; ///< in m_folder; empty once it is committed
    Descriptor m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_offset = 0;
};

/// The blobs of an OCI layout on this machine: what an engine may read of them, and write. Names are made of
/// digests only; what it writes becomes a blob when it is whole and has the digest that was said. Nothing is
/// ever written through a symbolic link below the folder.
class BlobFolder
{
public:
    BlobFolder(QString path, bool isWritten);
    ~BlobFolder();
    Q_DISABLE_COPY_MOVE(BlobFolder)

    Content<BlobInfo> info(const QByteArray &digest);
    /// For reading, with its size.
    Content<std::pair<Descriptor, qint64>> open(const QByteArray &digest);
    Content<std::vector<BlobInfo>> list();
    Content<void> remove(const QByteArray &digest);

    /// Begins one, or goes on with what a broken call left behind. It is held then.
    Content<std::shared_ptr<Ingestion>> ingest(const QByteArray &ref, qint64 total,
                                               const QByteArray &expected);
    /// AlreadyExists when the blob is there; it counts as new then, so that nobody sweeps it before the build
    /// that wants it has listed it.
    Content<void> checkAbsent(const QByteArray &digest, qint64 total);
    Content<void> commit(Ingestion &ingestion);
    Content<void> abort(const QByteArray &ref);
    [[nodiscard]] std::vector<std::shared_ptr<const Ingestion>> ingestions() const;
    [[nodiscard]] std::shared_ptr<const Ingestion> ingestion(const QByteArray &ref) const;

private:
    Content<void> openRoot();
    Content<void> checkWritten() const;
    Content<int> writtenFolder(const QByteArray &name);
    void sweep(int folder);
    [[nodiscard]] QByteArray pathOf(const QByteArray &name) const { return m_path + '/' + name; }

    QByteArray m_path;
    bool m_isWritten;
    Descriptor m_root;
    FolderBelow m_below;
    bool m_isSwept = false;
    std::map<QByteArray, std::shared_ptr<Ingestion>> m_ingestions;
};

}
