// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "window/documentfile.h"
#include "workspace/workspace.h"

#include <QObject>

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
    void openWithDialog();
    /// A design of the sample project, by the id of its rung; empty: the best one.
    void openSample(const QString &rung = {});
    /// The dialog for a Go project; `folder` may be empty.
    void createFromGoProject(const QString &folder = {});
    bool save();
    bool saveAs();
    /// False when the person wants to stay.
    bool closeDocument();
    /// Takes the text on disk; what was in the window goes to the undo history.
    void takeDiskText(const QString &text);

Q_SIGNALS:
    void opened();
    void closed();
    void titleChanged();
    void failed(const base::Error &error);
    void changedOnDisk(const QString &textOnDisk);
    void removedFromDisk();

private:
    bool mayLeave();
    bool saveTo(const QString &path);
    void begin(const QString &text, const workspace::BuildSettings &settings);

    workspace::Workspace &m_workspace;
    ui::CommandStack &m_stack;
    Settings &m_settings;
    QWidget *m_window;
    DocumentFile m_file;
    bool m_open = false;
    bool m_neverSaved = false;
};

}
