// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/sshforward.h"

#include "base/result.h"
#include "engine/buildkit/sessionservices/agentfilter.h"
#include "engine/buildkit/sessionservices/keyagent.h"
#include "engine/buildkit/sessionservices/livecalls.h"
#include "engine/buildkit/sessionservices/wire.h"
#include "engine/words.h"

#include <QLocalSocket>

#include <map>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;
using base::Result;

namespace {

constexpr auto checkAgent = "/moby.sshforward.v1.SSH/CheckAgent";
constexpr auto forwardAgent = "/moby.sshforward.v1.SSH/ForwardAgent";

QString idOrDefault(const QString &id)
{
    return id.isEmpty() ? u"default"_s : id;
}

QString forwardedId(const Metadata &metadata)
{
    for (const auto &[key, value] : metadata) {
        if (key == "buildkit.ssh.id")
            return idOrDefault(QString::fromUtf8(value));
    }
    return idOrDefault({});
}

/// One connection of a build step to an agent.
class Forwarding final : public CallAnswerer
{
public:
    explicit Forwarding(std::shared_ptr<ServerCall> call)
        : m_call(std::move(call))
        , m_socket(new QLocalSocket)
    {
        QObject::connect(m_socket.get(), &QLocalSocket::connected, m_socket.get(), [this] { pass(); });
        QObject::connect(m_socket.get(), &QLocalSocket::readyRead, m_socket.get(), [this] {
            if (!m_filter.fromAgent(m_socket->readAll()))
                return end({GrpcCode::Unknown, Words::tr("the SSH agent talks nonsense"), {}});
            pass();
        });
        QObject::connect(m_socket.get(), &QLocalSocket::disconnected, m_socket.get(), [this] { end({}); });
        QObject::connect(m_socket.get(), &QLocalSocket::errorOccurred, m_socket.get(), [this] {
            end({GrpcCode::Unavailable,
                 Words::tr("the SSH agent cannot be reached at %1").arg(m_socket->serverName()),
                 {}});
        });
    }

    void connectTo(const Result<QString> &socket)
    {
        if (!socket)
            return end({GrpcCode::NotFound, socket.error().text(), {}});
        if (m_call)
            m_socket->connectToServer(*socket);
    }

    void received(const QByteArray &message) override
    {
        proto::BytesMessage bytes;
        if (!parse(message, bytes) || !m_filter.fromClient(bytesOf(bytes.data())))
            return end({GrpcCode::InvalidArgument, Words::tr("these are no questions to an SSH agent"), {}});
        pass();
    }

    void halfClosed() override
    {
        m_isHalfClosed = true;
        pass();
    }

    void gone() override
    {
        m_call.reset();
        m_socket->abort();
    }

private:
    void pass()
    {
        if (!m_call)
            return;
        if (const QByteArray answers = m_filter.takeForClient(); !answers.isEmpty()) {
            proto::BytesMessage message;
            message.set_data(answers.constData(), static_cast<size_t>(answers.size()));
            m_call->send(serialized(message));
        }
        if (m_socket->state() == QLocalSocket::ConnectedState)
            m_socket->write(m_filter.takeForAgent());
        if (m_isHalfClosed && m_filter.isIdle())
            end({});
    }

    void end(const GrpcStatus &status)
    {
        if (!m_call)
            return;
        std::exchange(m_call, nullptr)->finish(status);
        m_socket->abort();
    }

    std::shared_ptr<ServerCall> m_call;
    AgentFilter m_filter;
    bool m_isHalfClosed = false;
    /// Not deleted from within its own signals.
    struct Later
    {
        void operator()(QObject *object) const
        {
            object->disconnect();
            object->deleteLater();
        }
    };
    std::unique_ptr<QLocalSocket, Later> m_socket;
};

class SshForward final : public SessionService
{
public:
    SshForward(std::vector<SshAgent> agents, std::function<void(const Error &)> problem)
        : m_agents(std::move(agents))
        , m_problem(std::move(problem))
    {}

    [[nodiscard]] QByteArrayList methods() const override { return {checkAgent, forwardAgent}; }

    void serve(const std::shared_ptr<ServerCall> &call) override
    {
        if (call->method() == forwardAgent) {
            const auto forwarding = std::make_shared<Forwarding>(call);
            m_calls.add(call, forwarding);
            findSocket(forwardedId(call->metadata()),
                       [weak = std::weak_ptr(forwarding)](const Result<QString> &socket) {
                           if (const auto alive = weak.lock())
                               alive->connectTo(socket);
                       });
            return;
        }
        m_calls.answerOnce(call, [this](const std::shared_ptr<ServerCall> &asked, const QByteArray &message) {
            proto::CheckAgentRequest request;
            if (!parse(message, request))
                return asked->finish({GrpcCode::InvalidArgument, {}, {}});
            check(asked, idOrDefault(textOf(request.id())));
        });
    }

private:
    void check(const std::weak_ptr<ServerCall> &asked, const QString &id)
    {
        findSocket(id, [this, asked](const Result<QString> &socket) {
            if (!socket && m_problem)
                m_problem(socket.error());
            const auto call = asked.lock();
            if (!call)
                return;
            if (!socket)
                return call->finish({GrpcCode::NotFound, socket.error().text(), {}});
            call->send({}); // CheckAgentResponse has no fields
            call->finish({});
        });
    }

    void findSocket(const QString &id, const std::function<void(const Result<QString> &)> &found)
    {
        const auto agent = std::ranges::find_if(
            m_agents, [&id](const SshAgent &each) { return idOrDefault(each.id) == id; });
        if (agent == m_agents.end())
            return found(
                std::unexpected(Error{.kind = Error::Kind::NotFound,
                                      .message = Words::tr("no SSH agent is forwarded as \"%1\"").arg(id),
                                      .hint = Words::tr("Forward one: --ssh %1.").arg(id)}));
        if (!agent->keys.isEmpty()) {
            auto &own = m_keyAgents[id];
            if (!own)
                own = std::make_unique<KeyAgent>(agent->keys);
            return own->whenReady(found);
        }
        const QString socket =
            agent->socket.isEmpty() ? qEnvironmentVariable("SSH_AUTH_SOCK") : agent->socket;
        if (socket.isEmpty())
            return found(
                std::unexpected(Error{.kind = Error::Kind::NotFound,
                                      .message = Words::tr("no SSH agent runs here"),
                                      .where = u"SSH_AUTH_SOCK"_s,
                                      .hint = Words::tr("Start one: eval $(ssh-agent) and ssh-add.")}));
        found(socket);
    }

    std::vector<SshAgent> m_agents;
    std::function<void(const Error &)> m_problem;
    LiveCalls m_calls;
    std::map<QString, std::unique_ptr<KeyAgent>> m_keyAgents; ///< last: they end before what they tell of
};

}

std::unique_ptr<SessionService> makeSshForward(std::vector<SshAgent> agents,
                                               std::function<void(const Error &)> problem)
{
    return std::make_unique<SshForward>(std::move(agents), std::move(problem));
}

}
