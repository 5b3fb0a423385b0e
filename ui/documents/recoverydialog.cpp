// SPDX-License-Identifier: Apache-2.0
#include "documents/recoverydialog.h"

#include "documents/diffview.h"
#include "theme/theme.h"
#include "widgets/labels.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

enum Column { NameColumn, WhenColumn, DifferenceColumn, PlaceColumn };
constexpr int IndexRole = Qt::UserRole;

}

RecoveryDialog::RecoveryDialog(std::vector<RecoveredDocument> documents, QWidget *parent)
    : QDialog(parent)
    , m_documents(std::move(documents))
    , m_difference(new DiffView(this))
{
    setWindowTitle(tr("Unsaved text was found"));
    auto *headline = new QLabel(tr("Stageloom ended before these changes were saved."));
    headline->setFont(sectionFont(font()));
    m_difference->setTitles(tr("On disk"), tr("Unsaved text"));
    m_difference->setMinimumHeight(180);
    m_difference->hide();

    auto *buttons = new QDialogButtonBox(this);
    m_discard = buttons->addButton(tr("&Discard"), QDialogButtonBox::DestructiveRole);
    m_compare = buttons->addButton(tr("&Compare"), QDialogButtonBox::ActionRole);
    m_restore = buttons->addButton(tr("&Restore"), QDialogButtonBox::AcceptRole);
    auto *later = buttons->addButton(tr("&Later"), QDialogButtonBox::RejectRole);
    later->setToolTip(tr("They are offered again at the next start"));
    m_compare->setCheckable(true);
    for (auto *button : {m_compare, m_discard, later})
        button->setAutoDefault(false);
    m_restore->setDefault(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(headline);
    layout->addWidget(makeList());
    layout->addWidget(m_difference, 1);
    layout->addWidget(new QuietLabel(
        tr("Restored text is one step of the undo history: the file's own text is behind it."), this));
    layout->addWidget(buttons);
    resize(QSize(760, sizeHint().height()).boundedTo(screen()->availableSize()));

    connect(m_restore, &QPushButton::clicked, this, [this] { Q_EMIT restoreRequested(takeChosen()); });
    connect(m_discard, &QPushButton::clicked, this, [this] { Q_EMIT discardRequested(takeChosen()); });
    connect(m_compare, &QPushButton::toggled, this, &RecoveryDialog::showDifference);
    connect(later, &QPushButton::clicked, this, &QDialog::reject);
    refresh();
    m_restore->setFocus();
}

QWidget *RecoveryDialog::makeList()
{
    m_list = new QTreeWidget(this);
    m_list->setAccessibleName(tr("Documents with unsaved text"));
    m_list->setHeaderLabels({tr("Document"), tr("Last changed"), tr("Difference"), tr("Place")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    for (int i = 0; i < int(m_documents.size()); ++i) {
        const auto &document = m_documents[size_t(i)];
        auto *item =
            new QTreeWidgetItem(m_list, {document.name, document.when, document.difference, document.place});
        item->setData(NameColumn, IndexRole, i);
        item->setCheckState(NameColumn, Qt::Checked);
        item->setToolTip(PlaceColumn, document.place);
    }
    for (const int column : {NameColumn, WhenColumn, DifferenceColumn})
        m_list->resizeColumnToContents(column);
    m_list->header()->setStretchLastSection(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setCurrentItem(m_list->topLevelItem(0));
    const int rows = std::clamp(int(m_documents.size()), 2, 6);
    m_list->setFixedHeight(m_list->header()->sizeHint().height() + rows * m_list->sizeHintForRow(0) +
                           space::s);
    connect(m_list, &QTreeWidget::itemChanged, this, &RecoveryDialog::refresh);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &RecoveryDialog::showDifference);
    return m_list;
}

QList<int> RecoveryDialog::chosen() const
{
    QList<int> documents;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row)
        if (m_list->topLevelItem(row)->checkState(NameColumn) == Qt::Checked)
            documents.append(m_list->topLevelItem(row)->data(NameColumn, IndexRole).toInt());
    return documents;
}

QList<int> RecoveryDialog::takeChosen()
{
    const auto documents = chosen();
    for (int row = m_list->topLevelItemCount() - 1; row >= 0; --row)
        if (m_list->topLevelItem(row)->checkState(NameColumn) == Qt::Checked)
            delete m_list->takeTopLevelItem(row);
    if (m_list->topLevelItemCount() == 0)
        accept();
    refresh();
    return documents;
}

void RecoveryDialog::refresh()
{
    const auto count = chosen().size();
    const int all = m_list->topLevelItemCount();
    const bool isPart = count != all;
    m_restore->setText(isPart    ? tr("&Restore %1 of %2").arg(count).arg(all)
                       : all > 1 ? tr("&Restore All")
                                 : tr("&Restore"));
    m_discard->setText(isPart    ? tr("&Discard %1 of %2").arg(count).arg(all)
                       : all > 1 ? tr("&Discard All")
                                 : tr("&Discard"));
    m_restore->setEnabled(count > 0);
    m_discard->setEnabled(count > 0);
}

void RecoveryDialog::showDifference()
{
    const auto *item = m_list->currentItem();
    const bool isWanted = m_compare->isChecked() && item;
    if (isWanted) {
        const auto &document = m_documents[size_t(item->data(NameColumn, IndexRole).toInt())];
        m_difference->setTexts(document.onDisk, document.text);
    }
    if (isWanted == !m_difference->isHidden())
        return;
    m_difference->setVisible(isWanted);
    const QRect room = screen()->availableGeometry().adjusted(space::m, space::xl, -space::m, -space::xl);
    const QSize wanted(isWanted ? std::max(width(), 960) : width(), isWanted ? 620 : sizeHint().height());
    QRect place(pos(), wanted.boundedTo(room.size()));
    place.moveCenter(geometry().center());
    place.moveLeft(std::clamp(place.left(), room.left(), room.right() - place.width() + 1));
    place.moveTop(std::clamp(place.top(), room.top(), room.bottom() - place.height() + 1));
    setGeometry(place);
}

}
