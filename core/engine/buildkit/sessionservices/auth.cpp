// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/auth.h"

#include "engine/buildkit/sessionservices/livecalls.h"
#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/buildkit/sessionservices/wire.h"
#include "engine/words.h"

#include <QObject>

namespace engine {

namespace {

class Auth final : public SessionService
{
public:
    Auth(QString configFolder, std::function<void(const base::Error &)> problem)
        : m_configFolder(std::move(configFolder))
        , m_problem(std::move(problem))
    {}

    [[nodiscard]] QByteArrayList methods() const override { return {"/moby.filesync.v1.Auth/Credentials"}; }

    void serve(const std::shared_ptr<ServerCall> &call) override
    {
        m_calls.answerOnce(call, [this](const std::shared_ptr<ServerCall> &asked, const QByteArray &message) {
            proto::CredentialsRequest request;
            if (!parse(message, request))
                return asked->finish({GrpcCode::InvalidArgument, {}, {}});
            answer(asked, textOf(request.host()));
        });
    }

private:
    void answer(const std::weak_ptr<ServerCall> &asked, const QString &host)
    {
        findRegistryCredentials(
            m_configFolder, host, &m_context,
            [this, asked, host](const base::Result<RegistryCredentials> &found) {
                if (!found && m_problem)
                    m_problem(found.error().in(Words::tr("looking for the credentials of %1").arg(host)));
                const auto call = asked.lock();
                if (!call)
                    return;
                proto::CredentialsResponse response;
                if (found) {
                    const bool isToken = !found->identityToken.isEmpty();
                    response.set_username(found->username.toStdString());
                    response.set_secret((isToken ? found->identityToken : found->password).toStdString());
                }
                call->send(serialized(response));
                call->finish({});
            });
    }

    QString m_configFolder;
    std::function<void(const base::Error &)> m_problem;
    LiveCalls m_calls;
    QObject m_context; ///< of the helpers that are being asked
};

}

std::unique_ptr<SessionService> makeAuth(const QString &configFolder,
                                         std::function<void(const base::Error &)> problem)
{
    return std::make_unique<Auth>(configFolder, std::move(problem));
}

}
