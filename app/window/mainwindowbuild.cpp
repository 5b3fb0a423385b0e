// SPDX-License-Identifier: Apache-2.0
// The fourth part of MainWindow: builds, and what they may do.
#include "window/mainwindow.h"

#include "build/buildpanel.h"
#include "build/problemspanel.h"
#include "commands/commandstack.h"
#include "editor/dockerfileeditor.h"
#include "inspector/buildoptionspanel.h"
#include "layers/sizespanel.h"
#include "widgets/noticebar.h"
#include "widgets/progressline.h"
#include "window/enginechecks.h"

#include <QDesktopServices>
#include <QDockWidget>
#include <QUrl>

namespace app {

using namespace Qt::StringLiterals;

void MainWindow::joinBuild()
{
    connect(&m_build, &BuildController::started, this, [this] {
        m_notice->dismiss();
        m_warnings.clear();
        showEngineWarnings();
        m_actions.build->setEnabled(false);
        m_actions.stopBuild->setEnabled(true);
        m_docks[u"build"_s]->show();
        m_docks[u"build"_s]->raise();
    });
    connect(&m_build, &BuildController::stepsChanged, this, &MainWindow::showBuildNotes);
    connect(&m_build, &BuildController::notesChanged, this,
            [this] { m_editor->setRowNotes(m_build.rowNotes()); });
    connect(&m_build, &BuildController::warned, this, [this](const engine::BuildWarning &warning) {
        m_warnings.push_back(warning);
        showEngineWarnings();
    });
    connect(&m_formsTimer, &QTimer::timeout, this, &MainWindow::showEngineWarnings);
    auto *checks = new EngineChecks(m_parts.workspace, m_parts.hub, this);
    connect(checks, &EngineChecks::checked, m_problems, &ui::ProblemsPanel::setEngineChecks);
    const auto place = [this, checks] {
        checks->setPlace(m_document.isOpen() && !m_document.file().path().isEmpty() ? contextFolder()
                                                                                    : QString(),
                         m_document.file().path());
    };
    connect(&m_document, &DocumentController::titleChanged, checks, place);
    connect(&m_parts.workspace, &workspace::Workspace::settingsChanged, checks, place);
    connect(&m_build, &BuildController::readingStarted, m_progress,
            [this](const QString &what) { m_progress->start(what); });
    connect(&m_build, &BuildController::readingFinished, m_progress, &ui::ProgressLine::finish);
    connect(m_progress, &ui::ProgressLine::cancelRequested, &m_build, &BuildController::cancelReading);
    connect(&m_build, &BuildController::permissionWanted, this,
            [this](const QStringList &permissions) { askToAllow({}, permissions); });
    connect(m_notice, &ui::NoticeBar::actionTriggered, this, [this](const QString &id) {
        if (id == "allow"_L1)
            allowAndBuild();
    });
    connect(&m_parts.workspace, &workspace::Workspace::documentReplaced, m_options,
            &ui::BuildOptionsPanel::forgetSecrets);
    connect(&m_build, &BuildController::failed, this, [this](const base::Error &error) {
        showError(error);
        m_notice->addAction(u"engine"_s, tr("Show the engine"));
    });
    connect(&m_build, &BuildController::finished, this, [this](const BuildReport &report) {
        m_actions.build->setEnabled(m_document.isOpen());
        m_actions.stopBuild->setEnabled(false);
        showBuildNotes();
        if (report.sizes) {
            m_docks[u"sizes"_s]->show();
            m_docks[u"sizes"_s]->raise();
        }
        for (const auto &note : report.notes)
            m_notice->showMessage(ui::NoticeBar::Kind::Info, note);
    });
    connect(m_buildPanel, &ui::BuildPanel::buildRequested, m_actions.build, &QAction::trigger);
    connect(m_sizes, &ui::SizesPanel::buildRequested, m_actions.build, &QAction::trigger);
}

// The build's warnings name lines of the text that was built.
void MainWindow::showEngineWarnings()
{
    std::vector<engine::BuildWarning> now = m_warnings;
    for (auto &warning : now)
        warning.firstRow = warning.firstRow > 0 ? m_build.rowNow(warning.firstRow) : 0;
    const auto ofVariants = m_variants.warnings(now);
    now.insert(now.end(), ofVariants.begin(), ofVariants.end());
    m_problems->setEngineWarnings(now);
}

void MainWindow::joinVariants()
{
    connect(&m_document, &DocumentController::titleChanged, &m_variants,
            [this] { m_variants.setDockerfile(m_document.isOpen() ? m_document.file().path() : QString()); });
    connect(&m_variants, &VariantsController::failed, this, &MainWindow::showError);
    connect(&m_variants, &VariantsController::permissionWanted, this, &MainWindow::askToAllow);
    connect(&m_variants, &VariantsController::warningsChanged, this, &MainWindow::showEngineWarnings);
    connect(&m_variants, &VariantsController::rowActivated, this, &MainWindow::goToRow);
    connect(&m_variants, &VariantsController::fileRequested, this,
            [](const QString &path) { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
    connect(&m_variants, &VariantsController::compareRequested, this,
            [this](const std::vector<image::ImageSizes> &images) {
                m_build.showImages(images);
                m_docks[u"sizes"_s]->show();
                m_docks[u"sizes"_s]->raise();
            });
}

void MainWindow::startBuild()
{
    if (!m_document.isOpen() || m_build.isRunning())
        return;
    m_build.build(contextFolder(), m_document.file().path(), m_options->typedSecrets());
}

// Nothing is granted that a person did not see named.
void MainWindow::askToAllow(const QStringList &variants, const QStringList &permissions)
{
    m_wantedPermissions = permissions;
    m_areVariantsWaiting = !variants.isEmpty();
    QStringList words;
    for (const auto &name : permissions)
        words.append(name == "network.host"_L1 ? tr("use the network of the engine's machine (network.host)")
                     : name == "security.insecure"_L1
                         ? tr("do all that the engine may do on its machine (security.insecure)")
                         : name);
    const QString what = words.join(tr(", and "));
    m_notice->showMessage(ui::NoticeBar::Kind::Warning,
                          variants.isEmpty() ? tr("This build wants to %1.").arg(what)
                          : variants.size() == 1
                              ? tr("The variant %1 wants to %2.").arg(variants.front(), what)
                              : tr("The variants %1 want to %2.").arg(variants.join(u", "_s), what),
                          tr("Allow it when you trust the Dockerfile. It holds until the document is closed, "
                             "and can be taken back under Permissions in the build options."));
    m_notice->addAction(u"allow"_s, tr("Allow and build"));
}

void MainWindow::allowAndBuild()
{
    workspace::BuildSettings settings = m_parts.workspace.snapshot().settings;
    settings.solve.entitlements += std::exchange(m_wantedPermissions, {});
    settings.solve.entitlements.removeDuplicates();
    m_parts.stack.pushSettings(settings, tr("Allow what the build wants"));
    if (m_areVariantsWaiting)
        m_variants.buildAllowed();
    else
        startBuild();
}

}
