// SPDX-License-Identifier: Apache-2.0
#include "commands/connectdialog.h"

#include "theme/metrics.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

using namespace Qt::StringLiterals;

namespace ui {

ConnectDialog::ConnectDialog(const ConnectOffer &offer, QWidget *parent)
    : QDialog(parent)
    , m_offer(offer)
    , m_form(new QFormLayout(this))
    , m_copy(addWay(m_form, tr("&Copy files into it (COPY --from)"), offer.whyNoCopy))
    , m_mount(addWay(m_form, tr("&Mount files while a RUN runs (RUN --mount)"), offer.whyNoMount))
    , m_base(addWay(m_form, tr("&Start from it (FROM)"), offer.whyNoBase))
    , m_run(new QComboBox)
    , m_source(new QComboBox)
    , m_destination(new QLineEdit)
    , m_hint(new QLabel)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
{
    setWindowTitle(tr("Connect %1 to %2").arg(offer.from, offer.to));
    setMinimumWidth(460);
    m_source->setEditable(true);
    m_source->setCompleter(nullptr); // it would take the first Return for itself
    m_source->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_source->addItems(offer.producedPaths);
    m_source->setAccessibleName(tr("Path in %1").arg(offer.from));
    m_destination->setObjectName(u"destination"_s);
    m_destination->setAccessibleName(tr("Path in %1").arg(offer.to));
    m_run->setObjectName(u"run"_s);
    m_run->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_run->setAccessibleName(tr("RUN of %1 that sees the files").arg(offer.to));
    for (const auto &run : offer.runs)
        m_run->addItem(run.words, run.line);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);

    m_form->setContentsMargins(space::l, space::l, space::l, space::l);
    m_form->setVerticalSpacing(space::s);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("In the RUN:"), m_run);
    m_form->addRow(tr("Path in %1:").arg(offer.from), m_source);
    m_form->addRow(tr("Path in %1:").arg(offer.to), m_destination);
    m_form->addRow(m_hint);
    m_form->addRow(m_buttons);

    for (QRadioButton *way : {m_copy, m_mount, m_base})
        connect(way, &QRadioButton::toggled, this, &ConnectDialog::showWay);
    connect(m_source, &QComboBox::currentTextChanged, this, &ConnectDialog::suggestDestination);
    connect(m_destination, &QLineEdit::textChanged, this, &ConnectDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QRadioButton *way : {m_copy, m_mount, m_base}) {
        if (way->isEnabled()) {
            way->setChecked(true);
            break;
        }
    }
    suggestDestination();
    showWay();
    if (this->way() == ConnectWay::Base)
        m_base->setFocus();
    else
        m_source->setFocus();
}

QRadioButton *ConnectDialog::addWay(QFormLayout *form, const QString &text, const QString &whyNot)
{
    auto *way = new QRadioButton(text, this);
    way->setEnabled(whyNot.isEmpty());
    form->addRow(way);
    if (!whyNot.isEmpty()) {
        way->setAccessibleDescription(whyNot);
        auto *reason = new QLabel(whyNot, this);
        reason->setWordWrap(true);
        reason->setFont(smallFont(font()));
        reason->setForegroundRole(QPalette::PlaceholderText);
        reason->setIndent(space::xl);
        form->addRow(reason);
    }
    return way;
}

ConnectWay ConnectDialog::way() const
{
    return m_base->isChecked()    ? ConnectWay::Base
           : m_mount->isChecked() ? ConnectWay::Mount
                                  : ConnectWay::Copy;
}

QString ConnectDialog::source() const
{
    return m_source->currentText().trimmed();
}

QString ConnectDialog::destination() const
{
    return m_destination->text().trimmed();
}

int ConnectDialog::run() const
{
    return m_run->currentData().toInt();
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

void ConnectDialog::showWay()
{
    const ConnectWay now = way();
    m_form->setRowVisible(m_run, now == ConnectWay::Mount);
    m_form->setRowVisible(m_source, now != ConnectWay::Base);
    m_form->setRowVisible(m_destination, now != ConnectWay::Base);
    const bool isMount = now == ConnectWay::Mount;
    m_source->lineEdit()->setPlaceholderText(isMount ? tr("everything") : tr("/app/hello"));
    m_destination->setPlaceholderText(isMount ? tr("/mnt") : tr("/usr/local/bin/"));
    QString hint;
    switch (now) {
    case ConnectWay::Copy:
        hint = tr("Adds a line COPY --from=%1 to the stage %2.").arg(m_offer.from, m_offer.to);
        break;
    case ConnectWay::Mount:
        hint = tr("The files are there while the RUN runs; nothing of them stays in the image.");
        break;
    case ConnectWay::Base:
        hint = tr("%2 begins with all that %1 holds, instead of its base now.").arg(m_offer.from, m_offer.to);
        break;
    }
    m_hint->setText(hint);
    m_buttons->button(QDialogButtonBox::Ok)
        ->setText(now == ConnectWay::Copy    ? tr("Copy")
                  : now == ConnectWay::Mount ? tr("Mount")
                                             : tr("Change base"));
    check();
    adjustSize();
}

void ConnectDialog::check()
{
    const ConnectWay now = way();
    const bool isComplete = now == ConnectWay::Base ||
                            (!destination().isEmpty() && (now == ConnectWay::Mount || !source().isEmpty()));
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(isComplete);
}

}
