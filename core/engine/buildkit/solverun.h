// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/session.h"
#include "engine/buildkit/solveplan.h"

#include <QElapsedTimer>
#include <QHash>

namespace engine {

/// Everything that a session offers for one build.
struct SessionParts
{
    std::vector<LocalSource> sources;
    std::vector<OutputTarget> targets;
    std::vector<ContentPlace> places;
    std::vector<SecretSource> secrets;
    std::vector<SshAgent> ssh;
    QString configFolder; ///< docker's, for credentials
};

/// What went wrong on our side of the session; the engine's own words know less.
struct SessionTroubles
{
    std::optional<base::Error> sync;   ///< ended the transfer of a source
    std::optional<base::Error> output; ///< ended an output
    std::vector<base::Error> content;  ///< the engine heard them of a folder of blobs; some it can do without
    std::optional<base::Error> credentials;
    std::optional<base::Error> secret;
    std::optional<base::Error> ssh;
    QStringList missingSecrets;
};

/// How a solve ended.
struct SolveEnd
{
    GrpcStatus status;                      ///< Ok: the exporters' answers are there
    QHash<QString, QString> response;       ///< "containerimage.digest", ...
    std::optional<base::Error> unreachable; ///< there was no connection to begin with
    SessionTroubles troubles;
};

/// One build over one connection: session, status, solve. Lives in the worker; deleting it cancels.
class SolveRun : public QObject
{
public:
    struct Reports
    {
        std::function<void(const QByteArray &statusResponse)> status;
        std::function<void(const base::Error &)> noted; ///< a file that was left out, and the like
        std::function<void(const SolveEnd &)> ended;    ///< once
        /// The engine has been silent for so long, told each second; 0: it speaks again.
        std::function<void(std::chrono::seconds)> silent = {};
    };

    SolveRun(SolvePlan plan, SessionParts parts, Reports reports);
    ~SolveRun() override;

    void start(Connection &connection);
    /// Whoever reads the status is behind: the engine is to wait with it. The build itself goes on.
    void holdStatus(bool isHeld);

private:
    void begin(Connection &connection, GrpcClient &grpc);
    void askHostGateway(GrpcClient &grpc);
    void solve(GrpcClient &grpc);
    void followStatus(GrpcClient &grpc);
    void finishSoon();
    void heard();
    void listen();
    void finish();

    SolvePlan m_plan;
    SessionParts m_parts;
    Reports m_reports;
    QByteArray m_ref;
    QByteArray m_sessionId;
    std::unique_ptr<Session> m_session;
    std::shared_ptr<ClientCall> m_solve;
    std::shared_ptr<ClientCall> m_status;
    std::shared_ptr<ClientCall> m_workers;
    std::optional<SolveEnd> m_end;
    std::shared_ptr<SessionTroubles> m_troubles = std::make_shared<SessionTroubles>();
    bool m_hasStatus = false; ///< it has said something
    bool m_isStatusOver = false;
    bool m_isStatusHeld = false;
    QTimer m_quiet; ///< the status has said nothing since the solve ended
    QTimer m_listen;
    QElapsedTimer m_sinceHeard;
    bool m_isSilent = false;
};

/// The services of a session; `noted` is told what was left out, `heard` that the engine asks for signs of
/// life.
GrpcServer::Services makeServices(const SessionParts &parts, const std::shared_ptr<SessionTroubles> &troubles,
                                  const std::function<void(const base::Error &)> &noted,
                                  const std::function<void()> &heard = {});

}
