// SPDX-License-Identifier: Apache-2.0
#include "queue/variantspanel.h"

#include "bake/bakefile.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"

#include <QAction>
#include <QHeaderView>
#include <QInputDialog>
#include <QMessageBox>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolBar>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

using State = Variant::State;

namespace {

constexpr int narrowest = 290;  // name, state, time and size
constexpr int wideEnough = 440; // for what a variant changes, too; else it is in the tooltip

}

VariantsPanel::VariantsPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new VariantsModel(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(u"target"_s, tr("No variants yet"),
                             tr("A docker-bake.json beside the Dockerfile names other ways to build it: "
                                "targets, platforms, arguments. The build options can be kept as the first."),
                             this))
    , m_notice(new NoticeBar(this))
    , m_files(new QuietLabel)
    , m_view(new QTreeView)
    , m_logs(new QStackedWidget)
    , m_noLog(new EmptyState(u"log"_s, tr("No build of this variant yet"),
                             tr("Its log and its timeline appear here."), this))
    , m_limit(new QSpinBox)
{
    makeView();
    m_logs->addWidget(m_noLog);
    auto *split = new QSplitter(this);
    split->addWidget(m_view);
    split->addWidget(m_logs);
    split->setChildrenCollapsible(false);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({300, 260});
    m_view->setMinimumWidth(narrowest);
    m_view->installEventFilter(this);
    auto *page = new QWidget(this);
    auto *inner = new QVBoxLayout(page);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    inner->addWidget(makeToolBar());
    inner->addWidget(split, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    m_empty->setActionText(tr("Keep the build options as a variant…"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);

    m_tick.setInterval(200ms);
    connect(&m_tick, &QTimer::timeout, m_model, &VariantsModel::tick);
    connect(m_empty, &EmptyState::actionRequested, this, &VariantsPanel::askToSave);
    connect(m_notice, &NoticeBar::actionTriggered, this, &VariantsPanel::fileRequested);
    refresh();
}

void VariantsPanel::makeView()
{
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Variants"));
    m_view->setIconSize({iconsize::small, iconsize::small});
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(VariantsModel::ChangesColumn, QHeaderView::Stretch);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &VariantsPanel::refresh);
    connect(m_model, &VariantsModel::modelReset, this, &VariantsPanel::refresh);
    connect(m_model, &VariantsModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &) {
                if (first.column() == VariantsModel::NameColumn) // not the time that goes on
                    refresh();
            });
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const Variant *variant = m_model->variant(index))
            Q_EMIT buildRequested({variant->name});
    });
}

QAction *VariantsPanel::add(QToolBar *bar, const QString &iconName, const QString &text,
                            const QString &toolTip)
{
    auto *action = bar->addAction(icon(iconName), text);
    action->setToolTip(toolTip);
    return action;
}

QToolBar *VariantsPanel::makeToolBar()
{
    auto *bar = new QToolBar;
    bar->setIconSize({iconsize::small, iconsize::small});
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_build = add(bar, u"build"_s, tr("Build"), tr("Build the selected variants"));
    m_buildAll = add(bar, u"layers"_s, tr("Build all"), tr("Build every variant of the file"));
    m_cancel = add(bar, u"stop"_s, tr("Cancel"), tr("Cancel the builds of the selected variants"));
    m_cancelAll = add(bar, u"stop"_s, tr("Cancel all"), tr("Cancel all builds of variants"));
    auto *atOnce = new QLabel(tr("At once:"));
    atOnce->setContentsMargins(space::s, 0, space::xs, 0);
    m_limit->setRange(1, 16);
    m_limit->setValue(2);
    m_limit->setMinimumWidth(60);
    m_limit->setAccessibleName(tr("Builds at once"));
    bar->addWidget(atOnce);
    bar->addWidget(m_limit);
    bar->addSeparator();
    m_compare = add(bar, u"compare"_s, tr("Compare sizes"), tr("Chart the images that were built here"));
    bar->addSeparator();
    auto *save = add(bar, u"save"_s, tr("Keep options…"), tr("Keep the build options as a variant"));
    m_rename = add(bar, u"rename"_s, tr("Rename…"), tr("Give the selected variant another name"));
    m_remove = add(bar, u"delete"_s, tr("Delete…"), tr("Take the selected variant out of the file"));
    m_files->setContentsMargins(space::s, 0, space::s, 0);
    bar->addWidget(m_files);
    connect(m_build, &QAction::triggered, this, [this] { Q_EMIT buildRequested(selectedNames()); });
    connect(m_buildAll, &QAction::triggered, this, [this] {
        QStringList names;
        for (const auto &variant : m_model->variants()) {
            if (!variant.isGroup)
                names.append(variant.name);
        }
        Q_EMIT buildRequested(names);
    });
    connect(m_cancel, &QAction::triggered, this, [this] { Q_EMIT cancelRequested(selectedNames()); });
    connect(m_cancelAll, &QAction::triggered, this, [this] { Q_EMIT cancelRequested({}); });
    connect(m_limit, &QSpinBox::valueChanged, this, &VariantsPanel::limitChanged);
    connect(m_compare, &QAction::triggered, this, &VariantsPanel::compareRequested);
    connect(save, &QAction::triggered, this, &VariantsPanel::askToSave);
    connect(m_rename, &QAction::triggered, this, &VariantsPanel::askToRename);
    connect(m_remove, &QAction::triggered, this, &VariantsPanel::askToRemove);
    return bar;
}

