// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/filesend.h"

#include "engine/buildkit/sessionservices/archivefile.h"
#include "engine/buildkit/sessionservices/folderwriter.h"
#include "engine/buildkit/sessionservices/livecalls.h"
#include "engine/buildkit/sessionservices/packets.h"
#include "engine/words.h"

namespace engine {

using base::Error;
using base::Result;

namespace {

/// What the taking of an archive and that of a folder have in common: how it ends, and what is told of it.
class Taking : public CallAnswerer
{
public:
    Taking(std::shared_ptr<ServerCall> call, FileSendReports reports)
        : m_call(std::move(call))
        , m_reports(std::move(reports))
    {}

    void gone() override
    {
        m_call.reset();
        giveUp();
    }

protected:
    virtual void giveUp() = 0;

    void fail(const Error &error)
    {
        if (!m_call)
            return;
        giveUp();
        if (m_reports.failed)
            m_reports.failed(error);
        const bool isTheirs = error.kind == Error::Kind::Malformed;
        std::exchange(m_call, nullptr)
            ->finish({isTheirs ? GrpcCode::InvalidArgument : GrpcCode::Unknown, error.text(), {}});
    }

    void succeed() { std::exchange(m_call, nullptr)->finish({}); }

    static Error nonsense()
    {
        return {.kind = Error::Kind::Malformed, .message = Words::tr("the engine said what nobody can read")};
    }

    std::shared_ptr<ServerCall> m_call;
    FileSendReports m_reports;
};

class TakenArchive final : public Taking
{
public:
    using Taking::Taking;

    void start(const QString &path)
    {
        m_file.emplace();
        if (const auto opened = m_file->open(path); !opened)
            fail(opened.error().in(Words::tr("writing the build's output")));
    }

    void received(const QByteArray &message) override
    {
        if (!m_call)
            return;
        proto::BytesMessage bytes;
        if (!parse(message, bytes))
            return fail(nonsense());
        const auto written =
            m_file->write(QByteArrayView(bytes.data().data(), static_cast<qsizetype>(bytes.data().size())));
        if (!written)
            return fail(written.error().in(Words::tr("writing the build's output")));
    }

    void halfClosed() override
    {
        if (!m_call)
            return;
        if (const auto whole = m_file->commit(); !whole)
            return fail(whole.error().in(Words::tr("writing the build's output")));
        m_file.reset();
        succeed();
    }

private:
    void giveUp() override { m_file.reset(); }

    std::optional<ArchiveFile> m_file;
};

class TakenFolder final : public Taking
{
public:
    using Taking::Taking;

    void start(const QString &path)
    {
        m_writer.emplace();
        (void)held(m_writer->open(path));
    }

    void received(const QByteArray &message) override
    {
        if (!m_call)
            return;
        proto::Packet packet;
        if (!parse(message, packet))
            return fail(nonsense());
        switch (packet.type()) {
        case proto::Packet::STAT:
            return packet.has_stat() ? take(packet.stat()) : takeEnd();
        case proto::Packet::DATA:
            return takeContent(packet.id(), packet.data());
        case proto::Packet::FIN:
            if (m_isFinSent)
                return succeed();
            return fail(nonsense());
        case proto::Packet::ERR:
            return fail(
                {.kind = Error::Kind::Failed,
                 .message = Words::tr("the engine could not send the files: %1").arg(textOf(packet.data()))});
        default:
            return fail(nonsense());
        }
    }

    void halfClosed() override
    {
        if (!m_call)
            return;
        if (m_isFinSent)
            return succeed();
        fail({.kind = Error::Kind::Failed,
              .message = Words::tr("the engine stopped before it had sent all files")});
    }

private:
    void giveUp() override { m_writer.reset(); }

    /// Whether all is well; if not, it has ended.
    bool held(const Result<void> &result)
    {
        if (!result)
            fail(result.error().in(Words::tr("writing the build's output")));
        return result.has_value();
    }

