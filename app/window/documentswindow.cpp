// SPDX-License-Identifier: Apache-2.0
#include "window/documentswindow.h"

#include "window/documenttabs.h"
#include "window/settings.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QAction *makeAction(QWidget *parent, const QString &text, const QList<QKeySequence> &keys = {})
{
    auto *action = new QAction(text, parent);
    action->setShortcuts(keys);
    parent->addAction(action); // the keys work whichever document is shown
    return action;
}

}

DocumentsWindow::DocumentsWindow(const SharedParts &shared, QWidget *parent)
    : QWidget(parent)
    , m_shared(shared)
    , m_menus(new QStackedWidget)
    , m_tabs(new DocumentTabs)
    , m_windows(new QStackedWidget)
    , m_next(makeAction(this, tr("&Next Document"),
                        {QKeySequence(u"Ctrl+Tab"_s), QKeySequence(u"Ctrl+PgDown"_s)}))
    , m_previous(makeAction(this, tr("&Previous Document"),
                            {QKeySequence(u"Ctrl+Shift+Tab"_s), QKeySequence(u"Ctrl+PgUp"_s)}))
    , m_closeAll(makeAction(this, tr("Close &All"), {QKeySequence(u"Ctrl+Shift+W"_s)}))
    , m_reopens(makeAction(this, tr("&Reopen These at the Next Start")))
{
    setObjectName(u"DocumentsWindow"_s);
    setMinimumSize(720, 480);
    const QSize room = screen()->availableSize();
    resize(room.width() * 9 / 10, room.height() * 9 / 10);
    if (room.width() < 1600)
        setWindowState(Qt::WindowMaximized); // until a person chooses otherwise
    restoreGeometry(m_shared.settings.windowGeometry());

    m_menus->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_menus);
    layout->addWidget(m_tabs);
    layout->addWidget(m_windows, 1);

    m_reopens->setCheckable(true);
    m_reopens->setChecked(m_shared.settings.reopensDocuments());
    connect(m_reopens, &QAction::toggled, &m_shared.settings, &Settings::setReopensDocuments);
    connect(m_next, &QAction::triggered, this, [this] { step(1); });
    connect(m_previous, &QAction::triggered, this, [this] { step(-1); });
    connect(m_closeAll, &QAction::triggered, this, &DocumentsWindow::closeAll);
    connect(m_tabs, &QTabBar::currentChanged, this, &DocumentsWindow::shown);
    connect(m_tabs, &QTabBar::tabMoved, this, &DocumentsWindow::rememberOpen);
    connect(m_tabs, &QTabBar::tabCloseRequested, this, [this](int index) { closePage(*inOrder()[index]); });
    addPage();
    shown();
    m_isStarting = false;
}

DocumentsWindow::~DocumentsWindow()
{
    m_tabs->disconnect(this);
}

DocumentPage &DocumentsWindow::addPage()
{
    auto &page = *m_pages.emplace_back(std::make_unique<DocumentPage>(m_shared));
    m_menus->addWidget(page.menuBar());
    m_windows->addWidget(&page.window());
    const int index = m_tabs->addTab(QString());
    m_tabs->setTabData(index, QVariant::fromValue(static_cast<void *>(&page)));
    m_next->setEnabled(count() > 1);
    m_previous->setEnabled(count() > 1);
    join(page);
    refresh(page);
    return page;
}

void DocumentsWindow::join(DocumentPage &page)
{
    auto &window = page.window();
    auto *document = &page.document();
    connect(&window, &MainWindow::openRequested, this, &DocumentsWindow::open);
    connect(&window, &MainWindow::newRequested, this, &DocumentsWindow::createFromGoProject);
    connect(&window, &MainWindow::sampleRequested, this, &DocumentsWindow::openSample);
    document->setIsOpenElsewhere([this, &page](const QString &path) {
        const auto *other = pageOf(path);
        return other != nullptr && other != &page;
    });
    connect(document, &DocumentController::titleChanged, this, [this, &page] {
        refresh(page);
        rememberOpen();
    });
    connect(document, &DocumentController::failed, this, [this, &page](const base::Error &error) {
        // It is about to go with its words.
        if (!page.document().isOpen() && &page != &current())
            showError(error);
    });
    // Later: it is its own menu that asks for it.
    connect(document, &DocumentController::closed, this, [this, &page] {
        if (!m_isClosing)
            QMetaObject::invokeMethod(
                &page.window(), [this, &page] { removePage(page); }, Qt::QueuedConnection);
    });
    const auto refreshThis = [this, &page] { refresh(page); };
    connect(&page.build(), &BuildController::started, this, refreshThis);
    connect(&page.build(), &BuildController::finished, this, refreshThis);
    connect(&page.build(), &BuildController::failed, this, refreshThis);
    connect(window.windowMenu(), &QMenu::aboutToShow, this, [this, &page] { fillWindowMenu(page); });
}

