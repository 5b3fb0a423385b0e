// SPDX-License-Identifier: Apache-2.0
// The third part of MainWindow: putting states into the panels.
#include "window/mainwindow.h"

#include "build/contextfolder.h"
#include "build/problemspanel.h"
#include "commands/commandstack.h"
#include "editor/dockerfileeditor.h"
#include "editor/editorpage.h"
#include "engine/buildkit/buildabilities.h"
#include "graph/graphview.h"
#include "inspector/buildoptionspanel.h"
#include "inspector/inspectorpanel.h"
#include "language/platforms.h"
#include "recipes/recipe.h"
#include "start/welcomepage.h"
#include "theme/icons.h"
#include "widgets/noticebar.h"
#include "window/comparedialog.h"
#include "window/contextlisting.h"
#include "window/designnotes.h"
#include "window/enginehub.h"
#include "window/projectfacts.h"

#include <QDockWidget>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>

namespace app {

using namespace Qt::StringLiterals;

// Without a design the docks are hidden, and how they stood is what is to be kept.
void MainWindow::keepDockLayout()
{
    if (m_pages->currentWidget() == m_graph)
        m_stateOfDocks = saveState();
}

void MainWindow::showDesign(bool open)
{
    keepDockLayout();
    m_notice->dismiss();
    m_warnings.clear();
    showEngineWarnings();
    m_inspector->inspectNode({});
    m_inspector->inspectRow(0);
    m_position->clear();
    m_actions.stopBuild->setEnabled(false);
    m_pages->setCurrentWidget(open ? static_cast<QWidget *>(m_graph) : m_welcome);
    for (auto *action : m_actions.needingDesign())
        action->setEnabled(open);
    for (auto *action : m_editorPage->actions().all())
        action->setEnabled(open);
    // The docks are about a design: without one the welcome page has the window to itself.
    for (auto *dock : std::as_const(m_docks)) {
        dock->toggleViewAction()->setEnabled(open);
        if (!open)
            dock->hide();
    }
    if (open) {
        restoreState(m_stateOfDocks);
        m_graph->setFocus(Qt::OtherFocusReason);
    }
    showTitle();
}

void MainWindow::showTitle()
{
    m_options->setDefaultContext(contextFolderFor(m_document.file().folder()));
    setWindowTitle(m_document.isOpen() ? m_document.file().name() + u"[*]"_s : QString());
    setWindowModified(m_document.isModified());
    setWindowFilePath(m_document.file().path());
    showFacts();
}

QString MainWindow::contextFolder() const
{
    const QString chosen = m_parts.workspace.snapshot().settings.contextFolder;
    return chosen.isEmpty() ? contextFolderFor(m_document.file().folder()) : chosen;
}

// Of the cursor, and how the file ends its rows.
void MainWindow::showPosition()
{
    if (!m_document.isOpen()) {
        m_position->clear();
        return;
    }
    const QTextCursor cursor = m_editor->textCursor();
    QString words = tr("Line %1, column %2").arg(m_editor->cursorRow()).arg(cursor.positionInBlock() + 1);
    if (cursor.hasSelection())
        words += u", "_s + tr("%1 selected").arg(cursor.selectionEnd() - cursor.selectionStart());
    const QString &text = m_parts.workspace.snapshot().text;
    const qsizetype end = text.indexOf(u'\n');
    const bool isCrLf = end > 0 && text[end - 1] == u'\r';
    m_position->setText(words + u" · "_s + (isCrLf ? tr("CR LF") : tr("LF")));
}

// What the editor may propose, beside what the text says.
void MainWindow::showFacts()
{
    if (m_contextListing == nullptr)
        return;
    const QString folder = m_document.file().path().isEmpty() ? QString() : contextFolder();
    m_contextListing->setRoot(folder);
    m_editorPage->setContextFolder(folder);
    language::Facts facts;
    facts.listFolder = [listing = QPointer(m_contextListing)](const QString &below) {
        return listing ? listing->entries(below) : std::vector<language::FolderEntry>();
    };
    for (const auto &image : m_parts.hub.images())
        for (const auto &tag : image.tags)
            facts.images.push_back({tag, image.sizeBytes});
    const auto abilities = m_parts.hub.abilities();
    facts.platforms = abilities ? abilities->platforms : QStringList();
    const auto &solve = m_parts.workspace.snapshot().settings.solve;
    for (const auto &context : solve.contexts)
        facts.namedContexts.append(context.name);
    for (const auto &secret : solve.secrets)
        facts.secretIds.append(secret.id);
    for (const auto &agent : solve.ssh)
        facts.sshIds.append(agent.name);
    m_projectFacts->setFolder(folder);
    facts.ports = m_projectFacts->ports();
    const QStringList platforms = language::platformsToOffer(facts.platforms);
    m_graph->setPlatforms(platforms);
    m_inspector->setPlatforms(platforms);
    m_editorPage->setFacts(std::move(facts));
}

void MainWindow::showEngineImages()
{
    QStringList bases;
    for (const auto &base : recipes::bases())
        bases.append(base.reference);
    const auto notes = designNotes();
    for (const auto &image : m_parts.hub.images())
        bases += image.tags;
    bases.removeDuplicates();
    m_inspector->setKnownBases(bases);
    m_inspector->setStandIns(notes.standIns);
    m_inspector->setImageSizes(notes.imageSizes);
    m_graph->setNotes(notes);
}

ui::GraphNotes MainWindow::designNotes() const
{
    return graphNotes({m_build.builtSnapshot(), m_build.steps(), m_build.sizes(), m_parts.hub.images(),
                       m_parts.workspace.findings(), QDateTime::currentDateTimeUtc()});
}

void MainWindow::showBuildNotes()
{
    m_graph->setNotes(designNotes());
}

void MainWindow::showDiskChange(const QString &textOnDisk)
{
    m_diskText = textOnDisk;
    m_noticeIsOfDisk = true;
    m_notice->showMessage(ui::NoticeBar::Kind::Warning,
                          tr("Another program has changed this file, and you have changes, too."),
                          tr("Compare both, and choose or merge. Undo brings your text back."));
    m_notice->addAction(u"compare"_s, tr("Compare…"));
    m_notice->addAction(u"take"_s, tr("Take the text on disk"));
    m_notice->addAction(u"keep"_s, tr("Keep mine"));
}

void MainWindow::compareWithDisk(const QString &textOnDisk)
{
    m_diskText = textOnDisk;
    const auto &file = m_document.file();
    auto *dialog = new CompareDialog({.title = file.name(),
                                      .base = file.base(),
                                      .mine = m_parts.workspace.snapshot().text,
                                      .theirs = textOnDisk},
                                     this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CompareDialog::mineChosen, this,
            [this, textOnDisk] { m_document.keepMine(textOnDisk); });
    connect(dialog, &CompareDialog::theirsChosen, this,
            [this, textOnDisk] { m_document.takeDiskText(textOnDisk); });
    connect(dialog, &CompareDialog::merged, this,
            [this, textOnDisk](const QString &text) { m_document.takeMerged(text, textOnDisk); });
    connect(dialog, &QDialog::accepted, m_notice, &ui::NoticeBar::dismiss);
    connect(dialog, &QDialog::rejected, this, [this, textOnDisk] { showDiskChange(textOnDisk); });
    dialog->open();
}

}
