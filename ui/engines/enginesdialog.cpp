// SPDX-License-Identifier: Apache-2.0
#include "engines/enginesdialog.h"

#include "engines/addressfield.h"
#include "engines/enginedelegate.h"
#include "engines/enginedetails.h"
#include "engines/enginelistmodel.h"
#include "theme/theme.h"
#include "widgets/noticebar.h"

#include <QDialogButtonBox>
#include <QListView>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

EnginesDialog::EnginesDialog(QWidget *parent)
    : QDialog(parent)
    , m_model(new EngineListModel(this))
    , m_view(new QListView)
    , m_details(new EngineDetails)
    , m_address(new AddressField)
    , m_notice(new NoticeBar)
{
    setObjectName(u"engines"_s);
    setWindowTitle(tr("Engines"));
    resize(1000, 680);
    auto *details = new QWidget;
    auto *around = new QVBoxLayout(details);
    around->setContentsMargins(space::l, 0, 0, 0);
    around->addWidget(m_details);
    auto *halves = new QSplitter;
    halves->setChildrenCollapsible(false);
    halves->addWidget(makeList());
    halves->addWidget(details);
    halves->setStretchFactor(1, 1);
    halves->setSizes({360, 640});

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(m_notice);
    layout->addWidget(halves, 1);
    layout->addWidget(makeButtons());

    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &EnginesDialog::showCurrent);
    connect(m_view, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const auto *entry = m_model->entry(index); entry && !entry->isUsed)
            Q_EMIT useRequested(entry->place.id);
    });
    connect(m_details, &EngineDetails::testRequested, this, &EnginesDialog::testRequested);
    connect(m_details, &EngineDetails::useRequested, this, &EnginesDialog::useRequested);
    connect(m_details, &EngineDetails::removeRequested, this, &EnginesDialog::removeRequested);
    connect(m_address, &AddressField::addRequested, this, [this](const QString &url) {
        m_wanted = url;
        Q_EMIT addRequested(url);
    });
    m_view->setFocus();
}

QWidget *EnginesDialog::makeList()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new EngineDelegate(m_view));
    m_view->setMouseTracking(true);
    m_view->setAccessibleName(tr("Engines and builders"));
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *box = new QWidget;
    box->setMinimumWidth(280);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_address);
    return box;
}

QWidget *EnginesDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *all = buttons->addButton(tr("Test &All"), QDialogButtonBox::ActionRole);
    auto *again = buttons->addButton(tr("&Look Again"), QDialogButtonBox::ActionRole);
    m_usual = buttons->addButton(tr("Choose by It&self"), QDialogButtonBox::ResetRole);
    m_usual->setToolTip(
        tr("Forget the choice: DOCKER_HOST, the docker context, else the first that answers."));
    all->setToolTip(tr("Ask every place of the list but those without a socket."));
    again->setToolTip(tr("Read contexts, builders and sockets again."));
    for (auto *button : buttons->buttons())
        static_cast<QPushButton *>(button)->setAutoDefault(false);
    connect(all, &QAbstractButton::clicked, this, &EnginesDialog::testAllRequested);
    connect(again, &QAbstractButton::clicked, this, &EnginesDialog::lookAgainRequested);
    connect(m_usual, &QAbstractButton::clicked, this, &EnginesDialog::useUsualRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void EnginesDialog::setEntries(std::vector<EngineEntry> entries)
{
    const auto *before = m_model->entry(m_view->currentIndex());
    QString current = before ? before->place.id : QString();
    QStringList urls;
    QString used;
    for (const auto &entry : entries) {
        urls.append(entry.place.address);
        if (entry.isUsed && used.isEmpty())
            used = entry.place.id;
    }
    m_model->setEntries(std::move(entries));
    m_address->setKnown(urls);
    if (!m_wanted.isEmpty() && m_model->indexOf(m_wanted).isValid())
        current = std::exchange(m_wanted, {});
    QModelIndex index = m_model->indexOf(current);
    if (!index.isValid())
        index = m_model->indexOf(used);
    if (!index.isValid() && m_model->rowCount() > 1)
        index = m_model->index(1); // below the first caption
    m_view->setCurrentIndex(index);
    showCurrent();
}

void EnginesDialog::select(const QString &id)
{
    if (const auto index = m_model->indexOf(id); index.isValid())
        m_view->setCurrentIndex(index);
}

void EnginesDialog::showCurrent()
{
    const auto *entry = m_model->entry(m_view->currentIndex());
    m_details->setVisible(entry != nullptr);
    if (!entry)
        return;
    std::vector<EngineEntry> siblings;
    for (const auto &other : m_model->entries()) {
        if (!entry->place.builder.isEmpty() && other.place.builder == entry->place.builder)
            siblings.push_back(other);
    }
    m_details->show(*entry, siblings);
}

void EnginesDialog::showMissing(const base::Error &error)
{
    if (std::exchange(m_missing, error.text()) != m_missing)
        m_notice->showError(error);
}

void EnginesDialog::showFound()
{
    if (!std::exchange(m_missing, {}).isEmpty())
        m_notice->dismiss();
}

void EnginesDialog::showError(const base::Error &error)
{
    m_notice->showError(error);
}

void EnginesDialog::showDone(const QString &sentence)
{
    m_notice->showMessage(NoticeBar::Kind::Success, sentence);
}

void EnginesDialog::setChosen(bool isChosen)
{
    m_usual->setEnabled(isChosen);
}

}
