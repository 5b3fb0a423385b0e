// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/secrets.h"

#include "base/result.h"
#include "engine/buildkit/sessionservices/livecalls.h"
#include "engine/buildkit/sessionservices/wire.h"
#include "engine/words.h"

#include <QFile>
#include <QFileInfo>

namespace engine {

using base::Error;

namespace {

constexpr qint64 mostBytes = 500 * 1024; // BuildKit's own limit

/// The engine tries these on its own account, before it fetches from a git or web host.
bool isEnginesOwn(QByteArrayView id)
{
    return id.startsWith("HTTP_AUTH_") || id.startsWith("GIT_AUTH_");
}

base::Result<QByteArray> readFile(const QString &path)
{
    // A pipe would hold up all else.
    if (!QFileInfo(path).isFile())
        return std::unexpected(Error{
            .kind = Error::Kind::NotFound, .message = Words::tr("there is no such file"), .where = path});
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.kind = Error::Kind::Refused,
                                     .message = Words::tr("it cannot be read"),
                                     .where = path,
                                     .hint = Words::tr("Allow it with chmod u+r.")});
    return file.read(mostBytes + 1);
}

base::Result<QByteArray> valueOf(const SecretSource &source)
{
    base::Result<QByteArray> value = QByteArray();
    if (source.typed) {
        value = *source.typed;
    } else if (!source.environment.isEmpty()) {
        const QByteArray name = source.environment.toUtf8();
        if (!qEnvironmentVariableIsSet(name.constData()))
            return std::unexpected(Error{.kind = Error::Kind::NotFound,
                                         .message = Words::tr("the variable is not set"),
                                         .where = source.environment});
        value = qgetenv(name.constData());
    } else {
        value = readFile(source.file);
    }
    if (value && value->size() > mostBytes)
        return std::unexpected(
            Error{.kind = Error::Kind::Refused,
                  .message = Words::tr("it is larger than the 500 KiB that a secret may have"),
                  .where = source.file.isEmpty() ? source.environment : source.file});
    return value;
}

class Secrets final : public SessionService
{
public:
    Secrets(std::vector<SecretSource> sources, SecretsReports reports)
        : m_sources(std::move(sources))
        , m_reports(std::move(reports))
    {}

    [[nodiscard]] QByteArrayList methods() const override
    {
        return {"/moby.buildkit.secrets.v1.Secrets/GetSecret"};
    }

    void serve(const std::shared_ptr<ServerCall> &call) override
    {
        m_calls.answerOnce(call, [this](const std::shared_ptr<ServerCall> &asked, const QByteArray &message) {
            proto::GetSecretRequest request;
            if (!parse(message, request))
                return asked->finish({GrpcCode::InvalidArgument, {}, {}});
            answer(asked, bytesOf(request.id()));
        });
    }

private:
    void answer(const std::shared_ptr<ServerCall> &call, const QByteArray &idBytes)
    {
        const QString id = QString::fromUtf8(idBytes);
        const auto source = std::ranges::find(m_sources, id, &SecretSource::id);
        if (source == m_sources.end()) {
            if (m_reports.missing && !isEnginesOwn(idBytes))
                m_reports.missing(id);
            return call->finish({GrpcCode::NotFound, Words::tr("secret %1: not found").arg(id), {}});
        }
        const auto value = valueOf(*source);
        if (!value) {
            const Error error = value.error().in(Words::tr("reading the secret \"%1\"").arg(id));
            if (m_reports.problem)
                m_reports.problem(id, error);
            const bool isGone = error.kind == Error::Kind::NotFound;
            return call->finish({isGone ? GrpcCode::NotFound : GrpcCode::Unknown, error.text(), {}});
        }
        proto::GetSecretResponse response;
        response.set_data(value->constData(), static_cast<size_t>(value->size()));
        call->send(serialized(response));
        call->finish({});
    }

    std::vector<SecretSource> m_sources;
    SecretsReports m_reports;
    LiveCalls m_calls;
};

}

std::unique_ptr<SessionService> makeSecrets(std::vector<SecretSource> sources, SecretsReports reports)
{
    return std::make_unique<Secrets>(std::move(sources), std::move(reports));
}

}
