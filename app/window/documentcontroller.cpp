// SPDX-License-Identifier: Apache-2.0
#include "window/documentcontroller.h"

#include "build/contextfolder.h"
#include "commands/commandstack.h"
#include "dockerfile/textfile.h"
#include "project/newdesigndialog.h"
#include "recipes/recipe.h"
#include "window/settings.h"
#include "workspace/buildsettings.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>

namespace app {

using namespace Qt::StringLiterals;

namespace {

// Letters, digits and single dashes: what Docker takes both for names and for tags.
QString plainWord(const QString &text)
{
    QString word;
    for (const QChar c : text.toLower()) {
        if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'))
            word += c;
        else if (!word.isEmpty() && !word.endsWith(u'-'))
            word += u'-';
    }
    while (word.endsWith(u'-'))
        word.chop(1);
    return word;
}

// A tag that most people would have typed: the project's name, and "dev" or what is before ".Dockerfile".
QString suggestedTag(const QFileInfo &dockerfile)
{
    const QString name = plainWord(QDir(contextFolderFor(dockerfile.absolutePath())).dirName());
    const QString variant = plainWord(dockerfile.completeBaseName());
    const bool hasVariant =
        dockerfile.suffix().compare("dockerfile"_L1, Qt::CaseInsensitive) == 0 && !variant.isEmpty();
    return (name.isEmpty() ? u"app"_s : name) + u':' + (hasVariant ? variant : u"dev"_s);
}

QString sampleFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           u"/stageloom/samples/hello"_s;
}

}

DocumentController::DocumentController(workspace::Workspace &workspace, ui::CommandStack &stack,
                                       Settings &settings, QWidget *window)
    : m_workspace(workspace)
    , m_stack(stack)
    , m_settings(settings)
    , m_window(window)
{
    connect(m_stack.undoStack(), &QUndoStack::cleanChanged, this, &DocumentController::titleChanged);
    connect(&m_file, &DocumentFile::pathChanged, this, &DocumentController::titleChanged);
    connect(&m_file, &DocumentFile::removedFromDisk, this, [this] {
        m_stack.undoStack()->resetClean(); // the text is nowhere but here
        Q_EMIT removedFromDisk();
    });
    connect(&m_file, &DocumentFile::backOnDisk, this, [this] {
        if (m_workspace.snapshot().text == m_file.base())
            m_stack.undoStack()->setClean();
        Q_EMIT settledWithDisk();
    });
    connect(&m_file, &DocumentFile::changedOnDisk, this, [this](const QString &text) {
        // Nothing to choose between when the window holds nothing of its own.
        const QString &mine = m_workspace.snapshot().text;
        if (mine == m_file.base() || mine == text)
            takeDiskText(text);
        else
            Q_EMIT changedOnDisk(text);
    });
    connect(&m_workspace, &workspace::Workspace::settingsChanged, this,
            [this](const workspace::Snapshot &snapshot) {
                if (!m_file.path().isEmpty())
                    m_settings.setBuildSettings(m_file.path(), snapshot.settings);
            });
}

bool DocumentController::isModified() const
{
    return m_open && (m_neverSaved || !m_stack.undoStack()->isClean());
}

void DocumentController::open(const QString &path)
{
    if (!mayLeave())
        return;
    const QString wanted = QFileInfo(path).isDir() ? QDir(path).filePath(u"Dockerfile"_s) : path;
    if (QFileInfo(path).isDir() && !QFileInfo::exists(wanted)) {
        createFromGoProject(path);
        return;
    }
    const auto text = m_file.open(wanted);
    if (!text) {
        if (text.error().kind == base::Error::Kind::NotFound)
            m_settings.removeRecentFile(path);
        Q_EMIT failed(text.error());
        return;
    }
    m_settings.addRecentFile(m_file.path());
    auto settings = m_settings.buildSettings(m_file.path());
    if (settings.tag.isEmpty())
        settings.tag = suggestedTag(QFileInfo(m_file.path()));
    m_neverSaved = false;
    begin(*text, settings);
}

