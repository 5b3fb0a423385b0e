// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "journal/journalfile.h"
#include "window/documentfile.h"
#include "workspace/workspace.h"

#include <QObject>

#include <functional>

class QWidget;

namespace ui {
class CommandStack;
}

namespace app {

class Settings;

/// Opening, saving and leaving a document, with the questions that nothing be lost.
class DocumentController : public QObject
{
    Q_OBJECT

public:
    DocumentController(workspace::Workspace &workspace, ui::CommandStack &stack, Settings &settings,
                       QWidget *window);

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isModified() const;
    [[nodiscard]] const DocumentFile &file() const { return m_file; }

    /// A Dockerfile, or a folder that holds one. Asks first when something is unsaved.
    void open(const QString &path);
    /// In a dialog; empty when the person wants none.
    [[nodiscard]] QStringList askForFiles();
    /// A design of the sample project, by the id of its rung; empty: the best one.
    void openSample(const QString &rung = {});
    /// The dialog for a Go project; `folder` may be empty.
    void createFromGoProject(const QString &folder = {});
    bool save();
    bool saveAs();
    /// Who knows the other documents: a file that one of them is gets no second writer.
    void setIsOpenElsewhere(std::function<bool(const QString &path)> isOpenElsewhere)
    {
        m_isOpenElsewhere = std::move(isOpenElsewhere);
    }
    /// False when the person wants to stay.
    bool closeDocument();
    /// The person has decided; all that matters is saved or not wanted any more.
    void discard();

    /// What a crash would take: nothing when all is saved.
    [[nodiscard]] std::optional<journal::Entry> unsaved() const;
    /// Puts text that an earlier run did not save over the file it belongs to, as one step of the history.
    void restore(const journal::Entry &entry);

    /// Three ways out when the file on disk is another one than the document stems from. Each but the second
    /// is one step of the history.
    void takeDiskText(const QString &textOnDisk);
    void keepMine(const QString &textOnDisk);
    void takeMerged(const QString &merged, const QString &textOnDisk);

Q_SIGNALS:
    void opened();
    void closed();
    void titleChanged();
    void failed(const base::Error &error);
    /// Both texts changed: the person has to choose.
    void changedOnDisk(const QString &textOnDisk);
    /// The person wants to see both before anything is written.
    void compareRequested(const QString &textOnDisk);
    void removedFromDisk();
    /// What was to be said about the file is over.
    void settledWithDisk();

private:
    bool mayLeave();
    bool mayOverwrite();
    bool wantsAnotherName(const QString &path);
    bool saveTo(const QString &path);
    void begin(const QString &text, const workspace::BuildSettings &settings);

    workspace::Workspace &m_workspace;
    ui::CommandStack &m_stack;
    Settings &m_settings;
    QWidget *m_window;
    DocumentFile m_file;
    std::function<bool(const QString &)> m_isOpenElsewhere;
    bool m_open = false;
    bool m_neverSaved = false;
};

}
