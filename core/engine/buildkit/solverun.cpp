// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/solverun.h"

#include "engine/buildkit/controlvalues.h"
#include "engine/buildkit/sessionservices/auth.h"
#include "engine/buildkit/sessionservices/health.h"
#include "engine/buildkit/sessionservices/secrets.h"
#include "engine/buildkit/sessionservices/sshforward.h"
#include "engine/buildkit/solverequest.h"
#include "engine/words.h"

#include <QPointer>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds statusPatience = 5s; // after the solve's end
constexpr std::chrono::milliseconds joblessPatience = 200ms;
// Engines ask each second (20.10) or each five whether the session lives: three questions did not come.
constexpr std::chrono::milliseconds silenceLimit = 15s;

}

GrpcServer::Services makeServices(const SessionParts &parts, const std::shared_ptr<SessionTroubles> &troubles,
                                  const std::function<void(const base::Error &)> &noted,
                                  const std::function<void()> &heard)
{
    GrpcServer::Services services;
    services.push_back(makeHealth(heard));
    services.push_back(
        makeFileSync(parts.sources, {.problem = [troubles, noted](const base::Error &problem, bool ended) {
                         if (ended)
                             troubles->sync = problem;
                         else if (noted)
                             noted(problem);
                     }}));
    services.push_back(makeAuth(parts.configFolder,
                                [troubles](const base::Error &problem) { troubles->credentials = problem; }));
    services.push_back(makeSecrets(
        parts.secrets, {.missing = [troubles](const QString &id) { troubles->missingSecrets += id; },
                        .problem = [troubles](const QString &,
                                              const base::Error &problem) { troubles->secret = problem; }}));
    if (!parts.ssh.empty())
        services.push_back(
            makeSshForward(parts.ssh, [troubles](const base::Error &problem) { troubles->ssh = problem; }));
    const bool hasTargets = std::ranges::any_of(
        parts.targets, [](const OutputTarget &it) { return it.kind != OutputTarget::Kind::None; });
    if (hasTargets)
        services.push_back(makeFileSend(
            parts.targets, {.failed = [troubles](const base::Error &problem) { troubles->output = problem; },
                            .leftOut = noted}));
    if (!parts.places.empty())
        services.push_back(makeContent(parts.places, [troubles](const base::Error &problem) {
            constexpr size_t most = 20; // the first ones are the causes
            if (troubles->content.size() < most)
                troubles->content.push_back(problem);
        }));
    return services;
}

SolveRun::SolveRun(SolvePlan plan, SessionParts parts, Reports reports)
    : m_plan(std::move(plan))
    , m_parts(std::move(parts))
    , m_reports(std::move(reports))
    , m_ref(newReference())
    , m_sessionId(newReference())
{
    m_quiet.setParent(this); // it moves along to the worker
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(statusPatience);
    connect(&m_quiet, &QTimer::timeout, this, &SolveRun::finish);
    m_listen.setParent(this);
    m_listen.setInterval(1s);
    connect(&m_listen, &QTimer::timeout, this, &SolveRun::listen);
}

SolveRun::~SolveRun()
{
    for (const auto &call : {m_workers, m_solve, m_status}) {
        if (call)
            call->cancel();
    }
}

void SolveRun::start(Connection &connection)
{
    connection.use([self = QPointer(this), &connection](const base::Result<GrpcClient *> &grpc) {
        if (!self)
            return;
        if (grpc)
            return self->begin(connection, **grpc);
        self->m_end = SolveEnd{.unreachable = grpc.error()};
        self->finish();
    });
}

void SolveRun::begin(Connection &connection, GrpcClient &grpc)
{
    m_session =
        std::make_unique<Session>(connection, m_sessionId, m_plan.sharedKey,
                                  makeServices(m_parts, m_troubles, m_reports.noted, [self = QPointer(this)] {
                                      if (self)
                                          self->heard();
                                  }));
    if (m_plan.needsHostGateway)
        askHostGateway(grpc);
    else
        solve(grpc);
}

