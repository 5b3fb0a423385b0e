// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/entitlementquestion.h"

#include "engine/buildkit/solverequest.h"

#include <QPointer>
#include <QTimer>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The questions, one after the other, in the worker.
class Asking : public QObject
{
public:
    /// The connection outlives it.
    Asking(Connection *connection, QStringList names, std::function<void(const QStringList &)> ended)
        : m_connection(connection)
        , m_names(std::move(names))
        , m_ended(std::move(ended))
    {
        m_patience.setParent(this);
        m_patience.setSingleShot(true);
        connect(&m_patience, &QTimer::timeout, this, [this] { next(); });
    }
    ~Asking() override { endCalls(); }

    void next()
    {
        endCalls();
        if (m_names.isEmpty())
            return finish();
        // Anew for each: the client of the last one may have died with its connection.
        m_connection->use([self = QPointer(this)](const base::Result<GrpcClient *> &grpc) {
            if (!self)
                return;
            if (!grpc)
                return self->finish();
            self->ask(**grpc, self->m_names.takeFirst());
        });
    }

private:
    void ask(GrpcClient &grpc, const QString &name)
    {
        const QByteArray ref = newReference();
        m_patience.start(3s);
        m_solve = grpc.call("/moby.buildkit.v1.Control/Solve", {}, [this, name](ClientCall &call) {
            call.finished = [this, name](const GrpcStatus &status) {
                if (status.message.contains("not allowed"_L1))
                    m_refused += name;
                soon();
            };
        });
        m_solve->send(entitledRequest(ref, name));
        m_solve->halfClose();
        // It answers when the build has begun.
        m_ping = grpc.call("/moby.buildkit.v1.frontend.LLBBridge/Ping",
                           {{"buildkit-controlapi-buildid", ref}}, [this](ClientCall &call) {
                               call.finished = [this](const GrpcStatus &status) {
                                   if (status.code == GrpcCode::Ok)
                                       soon();
                               };
                           });
        m_ping->send({});
        m_ping->halfClose();
    }

    // Not within a call's own word.
    void soon() { m_patience.start(0ms); }

    void endCalls()
    {
        for (auto *call : {&m_ping, &m_solve}) {
            if (const auto ended = std::exchange(*call, nullptr))
                ended->cancel();
        }
    }
    void finish()
    {
        if (const auto ended = std::exchange(m_ended, nullptr))
            ended(m_refused);
    }

    Connection *m_connection;
    QStringList m_names;
    std::function<void(const QStringList &)> m_ended;
    QStringList m_refused;
    std::shared_ptr<ClientCall> m_solve;
    std::shared_ptr<ClientCall> m_ping;
    QTimer m_patience;
};

}

EntitlementQuestion::EntitlementQuestion(std::shared_ptr<Remote> remote, const QStringList &names,
                                         Answer answer)
    : m_remote(std::move(remote))
{
    const auto tell = [box = m_mailbox, answer = std::move(answer)](const QStringList &refused) {
        Mailbox::deliver(box, [answer, refused] { answer(refused); });
    };
    m_remote->post([asking = m_asking, names, tell](Connection &connection) {
        auto *it = new Asking(&connection, names, tell);
        *asking = it;
        it->next();
    });
}

EntitlementQuestion::~EntitlementQuestion()
{
    m_mailbox->close();
    m_remote->post([asking = m_asking](Connection &) { delete std::exchange(*asking, nullptr); });
}

}
