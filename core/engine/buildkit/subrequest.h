// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/solverun.h"

namespace engine {

/// A question to the Dockerfile frontend without a build (BuildKit calls it a sub-request): lint, outline,
/// targets. A build that builds nothing is opened, the frontend is asked within it, and it is closed. Lives
/// in the worker; deleting it cancels.
class SubRequest : public QObject
{
public:
    /// "result.json", "result.txt", "version"
    using Values = QHash<QString, QByteArray>;
    struct End
    {
        GrpcStatus status;
        Values values;
        std::optional<base::Error> unreachable;
        std::optional<base::Error> trouble; ///< on our side of the session
    };
    using Ended = std::function<void(const End &)>;

    /// `name` as "frontend.lint". `frontendImage`: an image to ask instead of the engine's own frontend.
    SubRequest(SolvePlan plan, QString configFolder, QByteArray name, QString frontendImage, Ended ended);
    ~SubRequest() override;

    void start(Connection &connection);

private:
    void begin(Connection &connection, GrpcClient &grpc);
    void ask(GrpcClient &grpc);
    void give(GrpcClient &grpc, const GrpcStatus &status);
    void finish();
    [[nodiscard]] QByteArray question() const;

    SolvePlan m_plan;
    QString m_configFolder;
    QByteArray m_name;
    QString m_frontendImage;
    Ended m_ended;
    QByteArray m_ref;
    End m_end;
    std::shared_ptr<SessionTroubles> m_troubles = std::make_shared<SessionTroubles>();
    std::unique_ptr<Session> m_session;
    std::shared_ptr<ClientCall> m_solve;
    std::shared_ptr<ClientCall> m_question;
    std::shared_ptr<ClientCall> m_return;
};

}
