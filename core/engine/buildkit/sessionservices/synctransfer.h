// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/sessionservices/filesync.h"
#include "engine/buildkit/sessionservices/livecalls.h"
#include "engine/buildkit/sessionservices/syncsource.h"

#include <QObject>

#include <deque>

namespace engine {

/// One DiffCopy: tells the engine each entry of a source, and sends the content of the files it asks for.
/// Works in slices of a few milliseconds, and no faster than the engine takes.
class SyncTransfer final : public CallAnswerer
{
public:
    SyncTransfer(std::shared_ptr<ServerCall> call, std::unique_ptr<SyncSource> source,
                 FileSyncReports reports);

    void start() { work(); }
    void received(const QByteArray &message) override;
    void halfClosed() override;
    void drained() override { work(); }
    void gone() override;

private:
    /// Told entries by their number; their paths are chains of names, since there may be 100,000.
    struct Told
    {
        quint32 parent;
        quint32 nameBegin;
        quint16 nameSize;
        bool mayBeAsked;
        qint64 sizeBytes;
        qint64 modifiedNs;
    };
    struct Sent
    {
        quint32 id;
        std::unique_ptr<SyncContent> content;
        qint64 leftBytes;
    };

    void work();
    void workSoon();
    void tellNext();
    void tell(const SyncEntry &entry);
    [[nodiscard]] QByteArray pathOf(quint32 id) const;
    void asked(quint32 id);
    void sendNext();
    void openNext();
    void sendPiece();
    void endFile();
    void takeNotes();
    void note(const QByteArray &path, const QString &what);
    void fail(GrpcCode code, const base::Error &error);
    void end(const GrpcStatus &status);

    std::shared_ptr<ServerCall> m_call;
    std::unique_ptr<SyncSource> m_source;
    FileSyncReports m_reports;

    std::vector<Told> m_told;
    QByteArray m_names;
    std::vector<std::pair<quint32, qsizetype>>
        m_folders; ///< that of the last entry and those above: id, path's size
    QByteArray m_folderPath;

    std::deque<quint32> m_asked;
    std::unique_ptr<Sent> m_sending;
    int m_notes = 0;
    bool m_isAllTold = false;
    bool m_isWorkComing = false;
    QObject m_context; ///< of what is done later
};

}
