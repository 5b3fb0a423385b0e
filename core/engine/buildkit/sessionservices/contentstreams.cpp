// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/contentstreams.h"

#include "content.pb.h"
#include "engine/buildkit/sessionservices/wire.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace engine {

namespace {

namespace wire = stageloom::content;
using base::Error;

ContentFault wrong(GrpcCode code, const QString &message)
{
    return {code, {.kind = Error::Kind::Malformed, .message = message}};
}

ContentFault nonsense()
{
    return wrong(GrpcCode::InvalidArgument, Words::tr("the engine said what nobody can read"));
}

/// What both have in common: how a call ends.
class BlobCall : public CallAnswerer
{
public:
    BlobCall(std::shared_ptr<ServerCall> call, std::shared_ptr<BlobFolder> folder, FaultTold told)
        : m_call(std::move(call))
        , m_folder(std::move(folder))
        , m_told(std::move(told))
    {}

    void gone() override
    {
        m_call.reset();
        letGo();
    }

protected:
    virtual void letGo() = 0;

    void fail(const ContentFault &fault)
    {
        if (m_told)
            m_told(fault);
        end(statusOf(fault));
    }
    void end(const GrpcStatus &status = {})
    {
        letGo();
        std::exchange(m_call, nullptr)->finish(status);
    }

    std::shared_ptr<ServerCall> m_call;
    std::shared_ptr<BlobFolder> m_folder;
    FaultTold m_told;
};

class BlobReader final : public BlobCall
{
public:
    using BlobCall::BlobCall;

    void received(const QByteArray &message) override
    {
        if (!m_call || m_file.isOpen())
            return;
        wire::ReadContentRequest request;
        if (!parse(message, request))
            return fail(nonsense());
        auto blob = m_folder->open(bytesOf(request.digest()));
        if (!blob)
            return fail(blob.error());
        auto &[file, size] = *blob;
        m_at = std::max<qint64>(0, request.offset());
        if (m_at > size)
            return fail(wrong(GrpcCode::OutOfRange,
                              Words::tr("the engine reads beyond the end of a blob of %1 bytes").arg(size)));
        const qint64 rest = size - m_at;
        m_end = m_at + (request.size() > 0 ? std::min<qint64>(request.size(), rest) : rest);
        m_file = std::move(file);
        sendMore();
    }
    void halfClosed() override
    {
        if (m_call && !m_file.isOpen())
            fail(nonsense());
    }
    void drained() override
    {
        if (m_call && m_file.isOpen())
            sendMore();
    }

private:
    static constexpr qint64 sliceBytes = 128 * 1024;

    void letGo() override { m_file = Descriptor(); }

    void sendMore()
    {
        std::string slice;
        while (m_at < m_end && m_call->queuedBytes() < ServerCall::sendMark) {
            slice.resize(static_cast<size_t>(std::min(sliceBytes, m_end - m_at)));
            const ssize_t count = ::pread(m_file.get(), slice.data(), slice.size(), m_at);
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                return fail(
                    {GrpcCode::Unknown,
                     {.kind = Error::Kind::Failed,
                      .message = count == 0 ? Words::tr("a blob became shorter while it was read")
                                            : Words::tr("a blob cannot be read (%1)")
                                                  .arg(QString::fromLocal8Bit(std::strerror(errno)))}});
            slice.resize(static_cast<size_t>(count));
            wire::ReadContentResponse response;
            response.set_offset(m_at);
            response.set_data(std::move(slice));
            m_at += count;
            m_call->send(serialized(response));
            slice.clear();
        }
        if (m_at == m_end)
            end();
    }

    Descriptor m_file;
    qint64 m_at = 0;
    qint64 m_end = 0;
};

class BlobWriter final : public BlobCall
{
public:
    using BlobCall::BlobCall;

    void received(const QByteArray &message) override
    {
        if (!m_call)
            return;
        wire::WriteContentRequest request;
        if (!parse(message, request))
            return fail(nonsense());
        if (const auto known = announce(request); !known)
            return fail(known.error());
        if (request.action() != wire::STAT) {
            if (const auto written = write(request); !written)
                return fail(written.error());
        }
        wire::WriteContentResponse response;
        response.set_action(request.action());
        response.set_offset(m_ingestion->offset());
        response.set_total(m_ingestion->total);
        setTime(response.mutable_started_at(), m_ingestion->started);
        setTime(response.mutable_updated_at(), m_ingestion->updated);
        if (request.action() != wire::COMMIT)
            return m_call->send(serialized(response));
        if (const auto committed = m_folder->commit(*m_ingestion); !committed)
            return fail(committed.error());
        response.set_digest(m_ingestion->digest().toStdString());
        m_call->send(serialized(response));
        end();
    }
    void halfClosed() override
    {
        if (m_call)
            end();
    }

private:
    // What was not committed is kept until the session ends: the engine may go on with it.
    void letGo() override
    {
        if (m_ingestion)
            m_ingestion->isHeld = false;
        m_ingestion.reset();
    }

    /// What a message says of the whole; the first one names it.
    Content<void> announce(const wire::WriteContentRequest &request)
    {
        const QByteArray expected = bytesOf(request.expected());
        qint64 total = std::max<qint64>(0, request.total());
        if (total == 0 && m_ingestion)
            total = m_ingestion->total;
        if (!expected.isEmpty()) {
            if (const auto absent = m_folder->checkAbsent(expected, total); !absent) {
                if (m_ingestion)
                    (void)m_folder->abort(m_ingestion->ref());
                return absent;
            }
        }
        if (!m_ingestion) {
            if (request.ref().empty())
                return std::unexpected(nonsense());
            auto begun = m_folder->ingest(bytesOf(request.ref()), total, expected);
            if (!begun)
                return std::unexpected(begun.error());
            m_ingestion = *begun;
            return {};
        }
        m_ingestion->total = total;
        if (!expected.isEmpty())
            m_ingestion->expected = expected;
        return {};
    }

    Content<void> write(const wire::WriteContentRequest &request)
    {
        if (request.offset() > 0 && request.offset() != m_ingestion->offset())
            return std::unexpected(
                wrong(GrpcCode::OutOfRange, Words::tr("the engine writes at %1, and %2 bytes are there")
                                                .arg(request.offset())
                                                .arg(m_ingestion->offset())));
        if (request.offset() <= 0 && m_ingestion->offset() > 0) {
            if (const auto restarted = m_ingestion->restart(); !restarted)
                return restarted;
        }
        const std::string &data = request.data();
        return m_ingestion->write({data.data(), static_cast<qsizetype>(data.size())});
    }

    std::shared_ptr<Ingestion> m_ingestion;
};

}

GrpcStatus statusOf(const ContentFault &fault)
{
    return {fault.code, fault.error.text(), {}};
}

std::shared_ptr<CallAnswerer> makeBlobReader(std::shared_ptr<ServerCall> call,
                                             std::shared_ptr<BlobFolder> folder, FaultTold told)
{
    return std::make_shared<BlobReader>(std::move(call), std::move(folder), std::move(told));
}

std::shared_ptr<CallAnswerer> makeBlobWriter(std::shared_ptr<ServerCall> call,
                                             std::shared_ptr<BlobFolder> folder, FaultTold told)
{
    return std::make_shared<BlobWriter>(std::move(call), std::move(folder), std::move(told));
}

}