QStringList DocumentController::askForFiles()
{
    const QString start = m_open ? m_file.folder() : QDir::homePath();
    return QFileDialog::getOpenFileNames(
        m_window, tr("Open Dockerfiles"), start,
        tr("Dockerfiles (Dockerfile* *.Dockerfile *.dockerfile Containerfile*);;All files (*)"));
}

void DocumentController::openSample(const QString &rung)
{
    const QString folder = sampleFolder();
    if (const auto written = recipes::writeSample(folder); !written) {
        Q_EMIT failed(written.error());
        return;
    }
    open(rung.isEmpty() ? folder : folder + u"/designs/%1.Dockerfile"_s.arg(rung));
}

void DocumentController::createFromGoProject(const QString &folder)
{
    if (!mayLeave())
        return;
    ui::NewDesignDialog dialog(m_window);
    if (!folder.isEmpty())
        dialog.setFolder(folder);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QDir target(dialog.folder());
    const QString ignorePath = target.filePath(u".dockerignore"_s);
    if (dialog.wantsDockerIgnore() && !QFileInfo::exists(ignorePath)) {
        if (const auto written = dockerfile::writeTextFile(ignorePath, dialog.dockerIgnoreText()); !written)
            Q_EMIT failed(written.error());
    }
    m_file.startNew(target.absolutePath());
    m_neverSaved = true;
    begin(dialog.dockerfileText(), {.tag = suggestedTag(QFileInfo(target.filePath(u"Dockerfile"_s)))});
}

void DocumentController::begin(const QString &text, const workspace::BuildSettings &settings)
{
    m_open = true;
    m_stack.undoStack()->clear();
    m_workspace.replaceDocument(text, settings);
    Q_EMIT opened();
    Q_EMIT titleChanged();
}

bool DocumentController::save()
{
    if (m_file.path().isEmpty())
        return saveAs();
    return saveTo(m_file.path());
}

bool DocumentController::saveAs()
{
    QString path = m_file.path().isEmpty() ? QDir(m_file.folder()).filePath(u"Dockerfile"_s) : m_file.path();
    for (;;) {
        path = QFileDialog::getSaveFileName(m_window, tr("Save the Dockerfile"), path);
        if (path.isEmpty())
            return false;
        if (!m_isOpenElsewhere || !m_isOpenElsewhere(path))
            return saveTo(path);
        if (!wantsAnotherName(path))
            return false;
    }
}

// Two tabs of one file would write over each other.
bool DocumentController::wantsAnotherName(const QString &path)
{
    const QFileInfo info(path);
    QMessageBox box(QMessageBox::Warning, tr("Open in another tab"),
                    tr("%1 is open in another tab.").arg(info.dir().dirName() + u'/' + info.fileName()),
                    QMessageBox::Cancel, m_window);
    box.setInformativeText(tr("It was not written. Save under another name, or close that tab first."));
    auto *another = box.addButton(tr("&Another Name…"), QMessageBox::AcceptRole);
    box.setDefaultButton(another);
    box.exec();
    return box.clickedButton() == another;
}

bool DocumentController::saveTo(const QString &path)
{
    if (path == m_file.path() && !mayOverwrite())
        return false;
    const auto written = m_file.save(m_workspace.snapshot().text, path);
    if (!written) {
        Q_EMIT failed(written.error());
        return false;
    }
    m_neverSaved = false;
    m_stack.undoStack()->setClean();
    Q_EMIT settledWithDisk();
    m_settings.addRecentFile(m_file.path());
    m_settings.setBuildSettings(m_file.path(), m_workspace.snapshot().settings);
    Q_EMIT titleChanged();
    return true;
}

bool DocumentController::mayLeave()
{
    if (!isModified())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Unsaved changes"),
                    tr("Save the changes of %1?").arg(m_file.name()),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box.setInformativeText(tr("What is not saved is lost."));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return save();
    case QMessageBox::Discard:
        return true;
    default:
        return false;
    }
}

