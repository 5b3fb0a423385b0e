// SPDX-License-Identifier: Apache-2.0
#include "engine/http2/grpcserver.h"

#include "engine/http2/grpcframes.h"
#include "engine/http2/grpcstatus.h"

#include <nghttp2/nghttp2.h>

namespace engine {

using namespace Qt::StringLiterals;

class GrpcServer::Stream final : public Http2Stream,
                                 public ServerCall,
                                 public std::enable_shared_from_this<GrpcServer::Stream>
{
public:
    Stream(std::shared_ptr<const Table> table, std::shared_ptr<qsizetype> held)
        : m_table(std::move(table))
        , m_held(std::move(held))
    {}

    [[nodiscard]] QByteArray method() const override { return m_method; }
    [[nodiscard]] const Metadata &metadata() const override { return m_metadata; }
    [[nodiscard]] qsizetype queuedBytes() const override { return Http2Stream::queuedBytes(); }

    void send(const QByteArray &message) override
    {
        if (m_isFinished)
            return;
        if (!std::exchange(m_isAnswered, true))
            respond({{":status", "200"}, {"content-type", "application/grpc"}}, false);
        queue(grpcFrame(message));
    }

    void finish(const GrpcStatus &status) override
    {
        if (std::exchange(m_isFinished, true))
            return;
        hold(0); // what still comes is not read, however long the caller keeps the stream
        received = nullptr;
        halfClosed = nullptr;
        ServerCall::drained = nullptr;
        const Metadata trailers = statusTrailers(status);
        if (std::exchange(m_isAnswered, true))
            return endOutput(trailers);
        Metadata headers{{":status", "200"}, {"content-type", "application/grpc"}};
        headers.insert(headers.end(), trailers.begin(), trailers.end());
        respond(headers, true);
    }

protected:
    void headersCame(const Metadata &headers) override
    {
        if (!m_method.isEmpty())
            return; // trailers of a request mean nothing
        m_method = headerValue(headers, ":path").value_or("/");
        for (const auto &header : headers) {
            if (!header.first.startsWith(':'))
                m_metadata.push_back(header);
        }
        const auto service = m_table->value(m_method);
        if (service)
            service->serve(shared_from_this());
        else
            finish({GrpcCode::Unimplemented, u"not offered: "_s + QString::fromUtf8(m_method), {}});
    }

    void dataCame(const QByteArray &bytes) override
    {
        if (m_isFinished)
            return;
        m_reader.feed(bytes);
        while (auto message = m_reader.next()) {
            if (const auto tell = received)
                tell(*message);
            if (m_isFinished)
                return;
        }
        const auto problem = m_reader.problem(); // a reader that holds nothing is replaced
        hold(m_reader.heldBytes());
        if (problem == GrpcReader::Problem::TooLarge)
            finish({GrpcCode::ResourceExhausted, u"message too large"_s, {}});
        else if (problem == GrpcReader::Problem::Compressed)
            finish({GrpcCode::Unimplemented, u"compression was not offered"_s, {}});
        else if (*m_held > GrpcReader::largestMessage)
            finish({GrpcCode::ResourceExhausted, u"too much of messages that are not whole"_s, {}});
    }

    void inputEnded() override
    {
        if (const auto tell = halfClosed)
            tell();
    }

    void drained() override
    {
        if (const auto tell = ServerCall::drained)
            tell();
    }

    void closed(std::optional<quint32>) override
    {
        m_isFinished = true;
        hold(0);
        received = nullptr;
        halfClosed = nullptr;
        ServerCall::drained = nullptr;
        if (const auto tell = std::exchange(gone, nullptr))
            tell();
    }

private:
    /// Of a message that is not whole yet.
    void hold(qsizetype bytes)
    {
        *m_held += bytes - std::exchange(m_heldHere, bytes);
        if (bytes == 0)
            m_reader = {};
    }

    std::shared_ptr<const Table> m_table;
    std::shared_ptr<qsizetype> m_held;
    qsizetype m_heldHere = 0;
    QByteArray m_method;
    Metadata m_metadata;
    GrpcReader m_reader;
    bool m_isAnswered = false;
    bool m_isFinished = false;
};

GrpcServer::GrpcServer(const Services &services)
    : Http2Connection(Role::Server)
{
    auto table = std::make_shared<Table>();
    for (const auto &service : services) {
        const QByteArrayList methods = service->methods();
        for (const QByteArray &method : methods)
            table->insert(method, service);
    }
    m_table = std::move(table);
}

GrpcServer::~GrpcServer() = default;

QByteArrayList GrpcServer::methods(const Services &services)
{
    QByteArrayList all;
    for (const auto &service : services)
        all += service->methods();
    return all;
}

std::shared_ptr<Http2Stream> GrpcServer::accept()
{
    return std::make_shared<Stream>(m_table, m_held);
}

}