void VariantsPanel::showVariants(const std::vector<Variant> &variants, const QStringList &files)
{
    const QStringList selected = selectedNames();
    m_model->setVariants(variants);
    m_files->setText(files.join(u", "_s));
    m_pages->setCurrentIndex(variants.empty() ? 0 : 1);
    if (selected != selectedNames()) {
        for (const auto &name : selected)
            m_view->selectionModel()->select(m_model->indexOf(name),
                                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    refresh();
}

void VariantsPanel::showError(const base::Error &error)
{
    m_notice->showError(error);
    m_notice->addAction(u"file"_s, tr("Open the file"));
}

void VariantsPanel::clearError()
{
    m_notice->dismiss();
}

QString VariantsPanel::errorText() const
{
    return m_notice->isHidden() ? QString() : m_notice->message();
}

void VariantsPanel::setLog(const QString &name, QWidget *log)
{
    delete m_logsByName.take(name);
    m_logsByName.insert(name, log);
    m_logs->addWidget(log);
    refresh();
}

QWidget *VariantsPanel::logOf(const QString &name) const
{
    return m_logsByName.value(name);
}

void VariantsPanel::forgetLogs()
{
    qDeleteAll(std::exchange(m_logsByName, {}));
    refresh();
}

void VariantsPanel::selectIfNone(const QString &name)
{
    if (selectedNames().isEmpty())
        m_view->setCurrentIndex(m_model->indexOf(name));
}

QStringList VariantsPanel::selectedNames() const
{
    QStringList names;
    for (const auto &index : m_view->selectionModel()->selectedRows())
        names.append(m_model->variant(index)->name);
    return names;
}

bool VariantsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::Resize) {
        const bool isNarrow = m_view->width() < wideEnough;
        m_view->setColumnHidden(VariantsModel::ChangesColumn, isNarrow);
        m_view->header()->setSectionResizeMode(
            VariantsModel::NameColumn, isNarrow ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    }
    return QWidget::eventFilter(watched, event);
}

void VariantsPanel::refresh()
{
    if (!m_remove)
        return; // still being made
    const auto &variants = m_model->variants();
    const auto isActive = [](const Variant &one) {
        return one.state == State::Running || one.state == State::Waiting;
    };
    const auto selected = m_view->selectionModel()->selectedRows();
    const Variant *only = selected.size() == 1 ? m_model->variant(selected.front()) : nullptr;
    const bool anyRuns = std::ranges::any_of(variants, isActive);
    m_build->setEnabled(!selected.isEmpty());
    m_buildAll->setEnabled(!variants.empty());
    m_cancel->setEnabled(std::ranges::any_of(selected, [&](const QModelIndex &index) {
        const Variant *one = m_model->variant(index);
        return isActive(*one) || (one->isGroup && anyRuns);
    }));
    m_cancelAll->setEnabled(anyRuns);
    m_compare->setEnabled(
        std::ranges::count_if(variants, [](const Variant &one) { return one.sizeBytes > 0; }) > 0);
    m_rename->setEnabled(only && only->isEditable && !isActive(*only));
    m_remove->setEnabled(only && only->isEditable && !isActive(*only));
    if (selected.size() > 1)
        m_noLog->setTexts(tr("Several variants are selected"), tr("Select one to see its log and timeline."));
    else
        m_noLog->setTexts(tr("No build of this variant yet"), tr("Its log and its timeline appear here."));
    QWidget *log = only ? m_logsByName.value(only->name) : nullptr;
    m_logs->setCurrentWidget(log ? log : m_noLog);
    m_logs->setVisible(!m_logsByName.isEmpty()); // the list has all the room until something was built
    anyRuns ? m_tick.start() : m_tick.stop();
}

void VariantsPanel::askForName(const QString &title, const QString &proposal,
                               const std::function<void(const QString &)> &chosen)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(tr("Name (letters, digits, - and _):"));
    dialog->setTextValue(proposal);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, chosen](const QString &text) {
        const QString name = text.trimmed();
        if (!bake::isTargetName(name))
            m_notice->showMessage(NoticeBar::Kind::Warning, tr("\"%1\" is no name for a variant.").arg(name),
                                  tr("Letters, digits, - and _ can stand in it."));
        else
            chosen(name);
    });
    dialog->open();
}

void VariantsPanel::askToSave()
{
    askForName(tr("Keep the build options as a variant"), tr("variant"), [this](const QString &name) {
        if (!m_model->indexOf(name).isValid()) {
            Q_EMIT saveRequested(name);
            return;
        }
        const auto answer = QMessageBox::question(
            this, tr("Replace %1?").arg(name),
            tr("There is a variant of that name. Let it say what the build options say now?"),
            QMessageBox::Save | QMessageBox::Cancel);
        if (answer == QMessageBox::Save)
            Q_EMIT saveRequested(name);
    });
}

void VariantsPanel::askToRename()
{
    const QString before = selectedNames().value(0);
    askForName(tr("Rename %1").arg(before), before, [this, before](const QString &name) {
        if (name == before)
            return;
        if (m_model->indexOf(name).isValid())
            m_notice->showMessage(NoticeBar::Kind::Warning, tr("There is a variant %1 already.").arg(name));
        else
            Q_EMIT renameRequested(before, name);
    });
}

void VariantsPanel::askToRemove()
{
    const QString name = selectedNames().value(0);
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete %1?").arg(name),
                                tr("Take the variant %1 out of docker-bake.json?").arg(name),
                                QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    connect(remove, &QAbstractButton::clicked, this, [this, name] { Q_EMIT removeRequested(name); });
    box->open();
}

}
