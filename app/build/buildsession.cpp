// SPDX-License-Identifier: Apache-2.0
#include "build/buildsession.h"

#include "build/buildrequest.h"
#include "build/sourcemap.h"
#include "build/stepinputs.h"
#include "history/historystore.h"

#include <QFileInfo>
#include <QPointer>

namespace app {

using namespace Qt::StringLiterals;

namespace {

// The last build of the same file, target and platform that went through.
std::optional<history::BuildRecord> lastRecord(const history::HistoryStore &store, const BuildInput &input)
{
    constexpr int looksBack = 50;
    const auto records = store.list(input.dockerfilePath, looksBack);
    if (!records)
        return {};
    const auto &settings = input.snapshot.settings;
    const auto found = std::ranges::find_if(*records, [&](const history::BuildRecord &record) {
        return record.outcome == "done"_L1 && record.target == settings.target &&
               record.platform == settings.platform;
    });
    if (found == records->end())
        return {};
    return store.load(found->id).value_or(std::nullopt);
}

// The FROM or COPY --from whose image the error is about; 0 when it is about none.
/// "docker.io/library/alpine" and "alpine:latest" are the same.
QString wholeName(QString reference)
{
    for (const auto &usual : {u"docker.io/"_s, u"library/"_s}) {
        if (reference.startsWith(usual))
            reference.remove(0, usual.size());
    }
    const bool hasTag = reference.contains(u'@') || reference.section(u'/', -1).contains(u':');
    return hasTag ? reference : QString(reference + u":latest"_s);
}

int rowOfImage(const workspace::Snapshot &snapshot, const QString &reference)
{
    const auto &graph = snapshot.graph;
    const auto image =
        std::ranges::find(graph.images, wholeName(reference),
                          [](const graph::ExternalImage &it) { return wholeName(it.reference); });
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
    m_secrets = SecretValues(m_input.snapshot.settings.buildArgs);
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
    if (!QFileInfo(m_input.folder).isDir()) {
        finishWith({.kind = base::Error::Kind::NotFound,
                    .message = tr("there is no such folder to build in"),
                    .where = m_input.folder,
                    .hint = tr("Choose the build context in the build options.")});
        return;
    }
    if (m_store)
        m_recordBefore = lastRecord(*m_store, m_input);
    readContext();
    askForBases();
    startJob();
}

// Beside the build: BuildKit takes the files that it wants by itself. The list is for POST /build, the
// digests for telling later why a step ran again.
void BuildSession::readContext()
{
    std::vector<history::TakenFile> known;
    if (m_recordBefore) {
        for (const auto &step : m_recordBefore->steps) {
            if (step.inputs)
                known.insert(known.end(), step.inputs->files.begin(), step.inputs->files.end());
        }
    }
    const auto read = [folder = m_input.folder, name = dockerfileNameIn(m_input),
                       sources = contextSources(m_input.snapshot), known = std::move(known),
                       isRemembered = m_store != nullptr](std::stop_token stop) {
        ContextFacts facts{.scan = project::scanContext(folder, name, stop), .taken = {}};
        if (facts.scan && isRemembered)
            facts.taken = takenFiles(*facts.scan, sources, known, stop);
        return facts;
    };
    m_contextJob.start(read, [this](ContextFacts facts) { contextRead(std::move(facts)); });
}

void BuildSession::contextRead(ContextFacts facts)
{
    m_context = std::move(facts);
    if (m_context->scan)
        m_report.notes += m_context->scan->notes;
    giveFiles();
    if (m_isConcluding)
        conclude();
}

void BuildSession::giveFiles()
{
    if (!m_context || !m_filesWanted)
        return;
    const auto wanted = std::exchange(m_filesWanted, nullptr);
    if (m_context->scan)
        wanted(buildFiles(*m_context->scan));
    else
        wanted(std::unexpected(m_context->scan.error().in(tr("reading the build context"))));
}

// What the bases are now: a step that ran again because one changed says so.
void BuildSession::askForBases()
{
    if (!m_store)
        return;
    for (const auto &image : m_input.snapshot.graph.images) {
        if (!image.reachable || image.isScratch || image.undefined)
            continue;
        m_client->inspectImage(image.reference, [guard = QPointer(this), reference = image.reference](
                                                    const base::Result<engine::ImageDocuments> &documents) {
            if (guard && documents)
                guard->m_baseDigests.insert(reference, image::idOf(documents->inspect));
        });
    }
}

void BuildSession::cancel()
{
    if (!m_running)
        return;
    if (m_job) {
        m_job->cancel();
        return;
    }
    m_contextJob.cancel();
    finishWith({.kind = base::Error::Kind::Cancelled, .message = tr("the build was cancelled")});
}

void BuildSession::startJob()
{
    const auto engine = m_client->info();
    const QString platform = engine ? engine->osType + u'/' + engine->architecture : QString();
    auto request = buildRequest(m_input, platform);
    m_job = std::make_unique<engine::BuildJob>(m_client, m_input.nodes, std::move(request));
    connect(m_job.get(), &engine::BuildJob::stepChanged, this, [this](const engine::BuildStep &told) {
        const engine::BuildStep step = m_secrets.hidden(told);
        const auto known = std::ranges::find(m_report.steps, step.id, &engine::BuildStep::id);
        if (known == m_report.steps.end())
            m_report.steps.push_back(step);
        else
            *known = step;
        Q_EMIT stepChanged(step);
    });
    connect(m_job.get(), &engine::BuildJob::logAppended, this,
            [this](const QString &step, const QString &text) {
                Q_EMIT logAppended(step, m_secrets.hidden(text));
            });
    connect(m_job.get(), &engine::BuildJob::warned, this, [this](engine::BuildWarning warning) {
        warning.message = m_secrets.hidden(warning.message);
        Q_EMIT warned(warning);
    });
    connect(m_job.get(), &engine::BuildJob::engineSilent, this, &BuildSession::engineSilent);
    connect(m_job.get(), &engine::BuildJob::finished, this, &BuildSession::jobFinished);
    m_job->setFileLister([this](engine::BuildJob::Files wanted) {
        m_filesWanted = std::move(wanted);
        giveFiles();
    });
    m_job->start();
}

void BuildSession::jobFinished(const engine::BuildOutcome &outcome)
{
    m_report.outcome = m_secrets.hidden(outcome);
    if (!m_report.outcome.succeeded())
        findErrorInSource();
    const bool isElsewhere = m_input.nodes.size() > 1; // in the registry
    if (!outcome.succeeded() || outcome.imageId.isEmpty() || isElsewhere ||
        !isKeptByEngine(m_input.options)) {
        conclude();
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
    outcome.errorLastRow = std::max(outcome.errorLastRow, outcome.errorRow);
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
            m_secrets.hideIn(*sizes);
            m_report.sizes = std::move(*sizes);
        } else {
            m_report.notes.append(sizes.error().text());
        }
    }
    conclude();
}

void BuildSession::conclude()
{
    const bool isCancelled =
        m_report.outcome.error && m_report.outcome.error->kind == base::Error::Kind::Cancelled;
    m_isConcluding = !m_context && !isCancelled;
    if (m_isConcluding)
        return; // contextRead() comes back here
    remember();
    finish();
}

void BuildSession::explain(history::BuildRecord &record)
{
    describeInputs(m_input, m_report.steps, m_context ? m_context->taken : FilesByLine(), m_baseDigests,
                   record.steps);
    if (!m_recordBefore)
        return; // that the first build runs everything is no news
    for (const auto &miss : history::explainMisses(m_recordBefore, record)) {
        m_report.misses.push_back(
            {.text = history::missInWords(miss, record), .row = record.steps[std::size_t(miss.step)].row});
    }
}

QHash<QString, std::chrono::nanoseconds> BuildSession::timesBefore() const
{
    QHash<QString, std::chrono::nanoseconds> times;
    if (!m_store)
        return times;
    constexpr int looksBack = 10;
    const auto records = m_store->list(m_input.dockerfilePath, looksBack);
    if (!records)
        return times;
    for (const auto &summary : *records) {
        const auto record = m_store->load(summary.id);
        if (!record || !*record)
            continue;
        for (const auto &step : (*record)->steps) {
            if (step.state == "done"_L1 && !times.contains(step.name))
                times.insert(step.name, std::chrono::nanoseconds(step.durationNs));
        }
    }
    return times;
}

void BuildSession::remember()
{
    if (!m_store)
        return;
    auto record = buildRecord(m_input, m_report, m_started);
    explain(record);
    const auto id = m_store->add(record);
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
