// SPDX-License-Identifier: Apache-2.0
#include "window/variantscontroller.h"

#include "bake/resolve.h"
#include "build/bakebuild.h"
#include "build/buildmodel.h"
#include "build/buildpanel.h"
#include "build/buildrequest.h"
#include "build/sourcemap.h"
#include "build/targetsettings.h"
#include "build/timelinepage.h"
#include "queue/variantspanel.h"
#include "window/enginehub.h"
#include "window/variantwords.h"

#include <QDir>
#include <QFileInfo>

#include <chrono>

namespace app {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ui::Variant::State stateOf(QueuedBuild::State state)
{
    switch (state) {
    case QueuedBuild::State::Waiting:
        return ui::Variant::State::Waiting;
    case QueuedBuild::State::Running:
        return ui::Variant::State::Running;
    case QueuedBuild::State::Succeeded:
        return ui::Variant::State::Succeeded;
    case QueuedBuild::State::Failed:
        return ui::Variant::State::Failed;
    case QueuedBuild::State::Cancelled:
        return ui::Variant::State::Cancelled;
    }
    Q_UNREACHABLE_RETURN(ui::Variant::State::None);
}

// By the bake file, and by what the Dockerfile says.
QStringList wantedBy(const BuildInput &input)
{
    QStringList wanted = input.options.entitlements + wantedEntitlements(input.snapshot);
    if (input.options.network == "host"_L1)
        wanted.append(u"network.host"_s);
    wanted.removeDuplicates();
    return wanted;
}

QStringList neededBy(const bake::Target &target)
{
    QStringList names;
    for (const auto &context : target.contexts) {
        if (context.startsWith("target:"_L1))
            names.append(context.mid(7));
    }
    return names;
}

}

VariantsController::VariantsController(workspace::Workspace &workspace, EngineHub &hub,
                                       history::HistoryStore *store)
    : m_workspace(workspace)
    , m_hub(hub)
    , m_store(store)
{
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(100ms);
    connect(&m_readTimer, &QTimer::timeout, this, &VariantsController::read);
    connect(&m_workspace, &workspace::Workspace::documentChanged, this,
            [this](const workspace::Snapshot &, const base::TextEdit &edit) {
                for (auto &[name, rows] : m_rows)
                    rows.edited(edit);
            });
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_readTimer, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_readTimer, qOverload<>(&QTimer::start));
}

VariantsController::~VariantsController() = default;

void VariantsController::setPanel(ui::VariantsPanel *panel)
{
    m_panel = panel;
    connect(panel, &ui::VariantsPanel::buildRequested, this, &VariantsController::build);
    connect(panel, &ui::VariantsPanel::cancelRequested, this, &VariantsController::cancel);
    connect(panel, &ui::VariantsPanel::saveRequested, this, &VariantsController::save);
    connect(panel, &ui::VariantsPanel::renameRequested, this, &VariantsController::rename);
    connect(panel, &ui::VariantsPanel::removeRequested, this, &VariantsController::remove);
    connect(panel, &ui::VariantsPanel::compareRequested, this, &VariantsController::compare);
    connect(panel, &ui::VariantsPanel::fileRequested, this, &VariantsController::openFile);
    connect(panel, &ui::VariantsPanel::limitChanged, this, [this](int limit) {
        m_limit = limit;
        if (m_queue)
            m_queue->setLimit(limit);
    });
}

void VariantsController::setDockerfile(const QString &path)
{
    if (path == m_dockerfile)
        return;
    m_dockerfile = path;
    m_folder = path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
    if (m_queue && m_queue->isRunning()) {
        // It ends by itself; what it still has to say is about another design.
        BuildQueue *queue = m_queue.release();
        queue->setParent(this);
        queue->disconnect(this);
        connect(queue, &BuildQueue::idle, queue, &QObject::deleteLater);
        queue->cancelAll();
    }
    m_queue.reset();
    m_rows.clear();
    m_notBegun.clear();
    m_warnings.clear();
    Q_EMIT warningsChanged();
    m_panel->forgetLogs();
    const auto watched = m_watcher.directories() + m_watcher.files();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    if (!m_folder.isEmpty())
        m_watcher.addPath(m_folder);
    read();
}

