// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/filesync.h"
#include "engine/buildkit/sessionservices/syncsource.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace engine {

namespace {

// The engine takes a file of the same size and time for unchanged. A time that follows from the content makes
// that true, for files that have no time of their own.
qint64 timeOf(const QByteArray &bytes)
{
    const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    constexpr qint64 second = 1'000'000'000;
    const qint64 seconds = qFromBigEndian<quint32>(hash.constData());
    return seconds * second + qFromBigEndian<quint32>(hash.constData() + 4) % second;
}

class MemoryContent final : public SyncContent
{
public:
    explicit MemoryContent(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {}

    [[nodiscard]] qint64 sizeBytes() const override { return m_bytes.size(); }
    [[nodiscard]] qint64 modifiedNs() const override { return timeOf(m_bytes); }
    qint64 read(char *to, qint64 most) override
    {
        const qint64 size = std::min<qint64>(most, m_bytes.size() - m_at);
        std::memcpy(to, m_bytes.constData() + m_at, static_cast<size_t>(size));
        m_at += size;
        return size;
    }

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

class MemorySource final : public SyncSource
{
public:
    MemorySource(const std::vector<VirtualFile> &files, const SyncFilter &filter)
    {
        for (const VirtualFile &file : files) {
            const QByteArray name = file.name.toUtf8();
            const bool isWanted = filter.includes.isEmpty() || filter.includes.verdict(name).matched;
            if (isWanted && !filter.excludes.verdict(name).matched)
                m_files.push_back({name, file.bytes});
        }
        std::ranges::sort(m_files, {}, &File::name);
    }

    Step next(SyncEntry &entry) override
    {
        if (m_at == m_files.size())
            return Step::End;
        const File &file = m_files[m_at++];
        entry = SyncEntry{.path = file.name,
                          .mode = 0644,
                          .sizeBytes = file.bytes.size(),
                          .modifiedNs = timeOf(file.bytes)};
        return Step::Entry;
    }

    base::Result<std::unique_ptr<SyncContent>> open(const QByteArray &path) override
    {
        const auto file = std::ranges::find(m_files, path, &File::name);
        Q_ASSERT(file != m_files.end()); // only what next() gave is opened
        return std::make_unique<MemoryContent>(file->bytes);
    }

private:
    struct File
    {
        QByteArray name;
        QByteArray bytes;
    };
    std::vector<File> m_files;
    size_t m_at = 0;
};

}

std::unique_ptr<SyncSource> readMemory(const std::vector<VirtualFile> &files, const SyncFilter &filter)
{
    return std::make_unique<MemorySource>(files, filter);
}

}
