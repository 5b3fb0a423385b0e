// SPDX-License-Identifier: Apache-2.0
#include "commands/connectdialog.h"

#include "theme/metrics.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

ConnectDialog::ConnectDialog(const QString &from, const QString &to, const QStringList &producedPaths,
                             QWidget *parent)
    : QDialog(parent)
    , m_source(new QComboBox)
    , m_destination(new QLineEdit)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
{
    setWindowTitle(tr("Copy from %1 to %2").arg(from, to));
    setMinimumWidth(440);
    m_source->setEditable(true);
    m_source->setCompleter(nullptr); // it would take the first Return for itself
    m_source->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_source->addItems(producedPaths);
    m_source->lineEdit()->setPlaceholderText(tr("/app/hello"));
    m_source->setAccessibleName(tr("Path in %1").arg(from));
    m_destination->setObjectName(u"destination"_s);
    m_destination->setAccessibleName(tr("Path in %1").arg(to));
    m_destination->setPlaceholderText(tr("/usr/local/bin/"));
    auto *hint = new QLabel(tr("Adds a line COPY --from=%1 to the stage %2.").arg(from, to));
    hint->setWordWrap(true);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Copy"));

    auto *form = new QFormLayout(this);
    form->setContentsMargins(space::l, space::l, space::l, space::l);
    form->setVerticalSpacing(space::m);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(hint);
    form->addRow(tr("From path in %1:").arg(from), m_source);
    form->addRow(tr("To path in %1:").arg(to), m_destination);
    form->addRow(m_buttons);

    connect(m_source, &QComboBox::currentTextChanged, this, &ConnectDialog::suggestDestination);
    connect(m_destination, &QLineEdit::textChanged, this, &ConnectDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    suggestDestination();
    m_source->setFocus();
}

QString ConnectDialog::source() const
{
    return m_source->currentText().trimmed();
}

QString ConnectDialog::destination() const
{
    return m_destination->text().trimmed();
}

/// The same path again, which is what most Dockerfiles do.
void ConnectDialog::suggestDestination()
{
    if (m_destination->text() == m_suggested) {
        m_suggested = source();
        m_destination->setText(m_suggested);
    }
    check();
}

void ConnectDialog::check()
{
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!source().isEmpty() && !destination().isEmpty());
}

}