// A file that cannot be read keeps what was known of it before: it is being written, or has a mistake.
void VariantsController::read()
{
    m_files.clear();
    for (const auto &name : m_folder.isEmpty() ? QStringList() : bake::defaultFileNames()) {
        if (QFileInfo::exists(QDir(m_folder).filePath(name)))
            m_files.append(name);
    }
    if (m_files.isEmpty()) {
        m_bake = {};
        m_resolved.clear();
        m_panel->clearError();
        show();
        return;
    }
    for (const auto &name : std::as_const(m_files))
        m_watcher.addPath(QDir(m_folder).filePath(name));
    const auto sources = bake::findSources(m_folder);
    auto file = sources ? bake::evaluate(*sources, m_folder) : std::unexpected(sources.error());
    QHash<QString, bake::Target> resolved;
    for (const auto &target : file ? file->targets : std::vector<bake::Target>()) {
        const auto one = bake::resolve(*file, {target.name}, {});
        if (!one) {
            file = std::unexpected(one.error());
            break;
        }
        resolved.insert(target.name, one->targets.value(target.name));
    }
    if (!file) {
        m_wrongFile = QDir(m_folder).filePath(file.error().where.section(u':', 0, 0));
        m_panel->showError(file.error());
    } else {
        m_panel->clearError();
        m_bake = std::move(*file);
        m_resolved = std::move(resolved);
    }
    show();
}

const QueuedBuild *VariantsController::newest(const QString &name) const
{
    if (!m_queue)
        return nullptr;
    const auto &builds = m_queue->builds();
    const auto found = std::find_if(builds.rbegin(), builds.rend(),
                                    [&name](const QueuedBuild &build) { return build.name == name; });
    return found == builds.rend() ? nullptr : &*found;
}

void VariantsController::show()
{
    std::vector<ui::Variant> variants;
    const QStringList editable = editableTargets(m_folder);
    for (const auto &group : m_bake.groups)
        variants.push_back({.name = group.name,
                            .members = group.targets,
                            .changes = {},
                            .description = group.description,
                            .isGroup = true});
    for (const auto &target : m_bake.targets) {
        ui::Variant variant{.name = target.name,
                            .members = {},
                            .changes = variantInWords(m_resolved.value(target.name)),
                            .description = target.description,
                            .isGroup = false,
                            .isEditable = editable.contains(target.name)};
        if (const auto *build = newest(target.name)) {
            variant.state = stateOf(build->state);
            variant.started = m_started.value(build->id);
            variant.duration = build->report.outcome.duration;
            if (build->report.sizes)
                variant.sizeBytes = build->report.sizes->unpackedBytes();
            if (build->report.outcome.error)
                variant.error = build->report.outcome.error->text();
        }
        variants.push_back(std::move(variant));
    }
    m_panel->showVariants(variants, m_files);
}

void VariantsController::openFile()
{
    Q_EMIT fileRequested(m_wrongFile);
}

// The text that is being edited is built, not the one on disk.
base::Result<BuildInput> VariantsController::inputFor(const bake::Target &target) const
{
    auto input = buildInput(target, m_folder);
    if (!input || target.dockerfileInline || input->dockerfilePath != m_dockerfile)
        return input;
    const auto document =
        documentOf(m_workspace.snapshot().text, input->snapshot.settings, input->dockerfilePath);
    if (!document)
        return std::unexpected(document.error().in(tr("variant \"%1\"").arg(target.name)));
    input->snapshot = *document;
    return input;
}

base::Result<std::vector<VariantsController::Wish>>
VariantsController::wishesFor(const QStringList &names) const
{
    const auto resolved = bake::resolve(m_bake, names, {});
    if (!resolved)
        return std::unexpected(resolved.error());
    std::vector<Wish> wishes;
    for (const auto &name : bake::buildOrder(*resolved)) {
        const auto &target = resolved->targets[name];
        auto input = inputFor(target);
        if (!input)
            return std::unexpected(input.error());
        auto nodes = m_hub.sharesFor(wantedPlatforms(*input), input->options);
        if (!nodes)
            return std::unexpected(nodes.error());
        input->nodes = std::move(*nodes);
        const QStringList wanted = wantedBy(*input);
        input->options.entitlements = wanted; // it is not begun before all of them are allowed
        wishes.push_back(
            {.name = name, .input = std::move(*input), .needs = neededBy(target), .wanted = wanted});
    }
    return wishes;
}

