// SPDX-License-Identifier: Apache-2.0
#include "window/buildcontroller.h"

#include "base/units.h"
#include "build/buildpanel.h"
#include "build/sourcemap.h"
#include "history/historystore.h"
#include "layers/sizespanel.h"
#include "widgets/shorttime.h"
#include "window/enginehub.h"

namespace app {

using namespace Qt::StringLiterals;
using State = engine::BuildStep::State;

namespace {

QString joined(const QString &first, const QString &second)
{
    return first.isEmpty() ? second : second.isEmpty() ? first : first + u" · "_s + second;
}

ui::RowNote::Kind noteKind(State state)
{
    switch (state) {
    case State::Waiting:
    case State::Cached:
    case State::Cancelled:
        return ui::RowNote::Kind::Quiet;
    case State::Running:
        return ui::RowNote::Kind::Running;
    case State::Done:
        return ui::RowNote::Kind::Done;
    case State::Failed:
        return ui::RowNote::Kind::Failed;
    }
    Q_UNREACHABLE_RETURN(ui::RowNote::Kind::Quiet);
}

}

BuildController::BuildController(workspace::Workspace &workspace, EngineHub &hub,
                                 history::HistoryStore *store)
    : m_workspace(workspace)
    , m_hub(hub)
    , m_store(store)
{
    connect(&m_hub, &EngineHub::imagesChanged, this, &BuildController::offerImages);
    connect(&m_workspace, &workspace::Workspace::documentReplaced, this, &BuildController::forget);
    connect(&m_workspace, &workspace::Workspace::documentChanged, this,
            [this](const workspace::Snapshot &, const base::TextEdit &edit) { m_rows.edited(edit); });
}

BuildController::~BuildController() = default;

void BuildController::setPanels(ui::BuildPanel *build, ui::SizesPanel *sizes)
{
    m_buildPanel = build;
    m_sizesPanel = sizes;
    connect(build, &ui::BuildPanel::cancelRequested, this, &BuildController::cancel);
    connect(sizes, &ui::SizesPanel::compareRequested, this, &BuildController::compareWith);
    connect(sizes, &ui::SizesPanel::compareWithBeforeRequested, this, &BuildController::compareWithBefore);
    connect(sizes, &ui::SizesPanel::imageRemoved, this, &BuildController::removeCompared);
    offerImages();
}

void BuildController::build(const QString &folder, const QString &dockerfilePath)
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
    m_built = m_workspace.snapshot();
    m_rows.follow(m_built);
    m_steps.clear();
    m_sizes.reset();
    m_rowNotes.clear();
    m_rowTimes.clear();
    m_session = std::make_unique<BuildSession>(m_hub.client(), m_store);
    connect(m_session.get(), &BuildSession::stepChanged, this, &BuildController::stepChanged);
    connect(m_session.get(), &BuildSession::logAppended, m_buildPanel, &ui::BuildPanel::appendLog);
    connect(m_session.get(), &BuildSession::warned, this, &BuildController::warned);
    connect(m_session.get(), &BuildSession::finished, this, &BuildController::sessionFinished);
    const QString tag = m_built.settings.tag;
    m_buildPanel->beginBuild(tag.isEmpty() ? tr("an image without a tag") : tag);
    Q_EMIT started();
    Q_EMIT notesChanged();
    m_session->start({.folder = folder,
                      .dockerfilePath = dockerfilePath,
                      .snapshot = m_built,
                      .tags = tag.isEmpty() ? QStringList() : QStringList{tag}});
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
    m_rows.follow(m_built);
    m_steps.clear();
    m_shown.clear();
    m_sizes.reset();
    m_before.reset();
    m_rowNotes.clear();
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
    const bool newState = known == m_steps.end() || known->state != step.state;
    if (known == m_steps.end())
        m_steps.push_back(step);
    else
        *known = step;
    m_buildPanel->stepChanged(step);
    if (!newState)
        return;
    noteStep(step);
    Q_EMIT stepsChanged();
}

void BuildController::noteStep(const engine::BuildStep &step)
{
    const int row = rowOfStep(m_built, step);
    // Looking up a base that is there takes no time, and says nothing.
    const bool isNoWork = step.state == State::Done && step.instruction.startsWith("FROM "_L1);
    if (row == 0 || isNoWork)
        return;
    QString text;
    switch (step.state) {
    case State::Waiting:
        return;
    case State::Running:
        text = tr("running");
        break;
    case State::Cached:
        text = tr("cached");
        break;
    case State::Done:
        text = ui::shortTime(step.duration);
        break;
    case State::Failed:
        text = tr("failed");
        break;
    case State::Cancelled:
        text = tr("not finished");
        break;
    }
    m_rowTimes.insert(row, text);
    m_rowNotes.insert(row, {.text = text, .tooltip = step.name, .kind = noteKind(step.state)});
    Q_EMIT notesChanged();
}

void BuildController::noteLayers(const image::ImageSizes &sizes)
{
    for (const auto &layer : sizes.layers) {
        if (layer.row == 0 || layer.isEmpty)
            continue;
        auto &note = m_rowNotes[layer.row];
        note.text = joined(base::sizeInWords(layer.sizeBytes), m_rowTimes.value(layer.row));
        note.tooltip = tr("%1 in the image").arg(base::exactSize(layer.sizeBytes));
    }
    Q_EMIT notesChanged();
}

void BuildController::sessionFinished(const BuildReport &report)
{
    m_session.release()->deleteLater(); // we are inside its signal
    m_buildPanel->finish(report.outcome);
    // What had not ended never will.
    for (auto &step : m_steps)
        if (step.state == State::Waiting || step.state == State::Running) {
            step.state = State::Cancelled;
            noteStep(step);
        }
    if (report.sizes) {
        m_sizes = report.sizes;
        m_before = report.before;
        m_shown = {*report.sizes};
        if (m_before) {
            m_before->reference = tr("build before");
            m_shown.push_back(*m_before);
        }
        m_sizesPanel->setImages(m_shown);
        noteLayers(*report.sizes);
    }
    if (report.outcome.errorRow > 0)
        m_rowNotes[report.outcome.errorRow] = {
            .text = tr("failed"), .tooltip = report.outcome.error->text(), .kind = ui::RowNote::Kind::Failed};
    Q_EMIT notesChanged();
    Q_EMIT finished(report);
}

void BuildController::compareWith(const QString &reference)
{
    const auto client = m_hub.client();
    if (!client)
        return;
    Q_EMIT readingStarted(tr("Reading the layers of %1").arg(reference));
    const int reading = ++m_reading;
    client->inspectImage(reference, [this, reference, reading](base::Result<engine::ImageDocuments> documents) {
        if (reading != m_reading)
            return; // cancelled, or asked again, or another design is open
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
