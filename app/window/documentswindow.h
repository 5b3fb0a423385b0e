// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/documentpage.h"

#include <QWidget>

class QAction;
class QStackedWidget;

namespace app {

class DocumentTabs;

/// The window: a tab for each open document, and the menus, panels and history of the one that is shown. With
/// a single document there are no tabs to see.
class DocumentsWindow : public QWidget
{
    Q_OBJECT

public:
    /// The parts outlive it.
    explicit DocumentsWindow(const SharedParts &shared, QWidget *parent = nullptr);
    ~DocumentsWindow() override;

    /// In a tab of its own; a file that is open already is shown.
    void open(const QString &path);
    void openSample(const QString &rung = {});
    void createFromGoProject();
    /// What was open when the program ran last, if that is wanted.
    void reopenDocuments();
    /// What an earlier run could not save, in a dialog.
    void offerRecovered();
    void showError(const base::Error &error);

    [[nodiscard]] DocumentPage &current();
    [[nodiscard]] int count() const { return int(m_pages.size()); }
    [[nodiscard]] QList<DocumentPage *> inOrder() const; ///< of the tabs

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    DocumentPage &addPage();
    /// Does it in the page shown when that is empty, else in a new one, which goes again if nothing came of
    /// it.
    void inFreePage(const std::function<void(DocumentController &)> &work);
    void join(DocumentPage &page);
    void bringUp(DocumentPage &page);
    void shown();
    void refresh(DocumentPage &page);
    void closePage(DocumentPage &page);
    void removePage(DocumentPage &page);
    void closeAll();
    void step(int by);
    void fillWindowMenu(DocumentPage &page);
    void rememberOpen();
    [[nodiscard]] bool mayCloseAll();
    [[nodiscard]] DocumentPage *pageOf(const QString &path) const;
    [[nodiscard]] int tabOf(const DocumentPage &page) const;

    void restore(const journal::Recovered &recovered);

    SharedParts m_shared;
    QStackedWidget *m_menus;
    DocumentTabs *m_tabs;
    QStackedWidget *m_windows;
    QAction *m_next;
    QAction *m_previous;
    QAction *m_closeAll;
    QAction *m_reopens;
    std::vector<std::unique_ptr<DocumentPage>> m_pages;
    bool m_isClosing = false;
    bool m_isStarting = true; ///< what was open last is not to be forgotten yet
};

}
