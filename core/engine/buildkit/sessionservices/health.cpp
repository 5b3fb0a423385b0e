// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/health.h"

#include "engine/buildkit/sessionservices/livecalls.h"
#include "engine/buildkit/sessionservices/wire.h"

namespace engine {

namespace {

class Health final : public SessionService
{
public:
    explicit Health(std::function<void()> asked)
        : m_asked(std::move(asked))
    {}

    [[nodiscard]] QByteArrayList methods() const override { return {"/grpc.health.v1.Health/Check"}; }

    void serve(const std::shared_ptr<ServerCall> &call) override
    {
        if (m_asked)
            m_asked();
        m_calls.answerOnce(call, [](const std::shared_ptr<ServerCall> &asked, const QByteArray &) {
            constexpr int serving = 1;
            proto::HealthCheckResponse response;
            response.set_status(serving);
            asked->send(serialized(response));
            asked->finish({});
        });
    }

private:
    std::function<void()> m_asked;
    LiveCalls m_calls;
};

}

std::unique_ptr<SessionService> makeHealth(std::function<void()> asked)
{
    return std::make_unique<Health>(std::move(asked));
}

}
