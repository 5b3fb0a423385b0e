// SPDX-License-Identifier: Apache-2.0
#include "window/buildcontroller.h"

#include "build/buildpanel.h"
#include "build/sourcemap.h"
#include "build/targetsettings.h"
#include "build/timelinepage.h"
#include "history/historystore.h"
#include "layers/sizespanel.h"
#include "window/enginehub.h"
#include "window/stepnotes.h"

#include <QPointer>

namespace app {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = engine::BuildStep::State;

BuildController::BuildController(workspace::Workspace &workspace, EngineHub &hub,
                                 history::HistoryStore *store)
    : m_workspace(workspace)
    , m_hub(hub)
    , m_store(store)
{
    m_noteTimer.setSingleShot(true);
    m_noteTimer.setInterval(50ms);
    connect(&m_noteTimer, &QTimer::timeout, this, &BuildController::noteRows);
    m_tick.setInterval(500ms);
    connect(&m_tick, &QTimer::timeout, this, &BuildController::noteRows);
    connect(&m_hub, &EngineHub::imagesChanged, this, &BuildController::offerImages);
    connect(&m_workspace, &workspace::Workspace::documentReplaced, this, &BuildController::forget);
    connect(&m_workspace, &workspace::Workspace::documentChanged, this,
            [this](const workspace::Snapshot &, const base::TextEdit &edit) { m_rows.edited(edit); });
}

BuildController::~BuildController()
{
    if (m_endSaving)
        m_endSaving();
}

void BuildController::setPanels(ui::BuildPanel *build, ui::SizesPanel *sizes)
{
    m_buildPanel = build;
    m_sizesPanel = sizes;
    connect(build, &ui::BuildPanel::cancelRequested, this, &BuildController::cancel);
    connect(sizes, &ui::SizesPanel::compareRequested, this, &BuildController::compareWith);
    connect(sizes, &ui::SizesPanel::compareWithBeforeRequested, this, &BuildController::compareWithBefore);
    connect(sizes, &ui::SizesPanel::compareWithFileRequested, this, &BuildController::compareWithFile);
    connect(sizes, &ui::SizesPanel::compareWithBuildRequested, this, &BuildController::compareWithBuild);
    connect(sizes, &ui::SizesPanel::choosing, this, &BuildController::offerBuilds);
    connect(sizes, &ui::SizesPanel::imageRemoved, this, &BuildController::removeCompared);
    offerImages();
}

base::Result<BuildInput> BuildController::inputFor(const QString &folder, const QString &dockerfilePath,
                                                   const QHash<QString, QByteArray> &typed) const
{
    const auto &snapshot = m_workspace.snapshot();
    const auto &settings = snapshot.settings;
    auto options = solveOptions(settings, folder, typed);
    if (!options)
        return std::unexpected(options.error().in(tr("the build options")));
    auto nodes = m_hub.sharesFor(platformsOf(settings), *options);
    if (!nodes)
        return std::unexpected(nodes.error());
    return BuildInput{.folder = folder,
                      .dockerfilePath = dockerfilePath,
                      .snapshot = snapshot,
                      .tags = settings.tag.isEmpty() ? QStringList() : QStringList{settings.tag},
                      .labels = labelsOf(settings.solve),
                      .options = std::move(*options),
                      .nodes = std::move(*nodes)};
}

void BuildController::build(const QString &folder, const QString &dockerfilePath,
                            const QHash<QString, QByteArray> &typed)
{
    if (m_session)
        return;
    if (!m_hub.client()) {
        Q_EMIT failed(m_hub.error().message.isEmpty()
                          ? base::Error{.kind = base::Error::Kind::Unreachable,
                                        .message = tr("No engine answers yet"),
                                        .hint = tr("It is being looked for; try again in a moment.")}
                          : m_hub.error());
        return;
    }
    QStringList wanted = wantedEntitlements(m_workspace.snapshot());
    for (const auto &granted : m_workspace.snapshot().settings.solve.entitlements)
        wanted.removeAll(granted);
    if (!wanted.isEmpty()) {
        Q_EMIT permissionWanted(wanted);
        return;
    }
    auto input = inputFor(folder, dockerfilePath, typed);
    if (!input) {
        Q_EMIT failed(input.error());
        return;
    }
    m_built = input->snapshot;
    m_builtPath = input->dockerfilePath;
    m_rows.follow(m_built);
    m_steps.clear();
    m_sizes.reset();
    m_misses.clear();
    m_rowOfStep.clear();
    m_rowNotes.clear();
    m_session = std::make_unique<BuildSession>(m_hub.client(), m_store);
    connect(m_session.get(), &BuildSession::stepChanged, this, &BuildController::stepChanged);
    connect(m_session.get(), &BuildSession::logAppended, m_buildPanel, &ui::BuildPanel::appendLog);
    connect(m_session.get(), &BuildSession::warned, this, &BuildController::warned);
    connect(m_session.get(), &BuildSession::engineSilent, m_buildPanel, &ui::BuildPanel::setEngineSilent);
    connect(m_session.get(), &BuildSession::finished, this, &BuildController::sessionFinished);
    const QString tag = m_built.settings.tag;
    m_buildPanel->beginBuild(tag.isEmpty() ? tr("an image without a tag") : tag);
    Q_EMIT started();
    Q_EMIT notesChanged();
    m_options = input->options;
    for (auto &secret : m_options.secrets)
        secret.typed.reset();
    m_session->start(std::move(*input));
    if (!m_session)
        return; // nothing could be begun
    m_buildPanel->setKnownTimes(m_session->timesBefore());
    m_tick.start();
}

void BuildController::cancel()
{
    if (m_session)
        m_session->cancel();
}

void BuildController::forget()
{
    cancelReading();
    if (m_session) {
        // It ends by itself; what it still has to say is about another document.
        BuildSession *session = m_session.release();
        session->setParent(this);
        session->disconnect(this);
        session->disconnect(m_buildPanel);
        connect(session, &BuildSession::finished, session, &QObject::deleteLater);
        session->cancel();
    }
    m_built = m_workspace.snapshot();
    m_builtPath.clear();
    m_rows.follow(m_built);
    m_steps.clear();
    m_shown.clear();
    m_sizes.reset();
    m_before.reset();
    m_misses.clear();
    m_rowOfStep.clear();
    m_rowNotes.clear();
    m_noteTimer.stop();
    m_tick.stop();
    m_buildPanel->clear();
    m_sizesPanel->setImages({});
    Q_EMIT notesChanged();
    Q_EMIT stepsChanged();
}

int BuildController::rowNow(int builtRow) const
{
    return m_rows.rowIn(m_workspace.snapshot(), builtRow);
}

QHash<int, ui::RowNote> BuildController::rowNotes() const
{
    QHash<int, ui::RowNote> notes;
    for (const auto &[builtRow, note] : m_rowNotes.asKeyValueRange())
        if (const int row = rowNow(builtRow); row > 0)
            notes.insert(row, note);
    return notes;
}

void BuildController::stepChanged(const engine::BuildStep &step)
{
    const auto known = std::ranges::find(m_steps, step.id, &engine::BuildStep::id);
    if (known == m_steps.end()) {
        m_steps.push_back(step);
        m_rowOfStep.insert(step.id, rowOfStep(m_built, step));
    } else {
        *known = step;
    }
    m_buildPanel->stepChanged(step);
    if (!m_noteTimer.isActive())
        m_noteTimer.start();
}

void BuildController::noteRows()
{
    m_rowNotes = app::rowNotes({.steps = m_steps,
                                .rows = m_rowOfStep,
                                .sizes = m_sizes,
                                .misses = m_misses,
                                .now = QDateTime::currentDateTimeUtc()});
    Q_EMIT notesChanged();
    Q_EMIT stepsChanged();
}

void BuildController::sessionFinished(const BuildReport &report)
{
    m_session.release()->deleteLater(); // we are inside its signal
    m_buildPanel->finish(report.outcome);
    m_noteTimer.stop();
    m_tick.stop();
    // What had not ended never will.
    for (auto &step : m_steps)
        if (step.state == State::Waiting || step.state == State::Running)
            step.state = State::Cancelled;
    std::vector<ui::MissNote> misses;
    for (const auto &miss : report.misses)
        misses.push_back({.text = miss.text, .row = miss.row});
    m_buildPanel->setMisses(misses);
    m_misses = report.misses;
    if (report.sizes) {
        m_sizes = report.sizes;
        m_before = report.before;
        m_shown = {*report.sizes};
        if (m_before) {
            m_before->reference = tr("build before");
            m_shown.push_back(*m_before);
        }
        m_sizesPanel->setImages(m_shown);
    }
    noteRows();
    if (report.outcome.errorRow > 0) {
        m_rowNotes[report.outcome.errorRow] = {
            .text = tr("failed"), .tooltip = report.outcome.error->text(), .kind = ui::RowNote::Kind::Failed};
        Q_EMIT notesChanged();
    }
    readPlatforms(report);
    Q_EMIT finished(report);
}

void BuildController::compareWith(const QString &reference)
{
    const auto client = m_hub.client();
    if (!client)
        return;
    Q_EMIT readingStarted(tr("Reading the layers of %1").arg(reference));
    const int reading = ++m_reading;
    client->inspectImage(reference, [guard = QPointer(this), this, reference,
                                     reading](base::Result<engine::ImageDocuments> documents) {
        if (!guard || reading != m_reading)
            return; // gone, cancelled, or asked again, or another design is open
        Q_EMIT readingFinished();
        auto sizes = documents.and_then([&](const engine::ImageDocuments &read) {
            return image::readImageSizes(reference, read.inspect, read.history);
        });
        if (!sizes) {
            m_sizesPanel->showError(sizes.error());
            return;
        }
        m_shown.push_back(std::move(*sizes));
        m_sizesPanel->setImages(m_shown);
    });
}

void BuildController::cancelReading()
{
    ++m_reading;
    m_archiveJob.cancel();
    if (m_endSaving)
        std::exchange(m_endSaving, nullptr)();
    Q_EMIT readingFinished();
}

void BuildController::compareWithBefore()
{
    if (!m_before) {
        m_sizesPanel->showError({.kind = base::Error::Kind::NotFound,
                                 .message = tr("There is no build before this one"),
                                 .hint = tr("Build again after a change, and the difference is shown.")});
        return;
    }
    const bool isShown = std::ranges::any_of(
        m_shown, [&](const image::ImageSizes &shown) { return shown.reference == m_before->reference; });
    if (isShown)
        return;
    m_shown.push_back(*m_before);
    m_sizesPanel->setImages(m_shown);
}

void BuildController::removeCompared(int index)
{
    if (index < 0 || std::size_t(index) >= m_shown.size())
        return;
    m_shown.erase(m_shown.begin() + index);
    m_sizesPanel->setImages(m_shown);
}

void BuildController::offerImages()
{
    if (!m_sizesPanel)
        return;
    QStringList references;
    for (const auto &image : m_hub.images())
        references += image.tags;
    references.sort();
    m_sizesPanel->setAvailableImages(references);
}

}
