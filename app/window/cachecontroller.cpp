// SPDX-License-Identifier: Apache-2.0
#include "window/cachecontroller.h"

#include "cache/cachedialog.h"
#include "cache/cachepage.h"
#include "cache/enginebuildspage.h"
#include "window/enginehub.h"

namespace app {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

CacheController::CacheController(EngineHub &hub, ui::CacheDialog *dialog)
    : QObject(dialog)
    , m_hub(hub)
    , m_dialog(dialog)
{
    m_reread.setSingleShot(true);
    m_reread.setInterval(500ms);
    connect(&m_reread, &QTimer::timeout, this, &CacheController::readCache);
    connect(&m_hub, &EngineHub::stateChanged, this, &CacheController::findSources);
    connect(dialog, &ui::CacheDialog::sourceChanged, this, &CacheController::connectTo);
    connect(dialog->cache(), &ui::CachePage::refreshRequested, this, &CacheController::readCache);
    connect(dialog->cache(), &ui::CachePage::pruneRequested, this, &CacheController::prune);
    connect(dialog->cache(), &ui::CachePage::stopRequested, this, [this] {
        if (!m_stopPrune)
            return;
        m_stopPrune(); // its answer will not come
        const base::Error stopped{.kind = base::Error::Kind::Cancelled, .message = {}};
        endPrune(&stopped);
    });
    connect(dialog->builds(), &ui::EngineBuildsPage::refreshRequested, this, &CacheController::readBuilds);
    connect(dialog->builds(), &ui::EngineBuildsPage::pinRequested, this,
            [this](const QString &ref, bool isPinned) {
                if (m_buildKit)
                    m_buildKit->pinBuild(ref, isPinned, [this](const auto &result) { changeBuild(result); });
            });
    connect(dialog->builds(), &ui::EngineBuildsPage::forgetRequested, this, [this](const QString &ref) {
        if (m_buildKit)
            m_buildKit->forgetBuild(ref, [this](const auto &result) { changeBuild(result); });
    });
    findSources();
}

CacheController::~CacheController() = default;

// The engine may be another one now, or gone.
void CacheController::findSources()
{
    if (m_hub.state() == EngineHub::State::Looking)
        return;
    QStringList names;
    std::vector<engine::BuildKitAddress> nodes;
    for (const auto &node : m_hub.builderNodes()) {
        if (!node.place.buildKit)
            continue;
        names.append(node.place.name);
        nodes.push_back(*node.place.buildKit);
    }
    if (const auto info = m_hub.info())
        names.append(u"%1 %2"_s.arg(info->product, info->version));
    const bool isSame = m_buildKit && nodes == m_nodes && m_client == m_hub.client();
    m_dialog->setSources(names);
    if (isSame)
        return;
    m_nodes = std::move(nodes);
    connectTo(m_dialog->source());
}

void CacheController::connectTo(int source)
{
    if (m_stopPrune)
        endPrune(nullptr);
    m_buildKit.reset();
    m_client = m_hub.client();
    m_dialog->cache()->showRecords({});
    m_dialog->builds()->showBuilds({});
    if (source >= 0 && std::size_t(source) < m_nodes.size())
        m_buildKit = std::make_unique<engine::BuildKitClient>(m_nodes[std::size_t(source)]);
    else if (m_client)
        m_buildKit = std::make_unique<engine::BuildKitClient>(m_client);
    readCache();
    readBuilds();
}

void CacheController::readCache()
{
    if (m_stopPrune)
        return; // it is read when that has ended
    auto *page = m_dialog->cache();
    if (!m_buildKit)
        return page->showError(m_hub.error());
    page->showLoading();
    m_buildKit->diskUsage([page](base::Result<std::vector<engine::CacheRecord>> records) {
        if (records)
            page->showRecords(std::move(*records));
        else
            page->showError(records.error());
    });
}

void CacheController::readBuilds()
{
    auto *page = m_dialog->builds();
    if (!m_buildKit)
        return page->showError(m_hub.error());
    page->showLoading();
    m_buildKit->history([this, page](base::Result<std::vector<engine::EngineBuild>> builds) {
        if (!builds)
            return page->showError(builds.error());
        page->showBuilds(std::move(*builds));
        followBuilds();
    });
}

void CacheController::followBuilds()
{
    // A lost engine is told by the hub.
    m_buildKit->followHistory([this](const engine::EngineBuild &build, bool isGone) { hear(build, isGone); },
                              [](const base::Result<void> &) {});
}

void CacheController::hear(const engine::EngineBuild &build, bool isGone)
{
    auto *page = m_dialog->builds();
    if (isGone)
        return page->removeBuild(build.ref);
    const bool isNews = page->putBuild(build);
    if (isNews && build.state != engine::EngineBuild::State::Running)
        m_reread.start();
}

void CacheController::prune(const engine::PruneSpec &spec)
{
    if (!m_buildKit || m_stopPrune)
        return;
    m_freedBytes = 0;
    m_dialog->cache()->pruneBegan();
    m_stopPrune = m_buildKit->prune(
        spec,
        [this](const engine::CacheRecord &freed) {
            m_freedBytes += freed.sizeBytes;
            m_dialog->cache()->recordFreed(freed.id);
        },
        [this](const base::Result<std::vector<engine::CacheRecord>> &freed) {
            endPrune(freed ? nullptr : &freed.error());
        });
}

void CacheController::endPrune(const base::Error *error)
{
    m_stopPrune = nullptr;
    m_dialog->cache()->pruneEnded(m_freedBytes, error);
    m_reread.start();
}

void CacheController::changeBuild(const base::Result<void> &result)
{
    if (!result)
        m_dialog->builds()->showNotice(result.error());
}

}