// Only the engine knows the address by which its containers reach the host.
void SolveRun::askHostGateway(GrpcClient &grpc)
{
    auto ip = std::make_shared<QString>();
    m_workers = grpc.call("/moby.buildkit.v1.Control/ListWorkers", {}, [this, ip, &grpc](ClientCall &call) {
        call.received = [ip](const QByteArray &message) {
            const auto workers = readWorkers(message);
            if (workers && !workers->empty())
                *ip = workers->front().hostGatewayIp;
        };
        call.finished = [this, ip, &grpc](const GrpcStatus &status) {
            if (status.code != GrpcCode::Ok || ip->isEmpty()) {
                m_end =
                    SolveEnd{.status = {.code = GrpcCode::Unimplemented,
                                        .message = Words::tr("this engine does not say what \"host-gateway\" "
                                                             "is: give the address itself"),
                                        .details = {}}};
                return finish();
            }
            m_plan.attributes[u"add-hosts"_s].replace(u"host-gateway"_s, *ip);
            solve(grpc);
        };
    });
    m_workers->send({});
    m_workers->halfClose();
}

void SolveRun::solve(GrpcClient &grpc)
{
    // First, and the engine waits for the build: one that is quick has ended before it is asked for
    // otherwise.
    followStatus(grpc);
    auto response = std::make_shared<QHash<QString, QString>>();
    m_solve = grpc.call("/moby.buildkit.v1.Control/Solve", {}, [this, response](ClientCall &call) {
        call.received = [response](const QByteArray &message) {
            *response = readSolveResponse(message).value_or(QHash<QString, QString>());
        };
        call.finished = [this, response](const GrpcStatus &status) {
            m_end = SolveEnd{.status = status, .response = *response};
            finishSoon();
        };
    });
    m_solve->send(solveRequest(m_plan, m_ref, m_sessionId));
    m_solve->halfClose();
    m_sinceHeard.start();
    m_listen.start();
}

void SolveRun::followStatus(GrpcClient &grpc)
{
    m_status = grpc.call("/moby.buildkit.v1.Control/Status", {}, [this](ClientCall &call) {
        call.received = [this](const QByteArray &message) {
            m_hasStatus = true;
            heard();
            if (m_quiet.isActive())
                m_quiet.start();
            m_reports.status(message); // which may hold it
        };
        call.finished = [this](const GrpcStatus &) {
            // Whatever it says: how the build ended is told by the solve.
            m_isStatusOver = true;
            if (m_end)
                finish();
        };
    });
    m_status->send(statusRequest(m_ref));
    m_status->halfClose();
}

// What failed before there was a job has no status; the engine would look for it for seconds.
void SolveRun::finishSoon()
{
    const bool hadJob = m_hasStatus || m_end->status.code == GrpcCode::Ok;
    if (m_isStatusOver || !m_status)
        finish();
    else if (!m_isStatusHeld)
        m_quiet.start(hadJob ? statusPatience : joblessPatience);
}

void SolveRun::holdStatus(bool isHeld)
{
    if (m_isStatusHeld == isHeld || !m_status)
        return;
    m_isStatusHeld = isHeld;
    m_status->hold(isHeld);
    if (isHeld)
        m_quiet.stop(); // that it says nothing is our doing
    else if (m_end && !m_isStatusOver)
        m_quiet.start(statusPatience);
}

void SolveRun::heard()
{
    m_sinceHeard.start();
    if (std::exchange(m_isSilent, false) && m_reports.silent)
        m_reports.silent(0s);
}

// A step may say nothing for hours; the engine that runs it may not.
void SolveRun::listen()
{
    if (!m_sinceHeard.hasExpired(silenceLimit.count()) || !m_reports.silent)
        return;
    m_isSilent = true;
    m_reports.silent(std::chrono::duration_cast<std::chrono::seconds>(m_sinceHeard.durationElapsed()));
}

void SolveRun::finish()
{
    m_quiet.stop();
    m_listen.stop();
    // While the session still holds what it wrote.
    if (!m_end->unreachable && m_end->status.code == GrpcCode::Ok) {
        if (const auto updated = updateLayouts(m_plan.layouts.updates, m_end->response); !updated)
            m_troubles->output = updated.error();
    }
    m_end->troubles = *m_troubles;
    const auto ended = std::exchange(m_reports.ended, nullptr);
    if (ended)
        ended(*m_end);
}

}
