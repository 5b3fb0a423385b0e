// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/synctransfer.h"

#include "engine/buildkit/sessionservices/folderbelow.h"
#include "engine/buildkit/sessionservices/packets.h"
#include "engine/words.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <limits>

namespace engine {

using base::Error;
using Clock = std::chrono::steady_clock;

namespace {

constexpr quint32 noParent = std::numeric_limits<quint32>::max();
constexpr auto slice = std::chrono::milliseconds(5);
// Both at once keep the engine busy with making files while it takes the content of others.
constexpr int entriesPerPiece = 16;
constexpr int mostNotes = 20;

}

SyncTransfer::SyncTransfer(std::shared_ptr<ServerCall> call, std::unique_ptr<SyncSource> source,
                           FileSyncReports reports)
    : m_call(std::move(call))
    , m_source(std::move(source))
    , m_reports(std::move(reports))
{}

void SyncTransfer::work()
{
    const auto until = Clock::now() + slice;
    while (m_call && m_call->queuedBytes() < ServerCall::sendMark) {
        const bool isSending = m_sending || !m_asked.empty();
        if (!isSending && m_isAllTold)
            break; // the engine has the next word
        if (isSending)
            sendNext();
        for (int i = 0; i < entriesPerPiece && m_call && !m_isAllTold; ++i)
            tellNext();
        if (Clock::now() >= until) {
            workSoon();
            break;
        }
    }
}

void SyncTransfer::workSoon()
{
    if (std::exchange(m_isWorkComing, true))
        return;
    QMetaObject::invokeMethod(
        &m_context,
        [this] {
            m_isWorkComing = false;
            const auto alive = shared_from_this();
            work();
        },
        Qt::QueuedConnection);
}

void SyncTransfer::tellNext()
{
    SyncEntry entry;
    const auto step = m_source->next(entry);
    takeNotes();
    switch (step) {
    case SyncSource::Step::Entry:
        tell(entry);
        return;
    case SyncSource::Step::Busy:
        return;
    case SyncSource::Step::End:
        m_isAllTold = true;
        m_call->send(packets::lastStat());
        return;
    case SyncSource::Step::Failed:
        fail(GrpcCode::Unknown, m_source->error());
    }
}

void SyncTransfer::tell(const SyncEntry &entry)
{
    if (m_told.size() == noParent || m_names.size() > std::numeric_limits<qint32>::max())
        return fail(GrpcCode::ResourceExhausted,
                    {.kind = Error::Kind::Unsupported, .message = Words::tr("there are too many files")});
    const QByteArrayView parent = folderOf(entry.path);
    while (!m_folders.empty() && parent != m_folderPath) {
        m_folders.pop_back();
        m_folderPath.truncate(m_folders.empty() ? 0 : m_folders.back().second);
    }
    const QByteArray name = nameOf(entry.path);
    const auto id = static_cast<quint32>(m_told.size());
    m_told.push_back({.parent = m_folders.empty() ? noParent : m_folders.back().first,
                      .nameBegin = static_cast<quint32>(m_names.size()),
                      .nameSize = static_cast<quint16>(name.size()),
                      .mayBeAsked = entry.hasContent(),
                      .sizeBytes = entry.sizeBytes,
                      .modifiedNs = entry.modifiedNs});
    m_names += name;
    if ((entry.mode & gomode::folder) != 0) {
        m_folders.emplace_back(id, entry.path.size());
        m_folderPath = entry.path;
    }
    m_call->send(packets::stat(entry));
}

QByteArray SyncTransfer::pathOf(quint32 id) const
{
    QByteArray path;
    for (; id != noParent; id = m_told[id].parent) {
        const Told &told = m_told[id];
        path.prepend(QByteArrayView(m_names).sliced(told.nameBegin, told.nameSize));
        if (told.parent != noParent)
            path.prepend('/');
    }
    return path;
}

void SyncTransfer::received(const QByteArray &message)
{
    if (!m_call)
        return;
    proto::Packet packet;
    if (!parse(message, packet))
        return fail(
            GrpcCode::InvalidArgument,
            {.kind = Error::Kind::Malformed, .message = Words::tr("the engine said what nobody can read")});
    switch (packet.type()) {
    case proto::Packet::REQ:
        asked(packet.id());
        return;
    case proto::Packet::FIN:
        m_call->send(packets::finished());
        end({});
        return;
    case proto::Packet::ERR:
        return fail(
            GrpcCode::Unknown,
            {.kind = Error::Kind::Failed,
             .message = Words::tr("the engine could not take the files: %1").arg(textOf(packet.data()))});
    default:
        return fail(
            GrpcCode::InvalidArgument,
            {.kind = Error::Kind::Malformed, .message = Words::tr("the engine sent what it should receive")});
    }
}

void SyncTransfer::asked(quint32 id)
{
    if (id >= m_told.size() || !std::exchange(m_told[id].mayBeAsked, false))
        return fail(
            GrpcCode::InvalidArgument,
            {.kind = Error::Kind::Malformed,
             .message =
                 Words::tr("the engine asked for number %1, which is no file, or for one twice").arg(id)});
    m_asked.push_back(id);
    work();
}

void SyncTransfer::sendNext()
{
    if (!m_sending)
        openNext();
    if (m_sending)
        sendPiece();
}

void SyncTransfer::openNext()
{
    const quint32 id = m_asked.front();
    m_asked.pop_front();
    const QByteArray path = pathOf(id);
    auto content = m_source->open(path);
    if (!content) {
        if (content.error().kind != Error::Kind::NotFound)
            return fail(GrpcCode::Unknown, content.error());
        // As if it were empty: what is gone now may well be a file that nobody wanted (an editor's).
        note(path, Words::tr("it vanished while the files were sent: the build has it empty"));
        m_call->send(packets::end(id));
        return;
    }
    const Told &told = m_told[id];
    if ((*content)->sizeBytes() != told.sizeBytes || (*content)->modifiedNs() != told.modifiedNs)
        note(path, Words::tr("it changed while the files were sent: the build has it as it is now"));
    // Not to the end of a file that grows as fast as it is read.
    const qint64 size = (*content)->sizeBytes();
    m_sending = std::make_unique<Sent>(id, std::move(*content), size);
}

void SyncTransfer::sendPiece()
{
    if (m_sending->leftBytes == 0)
        return endFile();
    const qint64 size = std::min<qint64>(packets::pieceSize, m_sending->leftBytes);
    qint64 got = 0;
    const QByteArray piece = packets::data(m_sending->id, size, [this, &got](char *to, qint64 most) {
        got = m_sending->content->read(to, most);
        return got;
    });
    if (got < 0) {
        const QString why = QString::fromLocal8Bit(std::strerror(errno));
        return fail(GrpcCode::Unknown, {.kind = Error::Kind::Failed,
                                        .message = Words::tr("reading it failed (%1)").arg(why),
                                        .where = QString::fromUtf8(pathOf(m_sending->id))});
    }
    if (got == 0) {
        note(pathOf(m_sending->id), Words::tr("it got shorter while it was sent"));
        return endFile();
    }
    m_call->send(piece);
    m_sending->leftBytes -= got;
    if (m_sending->leftBytes == 0)
        endFile();
}

void SyncTransfer::endFile()
{
    m_call->send(packets::end(m_sending->id));
    m_sending.reset();
}

void SyncTransfer::takeNotes()
{
    for (const Error &left : m_source->takeNotes()) {
        if (m_reports.problem && ++m_notes <= mostNotes)
            m_reports.problem(left, false);
    }
}

void SyncTransfer::note(const QByteArray &path, const QString &what)
{
    if (m_reports.problem && ++m_notes <= mostNotes)
        m_reports.problem({.kind = Error::Kind::Failed, .message = what, .where = QString::fromUtf8(path)},
                          false);
}

void SyncTransfer::fail(GrpcCode code, const Error &error)
{
    if (m_reports.problem)
        m_reports.problem(error, true);
    m_call->send(packets::error(error.text()));
    end({code, error.text(), {}});
}

void SyncTransfer::halfClosed()
{
    if (m_call)
        end({GrpcCode::Cancelled, Words::tr("the engine stopped before it had all files"), {}});
}

void SyncTransfer::end(const GrpcStatus &status)
{
    m_asked.clear();
    m_sending.reset();
    std::exchange(m_call, nullptr)->finish(status);
}

void SyncTransfer::gone()
{
    m_call.reset();
    m_sending.reset();
    m_asked.clear();
}

}
