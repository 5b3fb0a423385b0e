// SPDX-License-Identifier: Apache-2.0
// The fourth part of MainWindow: what it says of the engine, and the ways to another one.
#include "window/mainwindow.h"

#include "inspector/buildoptionspanel.h"
#include "start/welcomepage.h"
#include "theme/icons.h"
#include "widgets/noticebar.h"
#include "window/enginedialogs.h"
#include "window/enginehub.h"

#include <QMenu>
#include <QStatusBar>
#include <QToolButton>

namespace app {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void MainWindow::joinEngine()
{
    auto &hub = m_parts.hub;
    connect(&hub, &EngineHub::stateChanged, this, &MainWindow::showEngineState);
    connect(&hub, &EngineHub::imagesChanged, this, &MainWindow::showEngineImages);
    connect(&hub, &EngineHub::used, this, [this](const engine::EnginePlace &place) {
        const QString name = place.builder.isEmpty() ? place.name : place.builder;
        statusBar()->showMessage(
            m_build.isRunning()
                ? tr("Builds run on %1 from now on; the one that runs ends where it began.").arg(name)
                : tr("Builds run on %1 from now on.").arg(name),
            int(std::chrono::milliseconds(8s).count()));
    });
    connect(&hub, &EngineHub::refused, this,
            [this](const engine::EnginePlace &place, const base::Error &error) {
                if (!isVisible())
                    return; // another document is shown, and tells
                showError(error.in(tr("%1 is not used").arg(place.name)));
                m_notice->addAction(u"engine"_s, tr("Show the engines"));
            });
    connect(m_actions.engine, &QAction::triggered, this, [this] { showEngines(this, m_parts.hub); });
    connect(m_actions.buildCache, &QAction::triggered, this,
            [this] { showBuildCache(this, m_parts.hub, ui::CacheDialog::Page::Cache); });
    connect(m_actions.engineBuilds, &QAction::triggered, this,
            [this] { showBuildCache(this, m_parts.hub, ui::CacheDialog::Page::Builds); });
    connect(m_engineMenu, &QMenu::aboutToShow, this, &MainWindow::fillEngineMenu);
    m_engineMenu->setToolTipsVisible(true);
    m_engineButton->setMenu(m_engineMenu);
    m_engineButton->setPopupMode(QToolButton::InstantPopup);
    fillEngineMenu(); // for those who look for an action before the menu was ever opened
}

// Contexts and sockets come and go while the program runs.
void MainWindow::fillEngineMenu()
{
    m_engineMenu->clear();
    m_engineMenu->addSection(tr("Builds Run On"));
    addEngineChoices(*m_engineMenu, m_parts.hub);
    m_engineMenu->addSeparator();
    m_engineMenu->addActions({m_actions.engine, m_actions.buildCache, m_actions.engineBuilds});
}

void MainWindow::showEngineState()
{
    const auto &hub = m_parts.hub;
    const bool connected = hub.state() == EngineHub::State::Connected;
    m_engineButton->setIcon(ui::icon(connected ? u"engine"_s : u"engine-off"_s,
                                     connected ? ui::IconTint::Text : ui::IconTint::Warning));
    QString words = tr("Looking for an engine");
    if (connected)
        words = u"%1 %2"_s.arg(hub.info()->product, hub.info()->version);
    else if (hub.state() == EngineHub::State::Missing)
        words = tr("No engine");
    m_engineButton->setText(hub.builder().isEmpty() ? words : tr("%1 · %2").arg(hub.builder(), words));
    m_engineButton->setToolTip(connected ? hub.info()->endpoint.url : hub.error().text());
    QString sentence = words + u'.';
    if (connected && !hub.builder().isEmpty())
        sentence = tr("Builds run on the builder %1, images go to %2.").arg(hub.builder(), words);
    else if (connected)
        sentence = tr("Builds run on %1 (%2).").arg(words, hub.info()->endpoint.origin);
    else if (hub.state() == EngineHub::State::Missing)
        sentence = tr("No engine answers: designs can be made and saved, but not built.");
    m_welcome->setEngineSentence(sentence, connected);
    m_options->setAbilities(hub.abilities().value_or(engine::BuildAbilities()));
}

}
