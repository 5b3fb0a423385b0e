// SPDX-License-Identifier: Apache-2.0
#include "window/enginechecks.h"

#include "build/buildrequest.h"
#include "build/targetsettings.h"
#include "engine/buildkit/buildabilities.h"
#include "window/enginehub.h"

#include <chrono>

namespace app {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

EngineChecks::EngineChecks(workspace::Workspace &workspace, EngineHub &hub, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_hub(hub)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(700ms); // our own findings come after 150; the engine is a process of its own
    connect(&m_quiet, &QTimer::timeout, this, &EngineChecks::ask);
    connect(&workspace, &workspace::Workspace::snapshotChanged, this, &EngineChecks::soon);
    connect(&workspace, &workspace::Workspace::documentReplaced, this, [this] { Q_EMIT checked({}); });
    connect(&hub, &EngineHub::stateChanged, this, &EngineChecks::soon);
}

EngineChecks::~EngineChecks() = default;

void EngineChecks::setPlace(const QString &folder, const QString &dockerfilePath)
{
    if (folder == m_folder && dockerfilePath == m_dockerfilePath)
        return;
    m_folder = folder;
    m_dockerfilePath = dockerfilePath;
    soon();
}

void EngineChecks::soon()
{
    if (m_cancel)
        std::exchange(m_cancel, nullptr)();
    m_quiet.start();
}

engine::BuildKitClient *EngineChecks::kitFor(const workspace::BuildSettings &settings)
{
    const auto client = m_hub.client();
    const auto can = m_hub.abilities();
    // Nothing is made: of several nodes the first will do.
    engine::SolveOptions nothing;
    nothing.outputs = {{.type = u"cacheonly"_s, .attributes = {}}};
    const auto nodes = m_hub.sharesFor(platformsOf(settings), nothing);
    if (!client || !can || !can->checks.can || !nodes) {
        m_kit.reset();
        m_client.reset();
        return nullptr;
    }
    const auto builder = nodes->empty() ? std::nullopt : std::optional(nodes->front().address);
    if (!m_kit || m_client != client || m_builder != builder) {
        m_client = client;
        m_builder = builder;
        m_kit = m_builder ? std::make_unique<engine::BuildKitClient>(*m_builder)
                          : std::make_unique<engine::BuildKitClient>(client);
    }
    return m_kit.get();
}

void EngineChecks::ask()
{
    const auto &snapshot = m_workspace.snapshot();
    const bool isAnything = !m_folder.isEmpty() && !snapshot.graph.stages.empty();
    auto *kit = isAnything ? kitFor(snapshot.settings) : nullptr;
    if (!kit) {
        Q_EMIT checked({});
        return;
    }
    m_asked = snapshot.revision;
    const auto info = *m_client->info();
    const BuildInput input{.folder = m_folder,
                           .dockerfilePath = m_dockerfilePath,
                           .snapshot = snapshot,
                           .tags = {},
                           .labels = {},
                           .options = {}};
    m_cancel = kit->check(buildRequest(input, info.osType + u'/' + info.architecture),
                          [this](const base::Result<engine::DockerfileChecks> &checks) { answered(checks); });
}

void EngineChecks::answered(const base::Result<engine::DockerfileChecks> &checks)
{
    m_cancel = nullptr;
    if (m_asked != m_workspace.snapshot().revision)
        return;
    std::vector<engine::BuildWarning> warnings;
    // That it could not be asked is no problem of the Dockerfile.
    for (const auto &check : checks ? checks->warnings : std::vector<engine::DockerfileCheck>()) {
        warnings.push_back({.message = u"%1: %2"_s.arg(check.rule, check.message),
                            .url = check.url,
                            .firstRow = check.rows.first,
                            .lastRow = check.rows.last});
    }
    Q_EMIT checked(warnings);
}

}
