// SPDX-License-Identifier: Apache-2.0
#include "engine/http2/grpcclient.h"

#include "engine/http2/grpcframes.h"
#include "engine/http2/grpcstatus.h"
#include "engine/words.h"

#include <nghttp2/nghttp2.h>

namespace engine {

namespace {

GrpcStatus brokenMessage(GrpcReader::Problem problem)
{
    if (problem == GrpcReader::Problem::TooLarge)
        return {GrpcCode::ResourceExhausted, Words::tr("the engine sent a message that is too large"), {}};
    return {GrpcCode::Internal, Words::tr("the engine sent a message that cannot be read"), {}};
}

class ClientStream final : public Http2Stream, public ClientCall
{
public:
    void send(const QByteArray &message) override { queue(grpcFrame(message)); }
    void halfClose() override { endOutput(); }
    void cancel() override
    {
        m_isFinished = true;
        reset(NGHTTP2_CANCEL);
        received = nullptr;
        ClientCall::drained = nullptr;
        finished = nullptr;
    }
    [[nodiscard]] qsizetype queuedBytes() const override { return Http2Stream::queuedBytes(); }
    void hold(bool isHeld) override { holdInput(isHeld); }

    void finish(const GrpcStatus &status)
    {
        if (std::exchange(m_isFinished, true))
            return;
        // A server may end the call while we still have something to say.
        if (!isOutputEnded())
            reset(NGHTTP2_NO_ERROR);
        received = nullptr;
        ClientCall::drained = nullptr;
        if (const auto tell = std::exchange(finished, nullptr))
            tell(status);
    }

protected:
    void headersCame(const Metadata &headers) override
    {
        if (m_isFinished)
            return;
        if (const auto http = headerValue(headers, ":status"))
            m_httpStatus = *http;
        if (auto status = readStatus(headers))
            m_status = std::move(status);
    }

    void dataCame(const QByteArray &bytes) override
    {
        if (m_isFinished)
            return;
        if (m_httpStatus != "200") // a proxy's page
            return;
        m_reader.feed(bytes);
        while (auto message = m_reader.next()) {
            if (const auto tell = received) // kept while it runs: it may cancel
                tell(*message);
            if (m_isFinished)
                return;
        }
        if (m_reader.problem() != GrpcReader::Problem::None) {
            reset(NGHTTP2_CANCEL);
            finish(brokenMessage(m_reader.problem()));
        }
    }

    void inputEnded() override
    {
        if (!m_status)
            return finish(statusOfHttp(m_httpStatus));
        if (m_status->code == GrpcCode::Ok && m_reader.isInsideMessage())
            return finish({GrpcCode::Internal, Words::tr("the engine's answer ended in the middle"), {}});
        finish(*m_status);
    }

    void drained() override
    {
        if (const auto tell = ClientCall::drained)
            tell();
    }

    void closed(std::optional<quint32> errorCode) override
    {
        finish(errorCode ? statusOfReset(*errorCode) : lostStatus());
    }

private:
    GrpcReader m_reader;
    QByteArray m_httpStatus;
    std::optional<GrpcStatus> m_status;
    bool m_isFinished = false;
};

}

GrpcClient::GrpcClient(const QByteArray &scheme, const QByteArray &authority)
    : Http2Connection(Role::Client)
    , m_scheme(scheme)
    , m_authority(authority)
{}

std::shared_ptr<ClientCall> GrpcClient::call(const QByteArray &method, const Metadata &metadata,
                                             const std::function<void(ClientCall &)> &prepare)
{
    auto stream = std::make_shared<ClientStream>();
    if (prepare)
        prepare(*stream);
    Metadata headers{{":method", "POST"},
                     {":scheme", m_scheme},
                     {":path", method},
                     {":authority", m_authority},
                     {"te", "trailers"},
                     {"content-type", "application/grpc"},
                     {"user-agent", "stageloom/" STAGELOOM_VERSION}};
    headers.insert(headers.end(), metadata.begin(), metadata.end());
    if (!open(stream, headers))
        stream->finish(lostStatus());
    return stream;
}

}