void VariantsController::build(const QStringList &names)
{
    const auto client = m_hub.client();
    if (!client) {
        Q_EMIT failed(m_hub.error().message.isEmpty()
                          ? base::Error{.kind = base::Error::Kind::Unreachable,
                                        .message = tr("No engine answers yet"),
                                        .hint = tr("It is being looked for; try again in a moment.")}
                          : m_hub.error());
        return;
    }
    auto wishes = wishesFor(names);
    if (!wishes) {
        Q_EMIT failed(wishes.error());
        return;
    }
    if (!isAllowed(*wishes)) {
        m_notBegun = names;
        return;
    }
    if (!m_queue || (m_client != client && !m_queue->isRunning()))
        makeQueue(client);
    QHash<QString, int> ids;
    for (auto &wish : *wishes) {
        const auto *before = newest(wish.name);
        if (before && !before->hasEnded()) {
            ids.insert(wish.name, before->id); // it is being built already
            continue;
        }
        std::vector<int> after;
        for (const auto &needed : wish.needs)
            after.push_back(ids.value(needed));
        ids.insert(wish.name, m_queue->add(wish.name, wish.input, after));
    }
    show();
    m_panel->selectIfNone(wishes->back().name);
}

void VariantsController::makeQueue(std::shared_ptr<engine::Client> client)
{
    m_client = client;
    m_queue = std::make_unique<BuildQueue>(std::move(client), m_store);
    m_queue->setLimit(m_limit);
    m_started.clear();
    connect(m_queue.get(), &BuildQueue::started, this, &VariantsController::begun);
    connect(m_queue.get(), &BuildQueue::ended, this, &VariantsController::ended);
    connect(m_queue.get(), &BuildQueue::warned, this, &VariantsController::warned);
    connect(m_queue.get(), &BuildQueue::stepChanged, this, [this](int id, const engine::BuildStep &step) {
        auto *log = logOf(id);
        if (!log)
            return;
        if (log->model()->rowCount() == 0) // it has begun by now
            log->setKnownTimes(m_queue->timesBefore(id));
        log->stepChanged(step);
    });
    connect(m_queue.get(), &BuildQueue::logAppended, this,
            [this](int id, const QString &step, const QString &text) {
                if (auto *log = logOf(id))
                    log->appendLog(step, text);
            });
}

ui::BuildPanel *VariantsController::logOf(int id)
{
    const auto *build = m_queue->build(id);
    return build ? static_cast<ui::BuildPanel *>(m_panel->logOf(build->name)) : nullptr;
}

void VariantsController::begun(int id)
{
    const auto *build = m_queue->build(id);
    m_started.insert(id, QDateTime::currentDateTimeUtc());
    m_rows.erase(build->name);
    if (m_warnings.erase(build->name) > 0)
        Q_EMIT warningsChanged();
    if (build->input.snapshot.text == m_workspace.snapshot().text)
        m_rows[build->name].follow(build->input.snapshot);
    if (!logOf(id))
        makeLog(build->name);
    logOf(id)->beginBuild(build->name);
    show();
}

void VariantsController::makeLog(const QString &name)
{
    auto *log = new ui::BuildPanel;
    m_panel->setLog(name, log);
    connect(log, &ui::BuildPanel::cancelRequested, this, [this, name] { cancel({name}); });
    connect(log, &ui::BuildPanel::rowActivated, this, [this, name](int row) { goTo(name, row); });
    connect(log, &ui::BuildPanel::stepActivated, this, [this, name, log] {
        const auto *build = newest(name);
        if (const auto *step = log->currentStep(); step && build)
            goTo(name, rowOfStep(build->input.snapshot, *step));
    });
}

void VariantsController::ended(int id)
{
    const auto *build = m_queue->build(id);
    auto *log = logOf(id);
    if (log && m_started.contains(id)) {
        log->finish(build->report.outcome);
        std::vector<ui::MissNote> misses;
        for (const auto &miss : build->report.misses)
            misses.push_back({.text = miss.text, .row = miss.row});
        log->setMisses(misses);
    }
    show();
}

void VariantsController::cancel(const QStringList &names)
{
    if (!m_queue)
        return;
    if (names.isEmpty()) {
        m_queue->cancelAll();
        return;
    }
    const auto resolved = bake::resolve(m_bake, names, {});
    for (const auto &name : resolved ? QStringList(resolved->targets.keys()) : names) {
        if (const auto *build = newest(name))
            m_queue->cancel(build->id);
    }
}

}
