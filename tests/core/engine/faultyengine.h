// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"
#include "support/buildrun.h"
#include "support/fakeengine.h"

#include <status.pb.h>

/// What the tests of faults share: a fake engine for each test, and a client of it with little patience.
class FaultyEngine : public QObject
{
protected:
    void start()
    {
        m_fake = std::make_unique<FakeEngine>();
        m_client = std::make_shared<engine::Client>(*engine::parseHost(m_fake->url(), {}));
        m_client->setTimeLimits(std::chrono::milliseconds(300), std::chrono::milliseconds(300));
    }
    void stop()
    {
        m_client.reset();
        m_fake.reset();
    }

    base::Result<engine::EngineInfo> connectNow()
    {
        return await<engine::EngineInfo>([this](auto answer) { m_client->connectToEngine(answer); });
    }

    static engine::BuildRequest requestFor(const QStringList &baseImages = {})
    {
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN x\n";
        request.baseImages = baseImages;
        return request;
    }

    /// A line of the build's answer: the step "RUN x" runs, and says something that is not ASCII.
    static QByteArray traceLine()
    {
        stageloom::buildkit::StatusResponse message;
        auto *vertex = message.add_vertexes();
        vertex->set_digest("sha256:d");
        vertex->set_name("[1/1] RUN x");
        vertex->mutable_started()->set_seconds(1);
        auto *log = message.add_logs();
        log->set_vertex("sha256:d");
        log->set_stream(1);
        log->set_msg("für 日本\n");
        const QByteArray bytes = QByteArray::fromStdString(message.SerializeAsString());
        return "{\"id\":\"moby.buildkit.trace\",\"aux\":\"" + bytes.toBase64() + "\"}\r\n";
    }
    /// The line that ends a build well.
    static QByteArray imageLine() { return R"({"id":"moby.image.id","aux":{"ID":"sha256:12"}})"; }

    std::unique_ptr<FakeEngine> m_fake;
    std::shared_ptr<engine::Client> m_client;
};
