// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/http2/grpcserver.h"
#include "support/fakeengine.h"

#include <control.pb.h>
#include <status.pb.h>

#include <QLocalSocket>
#include <QPointer>

/// What a scripted BuildKit answers to Control's calls.
class FakeControl final : public engine::SessionService
{
public:
    enum class End { Answer, Hang, Reset };

    [[nodiscard]] QByteArrayList methods() const override
    {
        const QByteArray control = "/moby.buildkit.v1.Control/";
        return {control + "Solve", control + "Status", control + "Session", control + "DiskUsage"};
    }
    void serve(const std::shared_ptr<engine::ServerCall> &call) override
    {
        const QByteArray method = call->method().mid(call->method().lastIndexOf('/') + 1);
        ++asked[method];
        auto *raw = call.get();
        call->gone = [this, method] { ++gone[method]; };
        if (method == "Status") {
            raw->send(status());
            if (solveEnd == End::Answer)
                raw->finish({});
        }
        if (method == "DiskUsage") {
            raw->send(diskUsage);
            raw->finish({});
        }
        if (method == "Solve")
            call->halfClosed = [this, raw] { answerSolve(raw); };
        if (method == "Session")
            call->halfClosed = [raw] { raw->finish({}); };
    }

    engine::GrpcStatus solveStatus;
    End solveEnd = End::Answer;
    QByteArray solveAnswer = solved();
    QByteArray diskUsage;
    QHash<QByteArray, int> asked, gone;

private:
    void answerSolve(engine::ServerCall *call) const
    {
        if (solveEnd != End::Answer)
            return;
        if (solveStatus.code == engine::GrpcCode::Ok)
            call->send(solveAnswer);
        call->finish(solveStatus);
    }
    static QByteArray solved()
    {
        stageloom::control::SolveResponse response;
        (*response.mutable_exporter_response())["containerimage.digest"] = "sha256:77";
        return QByteArray::fromStdString(response.SerializeAsString());
    }
    static QByteArray status()
    {
        stageloom::buildkit::StatusResponse message;
        auto *vertex = message.add_vertexes();
        vertex->set_digest("sha256:d");
        vertex->set_name("[1/1] RUN x");
        vertex->mutable_started()->set_seconds(1);
        return QByteArray::fromStdString(message.SerializeAsString());
    }
};

/// The BuildKit of a fake engine, behind POST /grpc.
class FakeBuildKit
{
public:
    explicit FakeBuildKit(FakeEngine &engine)
    {
        engine.handOver([this](QLocalSocket *socket) { take(socket); });
    }
    ~FakeBuildKit()
    {
        for (const auto &[socket, server] : m_servers)
            server->outputReady = nullptr;
    }

    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    qsizetype dieAfter = -1; ///< bytes of its answer, the head of the upgrade included; -1: lives
    bool inSingleBytes = false;
    QByteArray answer = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    QByteArray afterAnswer; ///< instead of HTTP/2
    int connections = 0;
    qsizetype written = 0; ///< on the last connection

    void hangUp()
    {
        for (const auto &[socket, server] : m_servers) {
            if (socket)
                socket->abort();
        }
    }

private:
    void take(QLocalSocket *socket)
    {
        ++connections;
        written = 0;
        m_servers.emplace_back(socket,
                               std::make_unique<engine::GrpcServer>(engine::GrpcServer::Services{control}));
        auto *server = m_servers.back().second.get();
        write(socket, answer);
        if (!afterAnswer.isEmpty())
            return write(socket, afterAnswer);
        const auto pump = [this, socket = QPointer(socket), server] {
            for (QByteArray bytes = server->take(65536); socket && !bytes.isEmpty();
                 bytes = server->take(65536))
                write(socket, bytes);
        };
        server->outputReady = pump;
        QObject::connect(socket, &QLocalSocket::readyRead, socket, [socket, server, pump] {
            server->feed(socket->readAll());
            pump();
        });
        pump();
    }
    void write(QLocalSocket *socket, const QByteArray &bytes)
    {
        QByteArray part = bytes;
        const bool dies = dieAfter >= 0 && written + bytes.size() >= dieAfter;
        if (dies)
            part = bytes.first(std::max<qsizetype>(0, dieAfter - written));
        written += part.size();
        for (qsizetype at = 0; at < part.size(); at += inSingleBytes ? 1 : part.size()) {
            socket->write(inSingleBytes ? part.mid(at, 1) : part);
            socket->flush();
        }
        if (dies)
            socket->disconnectFromServer();
    }

    std::vector<std::pair<QPointer<QLocalSocket>, std::unique_ptr<engine::GrpcServer>>> m_servers;
};
