// SPDX-License-Identifier: Apache-2.0
#include "build/ladderrun.h"

#include <QDir>

namespace app {

using namespace Qt::StringLiterals;

LadderRun::LadderRun(std::shared_ptr<engine::Client> client, history::HistoryStore *store, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_store(store)
{}

LadderRun::~LadderRun() = default;

void LadderRun::start()
{
    m_left = recipes::ladder();
    m_results.clear();
    const auto written = recipes::writeSample(m_folder.path());
    if (!written) {
        m_current = {};
        m_current.error = written.error();
        m_left.clear();
        complete();
        return;
    }
    next();
}

void LadderRun::cancel()
{
    m_cancelled = true;
    m_left.clear();
    if (m_session)
        m_session->cancel();
}

void LadderRun::next()
{
    if (m_left.empty()) {
        Q_EMIT finished();
        return;
    }
    const recipes::Rung rung = m_left.front();
    m_left.erase(m_left.begin());
    Q_EMIT rungStarted(rung);
    build(rung);
}

void LadderRun::build(const recipes::Rung &rung)
{
    workspace::Workspace document;
    document.replaceDocument(rung.dockerfile);
    m_current = {.rung = rung, .tag = u"stageloom-hello:"_s + rung.id, .snapshot = document.snapshot()};
    m_session = std::make_unique<BuildSession>(m_client, m_store);
    connect(m_session.get(), &BuildSession::finished, this, &LadderRun::built);
    // The designs are files of the sample, so each rung has a history of its own.
    m_session->start(
        {.folder = m_folder.path(),
         .dockerfilePath = QDir(m_folder.path()).filePath(u"designs/%1.Dockerfile"_s.arg(rung.id)),
         .snapshot = m_current.snapshot,
         .tags = {m_current.tag}});
}

void LadderRun::built(const BuildReport &report)
{
    m_session.release()->deleteLater(); // we are inside its signal
    m_current.report = report;
    if (!report.outcome.succeeded()) {
        m_current.error = report.outcome.error;
        complete();
        return;
    }
    m_client->runOnce(m_current.tag, {}, [this](base::Result<engine::Client::RunOutcome> outcome) {
        if (!outcome)
            m_current.error = outcome.error().in(tr("running %1").arg(m_current.tag));
        else if (outcome->exitCode != 0)
            m_current.error = base::Error{
                .message = tr("%1 ended with exit code %2").arg(m_current.tag).arg(outcome->exitCode),
                .detail = QString::fromUtf8(outcome->output)};
        if (outcome)
            m_current.output = QString::fromUtf8(outcome->output).trimmed();
        complete();
    });
}

void LadderRun::complete()
{
    m_results.push_back(m_current);
    Q_EMIT rungFinished(m_results.back());
    if (m_cancelled)
        Q_EMIT finished();
    else
        next();
}

}