// Somebody else may have written a moment ago, and the question about it may not have been answered.
bool DocumentController::mayOverwrite()
{
    const auto theirs = m_file.foreignText();
    if (!theirs || *theirs == m_workspace.snapshot().text)
        return true;
    QMessageBox box(QMessageBox::Warning, tr("Changed on disk"),
                    tr("Another program has changed %1 since you opened it.").arg(m_file.name()),
                    QMessageBox::Cancel, m_window);
    box.setInformativeText(tr("Saving now would write over those changes."));
    auto *compare = box.addButton(tr("Co&mpare…"), QMessageBox::AcceptRole);
    const auto *overwrite = box.addButton(tr("&Overwrite"), QMessageBox::DestructiveRole);
    box.setDefaultButton(compare);
    box.exec();
    if (box.clickedButton() == compare)
        Q_EMIT compareRequested(*theirs);
    return box.clickedButton() == overwrite;
}

bool DocumentController::closeDocument()
{
    if (!m_open)
        return true;
    if (!mayLeave())
        return false;
    discard();
    return true;
}

void DocumentController::discard()
{
    m_open = false;
    m_neverSaved = false;
    m_stack.undoStack()->clear();
    m_workspace.replaceDocument({});
    m_file.startNew({});
    Q_EMIT closed();
    Q_EMIT titleChanged();
}

std::optional<journal::Entry> DocumentController::unsaved() const
{
    if (!isModified())
        return {};
    return journal::Entry{.path = m_file.path(),
                          .folder = m_file.folder(),
                          .base = m_file.base(),
                          .text = m_workspace.snapshot().text,
                          .changed = QDateTime::currentDateTimeUtc(),
                          .settings = m_file.path().isEmpty()
                                          ? workspace::toJson(m_workspace.snapshot().settings)
                                          : QByteArray()};
}

void DocumentController::restore(const journal::Entry &entry)
{
    const QString label = tr("restore unsaved text");
    if (!entry.path.isEmpty() && QFileInfo::exists(entry.path)) {
        if (!m_open || m_file.path() != entry.path)
            open(entry.path);
        if (m_open && m_file.path() == entry.path) {
            const QString onDisk = m_file.base();
            m_stack.push(base::TextEdit::between(m_workspace.snapshot().text, entry.text), label);
            m_file.setBase(entry.base);
            if (onDisk != entry.base && onDisk != entry.text)
                Q_EMIT changedOnDisk(onDisk);
            return;
        }
    }
    const bool hasPath = !entry.path.isEmpty();
    if (hasPath)
        m_file.startMissing(entry.path, entry.base);
    else
        m_file.startNew(entry.folder);
    m_neverSaved = true;
    auto settings =
        hasPath ? m_settings.buildSettings(entry.path) : workspace::buildSettingsFromJson(entry.settings);
    // A tag that was taken away stays away; an earlier version kept no settings.
    if (settings.tag.isEmpty() && (hasPath || entry.settings.isEmpty()))
        settings.tag = suggestedTag(QFileInfo(QDir(m_file.folder()).filePath(u"Dockerfile"_s)));
    begin(entry.text, settings);
    if (hasPath)
        Q_EMIT removedFromDisk();
}

void DocumentController::takeDiskText(const QString &textOnDisk)
{
    m_file.accept(textOnDisk);
    m_neverSaved = false;
    m_stack.push(base::TextEdit::between(m_workspace.snapshot().text, textOnDisk), tr("change made on disk"));
    m_stack.undoStack()->setClean();
}

void DocumentController::keepMine(const QString &textOnDisk)
{
    m_file.accept(textOnDisk);
    m_stack.undoStack()->resetClean(); // no state of the history is what is on disk
    Q_EMIT titleChanged();
}

void DocumentController::takeMerged(const QString &merged, const QString &textOnDisk)
{
    if (merged == textOnDisk) {
        takeDiskText(textOnDisk);
        return;
    }
    m_file.accept(textOnDisk);
    m_stack.push(base::TextEdit::between(m_workspace.snapshot().text, merged),
                 tr("merge with the text on disk"));
    m_stack.undoStack()->resetClean();
    Q_EMIT titleChanged();
}

}
