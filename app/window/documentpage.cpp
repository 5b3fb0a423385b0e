// SPDX-License-Identifier: Apache-2.0
#include "window/documentpage.h"

#include <QMenuBar>

namespace app {

using namespace Qt::StringLiterals;

DocumentPage::DocumentPage(const SharedParts &shared)
    : m_stack(m_workspace)
    , m_window({m_workspace, m_stack, shared.settings, shared.hub, shared.store})
    , m_menuBar(m_window.takeMenuBar())
    , m_journal(shared.journal, [this] { return document().unsaved(); })
{
    QObject::connect(
        &m_workspace, &workspace::Workspace::documentChanged, &m_journal,
        [this](const workspace::Snapshot &, const base::TextEdit &edit) { m_journal.edited(edit); });
    // The settings of a saved one are kept beside its file.
    QObject::connect(&m_workspace, &workspace::Workspace::settingsChanged, &m_journal, [this] {
        if (document().file().path().isEmpty())
            m_journal.restarted();
    });
    // Saved, undone to what is saved, or under another name now.
    QObject::connect(&document(), &DocumentController::titleChanged, &m_journal,
                     &journal::DocumentJournal::restarted);
}

QString DocumentPage::tabText()
{
    if (!document().isOpen())
        return QCoreApplication::translate("app::DocumentPage", "Start");
    QString name = document().file().name();
    return document().isModified() ? QString(name + u" •"_s) : name;
}

}
