// SPDX-License-Identifier: Apache-2.0
// The second part of DocumentsWindow: closing, and the question that nothing be lost.
#include "documents/unsaveddialog.h"
#include "window/documentswindow.h"
#include "window/documenttabs.h"
#include "window/settings.h"

#include <QAction>
#include <QCloseEvent>
#include <QMenuBar>
#include <QStackedWidget>

namespace app {

void DocumentsWindow::closePage(DocumentPage &page)
{
    if (!page.document().isOpen()) {
        removePage(page);
        return;
    }
    if (page.document().isModified())
        bringUp(page); // the question is about what one sees
    page.document().closeDocument();
}

// The last one stays, and shows the welcome page.
void DocumentsWindow::removePage(DocumentPage &page)
{
    if (count() == 1 || page.document().isOpen())
        return;
    page.window().rememberDocks();
    m_tabs->removeTab(tabOf(page));
    m_menus->removeWidget(page.menuBar());
    m_windows->removeWidget(&page.window());
    std::erase_if(m_pages, [&](const auto &other) { return other.get() == &page; });
    m_next->setEnabled(count() > 1);
    m_previous->setEnabled(count() > 1);
    rememberOpen();
}

void DocumentsWindow::closeAll()
{
    if (!mayCloseAll())
        return;
    for (auto *page : inOrder())
        if (page->document().isOpen())
            page->document().discard();
}

// One question for all of them.
bool DocumentsWindow::mayCloseAll()
{
    QList<DocumentPage *> unsaved;
    std::vector<ui::UnsavedDocument> words;
    for (auto *page : inOrder()) {
        const auto &file = page->document().file();
        if (!page->document().isModified())
            continue;
        unsaved.append(page);
        words.push_back({.name = file.name(), .place = file.path().isEmpty() ? file.folder() : file.path()});
    }
    if (unsaved.isEmpty())
        return true;
    ui::UnsavedDialog dialog(words, this);
    if (dialog.exec() != QDialog::Accepted)
        return false;
    for (const int index : dialog.toSave()) {
        if (unsaved[index]->document().file().path().isEmpty())
            bringUp(*unsaved[index]); // it asks where to
        if (!unsaved[index]->document().save())
            return false;
    }
    return true;
}

void DocumentsWindow::closeEvent(QCloseEvent *event)
{
    if (!mayCloseAll()) {
        event->ignore();
        return;
    }
    rememberOpen();
    m_isClosing = true; // what is open now is what to open again
    current().window().rememberDocks();
    m_shared.settings.setWindowGeometry(saveGeometry());
    for (auto *page : inOrder())
        if (page->document().isOpen())
            page->document().discard();
    event->accept();
}

}
