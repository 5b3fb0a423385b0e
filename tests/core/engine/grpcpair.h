// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/http2/grpcclient.h"
#include "engine/http2/grpcserver.h"

#include <QByteArrayList>

#include <algorithm>

/// A service for tests: "/test/Echo" sends each message back and ends well when the caller has no more to
/// say; "/test/Fail" refuses; "/test/Flood" sends 40 MB as fast as it may; "/test/Silent" never answers.
class EchoService final : public engine::SessionService
{
public:
    static constexpr qsizetype floodMessage = 64 * 1024;
    static constexpr int floodCount = 640;

    [[nodiscard]] QByteArrayList methods() const override
    {
        return {"/test/Echo", "/test/Fail", "/test/Flood", "/test/Silent"};
    }
    void serve(const std::shared_ptr<engine::ServerCall> &call) override
    {
        ++begun;
        lastMetadata = call->metadata();
        auto *raw = call.get(); // kept by the connection until gone() is told
        call->gone = [this] { ++gone; };
        if (call->method() == "/test/Fail")
            return raw->finish(
                {engine::GrpcCode::NotFound, QStringLiteral("100 % weg: 日本\nline two"), "detail"});
        if (call->method() == "/test/Echo") {
            call->received = [raw](const QByteArray &message) { raw->send(message); };
            call->halfClosed = [raw] { raw->finish({}); };
        }
        if (call->method() == "/test/Flood") {
            auto sent = std::make_shared<int>(0);
            const auto more = [this, raw, sent] {
                while (*sent < floodCount && raw->queuedBytes() < engine::ServerCall::sendMark) {
                    raw->send(QByteArray(floodMessage, 'x'));
                    ++*sent;
                    mostQueued = std::max(mostQueued, raw->queuedBytes());
                }
                if (*sent == floodCount)
                    raw->finish({});
            };
            call->drained = more;
            more();
        }
    }

    engine::Metadata lastMetadata;
    int begun = 0;
    int gone = 0;
    qsizetype mostQueued = 0;
};

/// A client and a server joined by nothing but their bytes, given on in pieces.
struct GrpcPair
{
    explicit GrpcPair(qsizetype itsPiece = 65536)
        : piece(itsPiece)
        , server({service})
    {}

    /// Until neither has anything to say.
    void run()
    {
        while (client.hasOutput() || server.hasOutput()) {
            give(client.take(65536), server);
            give(server.take(65536), client);
        }
    }
    void give(const QByteArray &bytes, engine::Http2Connection &to) const
    {
        for (qsizetype at = 0; at < bytes.size(); at += piece)
            to.feed(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)));
    }

    struct Told
    {
        QByteArrayList messages;
        qsizetype bytes = 0;
        std::optional<engine::GrpcStatus> status;
        int timesFinished = 0;
        std::shared_ptr<engine::ClientCall> call;
    };
    std::shared_ptr<Told> call(const QByteArray &method, const engine::Metadata &metadata = {})
    {
        auto told = std::make_shared<Told>();
        told->call = client.call(method, metadata, [weak = std::weak_ptr(told)](engine::ClientCall &it) {
            it.received = [weak](const QByteArray &message) {
                const auto alive = weak.lock();
                if (!alive)
                    return; // the test is over, and its pair is being taken down
                alive->bytes += message.size();
                if (message.size() < 1000)
                    alive->messages += message;
            };
            it.finished = [weak](const engine::GrpcStatus &status) {
                if (const auto alive = weak.lock()) {
                    alive->status = status;
                    ++alive->timesFinished;
                }
            };
        });
        return told;
    }

    qsizetype piece;
    std::shared_ptr<EchoService> service = std::make_shared<EchoService>();
    engine::GrpcClient client;
    engine::GrpcServer server;
};
