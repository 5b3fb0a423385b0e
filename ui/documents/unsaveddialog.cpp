// SPDX-License-Identifier: Apache-2.0
#include "documents/unsaveddialog.h"

#include "theme/theme.h"
#include "widgets/labels.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

UnsavedDialog::UnsavedDialog(const std::vector<UnsavedDocument> &documents, QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
{
    setWindowTitle(tr("Unsaved changes"));
    const int count = int(documents.size());
    auto *headline = new QLabel(count == 1 ? tr("Save the changes of %1?").arg(documents.front().name)
                                           : tr("Save the changes of these %1 documents?").arg(count));
    headline->setFont(sectionFont(font()));
    headline->setWordWrap(true);
    m_list->setAccessibleName(tr("Documents with unsaved changes"));
    for (const auto &document : documents) {
        auto *item = new QListWidgetItem(document.name, m_list);
        item->setToolTip(document.place);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
    }
    m_list->setCurrentRow(0);
    const int rows = std::clamp(count, 2, 8);
    m_list->setFixedHeight(rows * (m_list->sizeHintForRow(0) + 1) + space::s);
    m_list->setVisible(count > 1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    auto *discard = buttons->addButton(tr("&Discard All"), QDialogButtonBox::DestructiveRole);
    if (count == 1)
        discard->setText(tr("&Discard"));
    m_save->setDefault(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(headline);
    layout->addWidget(m_list);
    layout->addWidget(new QuietLabel(
        count == 1 ? tr("What is not saved is lost.") : tr("What is not chosen and saved is lost."), this));
    layout->addWidget(buttons);
    setMinimumWidth(440);

    connect(m_list, &QListWidget::itemChanged, this, &UnsavedDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(discard, &QPushButton::clicked, this, [this] {
        m_savesNone = true;
        accept();
    });
    refresh();
    m_save->setFocus();
}

QList<int> UnsavedDialog::toSave() const
{
    QList<int> chosen;
    for (int i = 0; i < m_list->count() && !m_savesNone; ++i)
        if (m_list->item(i)->checkState() == Qt::Checked)
            chosen.append(i);
    return chosen;
}

void UnsavedDialog::refresh()
{
    const auto chosen = toSave().size();
    if (m_list->count() == 1)
        m_save->setText(tr("&Save"));
    else if (chosen == m_list->count())
        m_save->setText(tr("&Save All"));
    else
        m_save->setText(tr("&Save %1 of %2").arg(chosen).arg(m_list->count()));
    m_save->setEnabled(chosen > 0);
}

}