    void take(const proto::Stat &stat)
    {
        if (m_isAllTold)
            return fail(nonsense());
        const SyncEntry entry{.path = bytesOf(stat.path()),
                              .mode = stat.mode(),
                              .sizeBytes = stat.size(),
                              .modifiedNs = stat.mod_time(),
                              .linkTarget = bytesOf(stat.linkname())};
        const quint32 id = m_nextId++;
        const auto taken = m_writer->take(id, entry);
        if (!taken)
            return fail(taken.error().in(Words::tr("writing the build's output")));
        switch (*taken) {
        case FolderWriter::Taken::WantsContent:
            m_call->send(packets::request(id));
            return;
        case FolderWriter::Taken::LeftOut:
            if (m_reports.leftOut)
                m_reports.leftOut({.kind = Error::Kind::Unsupported,
                                   .message = Words::tr("it is left out: it is a device or a socket"),
                                   .where = QString::fromUtf8(entry.path)});
            return;
        case FolderWriter::Taken::Done:
            return;
        }
    }

    void takeContent(quint32 id, const std::string &content)
    {
        if (!m_writer->isAwaited(id))
            return fail(nonsense());
        const QByteArrayView bytes(content.data(), static_cast<qsizetype>(content.size()));
        if (!bytes.isEmpty()) {
            (void)held(m_writer->write(id, bytes));
            return;
        }
        if (!held(m_writer->finish(id)))
            return;
        finishWhenWhole();
    }

    void takeEnd()
    {
        if (std::exchange(m_isAllTold, true))
            return fail(nonsense());
        finishWhenWhole();
    }

    void finishWhenWhole()
    {
        if (!m_isAllTold || m_writer->awaitedCount() != 0)
            return;
        if (!held(m_writer->finishFolders()))
            return;
        m_isFinSent = true;
        m_call->send(packets::finished());
    }

    std::optional<FolderWriter> m_writer;
    quint32 m_nextId = 0;
    bool m_isAllTold = false;
    bool m_isFinSent = false;
};

class FileSend final : public SessionService
{
public:
    FileSend(std::vector<OutputTarget> targets, FileSendReports reports)
        : m_targets(std::move(targets))
        , m_reports(std::move(reports))
    {}

    [[nodiscard]] QByteArrayList methods() const override { return {"/moby.filesync.v1.FileSend/DiffCopy"}; }

    void serve(const std::shared_ptr<ServerCall> &call) override
    {
        const int exporter = exporterOf(call->metadata());
        if (exporter < 0) {
            call->finish({GrpcCode::NotFound, Words::tr("this build takes no such output"), {}});
            return;
        }
        const OutputTarget &target = m_targets[static_cast<size_t>(exporter)];
        if (target.kind == OutputTarget::Kind::File)
            start<TakenArchive>(call, target.path);
        else
            start<TakenFolder>(call, target.path);
    }

private:
    template <class T>
    void start(const std::shared_ptr<ServerCall> &call, const QString &path)
    {
        const auto taking = std::make_shared<T>(call, m_reports);
        m_calls.add(call, taking);
        taking->start(path);
    }

    /// Old engines name none: they have one exporter at most. -1: none that takes something.
    [[nodiscard]] int exporterOf(const Metadata &metadata) const
    {
        const auto takes = [](const OutputTarget &target) { return target.kind != OutputTarget::Kind::None; };
        for (const auto &[key, value] : metadata) {
            if (key != "buildkit-attachable-exporter-id")
                continue;
            bool isNumber = false;
            const int exporter = value.toInt(&isNumber);
            const bool isThere =
                isNumber && exporter >= 0 && static_cast<size_t>(exporter) < m_targets.size();
            return isThere && takes(m_targets[static_cast<size_t>(exporter)]) ? exporter : -1;
        }
        const auto first = std::ranges::find_if(m_targets, takes);
        return first == m_targets.end() ? -1 : static_cast<int>(first - m_targets.begin());
    }

    std::vector<OutputTarget> m_targets;
    FileSendReports m_reports;
    LiveCalls m_calls;
};

}

std::unique_ptr<SessionService> makeFileSend(std::vector<OutputTarget> targets, FileSendReports reports)
{
    return std::make_unique<FileSend>(std::move(targets), std::move(reports));
}

}