DocumentPage &DocumentsWindow::current()
{
    return *static_cast<DocumentPage *>(m_tabs->tabData(m_tabs->currentIndex()).value<void *>());
}

QList<DocumentPage *> DocumentsWindow::inOrder() const
{
    QList<DocumentPage *> pages;
    for (int i = 0; i < m_tabs->count(); ++i)
        pages.append(static_cast<DocumentPage *>(m_tabs->tabData(i).value<void *>()));
    return pages;
}

int DocumentsWindow::tabOf(const DocumentPage &page) const
{
    return int(inOrder().indexOf(&page));
}

DocumentPage *DocumentsWindow::pageOf(const QString &path) const
{
    const QString wanted = QFileInfo(path).canonicalFilePath();
    for (auto *page : inOrder()) {
        const QString file = page->document().file().path();
        if (page->document().isOpen() && !file.isEmpty() &&
            (file == path || (!wanted.isEmpty() && QFileInfo(file).canonicalFilePath() == wanted)))
            return page;
    }
    return nullptr;
}

void DocumentsWindow::inFreePage(const std::function<void(DocumentController &)> &work)
{
    auto &before = current();
    auto &page = before.document().isOpen() ? addPage() : before;
    work(page.document());
    if (page.document().isOpen())
        bringUp(page);
    else if (&page != &before)
        removePage(page);
}

void DocumentsWindow::open(const QString &path)
{
    const QFileInfo info(path);
    const QString file = info.isDir() ? info.filePath() + u"/Dockerfile"_s : path;
    if (auto *page = pageOf(file))
        bringUp(*page);
    else
        inFreePage([&](DocumentController &document) { document.open(path); });
}

void DocumentsWindow::openSample(const QString &rung)
{
    inFreePage([&](DocumentController &document) { document.openSample(rung); });
}

void DocumentsWindow::createFromGoProject()
{
    inFreePage([](DocumentController &document) { document.createFromGoProject(); });
}

void DocumentsWindow::reopenDocuments()
{
    if (!m_shared.settings.reopensDocuments())
        return;
    const QString last = m_shared.settings.currentDocument();
    m_isStarting = true;
    for (const auto &path : m_shared.settings.openDocuments())
        if (QFileInfo(path).isFile())
            open(path);
    if (auto *page = pageOf(last))
        bringUp(*page);
    m_isStarting = false;
    rememberOpen();
}

void DocumentsWindow::showError(const base::Error &error)
{
    current().window().showError(error);
}

void DocumentsWindow::bringUp(DocumentPage &page)
{
    m_tabs->setCurrentIndex(tabOf(page));
}

// Another tab: its menus, its panels, and the keyboard where it was in it.
void DocumentsWindow::shown()
{
    if (m_tabs->currentIndex() < 0 || !m_tabs->tabData(m_tabs->currentIndex()).isValid())
        return;
    auto &page = current();
    m_menus->setCurrentWidget(page.menuBar());
    m_windows->setCurrentWidget(&page.window());
    if (auto *widget = page.window().focusWidget())
        widget->setFocus(Qt::TabFocusReason);
    refresh(page);
    rememberOpen();
}

void DocumentsWindow::refresh(DocumentPage &page)
{
    auto &document = page.document();
    const QString path = document.file().path();
    m_tabs->setWords(tabOf(page), {.text = page.tabText(),
                                   .place = path.isEmpty() ? document.file().folder() : path,
                                   .isModified = document.isModified(),
                                   .isBuilding = page.build().isRunning()});
    if (&page != &current())
        return;
    setWindowTitle(document.isOpen() ? document.file().name() + u"[*]"_s : QString());
    setWindowModified(document.isModified());
    setWindowFilePath(path);
}

void DocumentsWindow::step(int by)
{
    const int count = m_tabs->count();
    m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + count) % count);
}

void DocumentsWindow::fillWindowMenu(DocumentPage &page)
{
    auto *menu = page.window().windowMenu();
    menu->clear();
    menu->addActions({m_next, m_previous, m_closeAll});
    menu->addSeparator();
    menu->addAction(m_reopens);
    menu->addSeparator();
    auto *group = new QActionGroup(menu->actions().constLast()); // goes with the next filling
    for (auto *other : inOrder()) {
        auto *action = menu->addAction(other->tabText(), this, [this, other] { bringUp(*other); });
        action->setCheckable(true);
        group->addAction(action);
        action->setChecked(other == &page);
    }
}

void DocumentsWindow::rememberOpen()
{
    if (m_isClosing || m_isStarting)
        return;
    QStringList paths;
    for (auto *page : inOrder())
        if (page->document().isOpen() && !page->document().file().path().isEmpty())
            paths.append(page->document().file().path());
    m_shared.settings.setOpenDocuments(paths, current().document().file().path());
}

}
