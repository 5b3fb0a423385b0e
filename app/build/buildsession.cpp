// SPDX-License-Identifier: Apache-2.0
#include "build/buildsession.h"

#include "build/buildrequest.h"
#include "build/sourcemap.h"
#include "history/historystore.h"

namespace app {

using namespace Qt::StringLiterals;

namespace {

// The FROM or COPY --from whose image the error is about; 0 when it is about none.
int rowOfImage(const workspace::Snapshot &snapshot, const QString &reference)
{
    const auto &graph = snapshot.graph;
    const auto image = std::ranges::find(graph.images, reference, &graph::ExternalImage::reference);
    if (reference.isEmpty() || image == graph.images.end())
        return 0;
    const auto edge = std::ranges::find(graph.edges, image->key, &graph::Edge::from);
    return edge == graph.edges.end() || edge->lines.empty() ? 0 : snapshot.tree.firstRow(edge->lines.front());
}

}

bool isKeptByEngine(const engine::SolveOptions &options)
{
    const auto isImage = [](const engine::TypedAttributes &output) {
        return output.type == "image"_L1 || (output.type == "docker"_L1 && output.value(u"dest").isEmpty());
    };
    return options.outputs.empty() || std::ranges::any_of(options.outputs, isImage);
}

BuildSession::BuildSession(std::shared_ptr<engine::Client> client, history::HistoryStore *store,
                           QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_store(store)
{}

BuildSession::~BuildSession() = default;

void BuildSession::start(BuildInput input)
{
    Q_ASSERT(!m_running);
    m_input = std::move(input);
    m_report = {};
    m_running = true;
    m_started = QDateTime::currentDateTimeUtc();
    m_clock.start();
    if (m_input.snapshot.graph.stages.empty()) {
        finishWith({.kind = base::Error::Kind::Malformed,
                    .message = tr("the Dockerfile has no stage"),
                    .where = m_input.dockerfilePath,
                    .hint = tr("Begin with a line like \"FROM alpine\".")});
        return;
    }
    m_scanJob.start([folder = m_input.folder, name = dockerfileNameIn(m_input)](
                        std::stop_token stop) { return project::scanContext(folder, name, stop); },
                    [this](base::Result<project::ContextScan> scan) { contextScanned(std::move(scan)); });
}

void BuildSession::cancel()
{
    if (!m_running)
        return;
    if (m_job) {
        m_job->cancel();
        return;
    }
    m_scanJob.cancel();
    finishWith({.kind = base::Error::Kind::Cancelled, .message = tr("the build was cancelled")});
}

void BuildSession::contextScanned(base::Result<project::ContextScan> scan)
{
    if (!scan) {
        finishWith(scan.error().in(tr("reading the build context")));
        return;
    }
    m_report.notes = scan->notes;
    const auto engine = m_client->info();
    const QString platform = engine ? engine->osType + u'/' + engine->architecture : QString();
    auto request = buildRequest(m_input, *scan, platform);
    m_job = m_input.builder
                ? std::make_unique<engine::BuildJob>(m_client, *m_input.builder, std::move(request))
                : std::make_unique<engine::BuildJob>(m_client, std::move(request));
    connect(m_job.get(), &engine::BuildJob::stepChanged, this, [this](const engine::BuildStep &step) {
        const auto known = std::ranges::find(m_report.steps, step.id, &engine::BuildStep::id);
        if (known == m_report.steps.end())
            m_report.steps.push_back(step);
        else
            *known = step;
        Q_EMIT stepChanged(step);
    });
    connect(m_job.get(), &engine::BuildJob::logAppended, this, &BuildSession::logAppended);
    connect(m_job.get(), &engine::BuildJob::warned, this, &BuildSession::warned);
    connect(m_job.get(), &engine::BuildJob::finished, this, &BuildSession::jobFinished);
    m_job->start();
}

void BuildSession::jobFinished(const engine::BuildOutcome &outcome)
{
    m_report.outcome = outcome;
    if (!m_report.outcome.succeeded())
        findErrorInSource();
    if (!outcome.succeeded() || outcome.imageId.isEmpty() || !isKeptByEngine(m_input.options)) {
        remember();
        finish();
        return;
    }
    m_client->inspectImage(
        m_input.tags.value(0, outcome.imageId),
        [this](base::Result<engine::ImageDocuments> documents) { imageInspected(std::move(documents)); });
}

// The engine names a line of the file that it was sent; a person knows the file by its own name.
void BuildSession::findErrorInSource()
{
    auto &outcome = m_report.outcome;
    auto &error = *outcome.error;
    if (outcome.errorRow == 0) {
        const auto step = std::ranges::find(m_report.steps, outcome.failedStep, &engine::BuildStep::id);
        if (step != m_report.steps.end())
            outcome.errorRow = rowOfStep(m_input.snapshot, *step);
    }
    if (outcome.errorRow == 0) {
        outcome.errorRow = rowOfImage(m_input.snapshot, error.where);
        if (outcome.errorRow > 0)
            error.message.prepend(error.where + u": "_s);
        else // "alpine: failed to resolve source metadata for ..."
            outcome.errorRow = rowOfImage(m_input.snapshot, error.message.section(u": "_s, 0, 0));
    }
    if (outcome.errorRow > 0) {
        const QString file = m_input.dockerfilePath.isEmpty() ? u"Dockerfile"_s : m_input.dockerfilePath;
        error.where = u"%1:%2"_s.arg(file).arg(outcome.errorRow);
    }
}

void BuildSession::imageInspected(base::Result<engine::ImageDocuments> documents)
{
    if (!documents) {
        m_report.notes.append(documents.error().in(tr("reading the sizes of the image")).text());
    } else {
        const QString reference = m_input.tags.value(0, m_report.outcome.imageId.mid(7, 12));
        auto sizes = image::readImageSizes(reference, documents->inspect, documents->history);
        if (sizes) {
            image::attributeToSource(*sizes, sourceSteps(m_input.snapshot));
            m_report.sizes = std::move(*sizes);
        } else {
            m_report.notes.append(sizes.error().text());
        }
    }
    remember();
    finish();
}

void BuildSession::remember()
{
    if (!m_store)
        return;
    const auto id = m_store->add(buildRecord(m_input, m_report, m_started));
    if (!id) {
        m_report.notes.append(id.error().in(tr("remembering the build")).text());
        return;
    }
    const auto before = m_store->before(*id);
    if (before && *before)
        m_report.before = rememberedSizes(**before);
}

void BuildSession::finishWith(base::Error error)
{
    m_report.outcome.error = std::move(error);
    m_report.outcome.duration = std::chrono::nanoseconds(m_clock.nsecsElapsed());
    finish();
}

void BuildSession::finish()
{
    m_running = false;
    if (m_job) {
        m_job->disconnect(this);
        m_job.release()->deleteLater(); // we may be inside its finished()
    }
    Q_EMIT finished(m_report);
}

}
