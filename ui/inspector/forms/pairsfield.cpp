// SPDX-License-Identifier: Apache-2.0
#include "inspector/forms/pairsfield.h"

#include "theme/theme.h"

#include <QHeaderView>
#include <QShortcut>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

PairsField::PairsField(QWidget *parent)
    : FormField(parent)
    , m_table(new QTableWidget(0, 2, this))
    , m_remove(new QToolButton(this))
{
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_remove->setIcon(icon(u"delete"_s));
    m_remove->setToolTip(tr("Remove this pair (Delete)"));
    m_remove->setAccessibleName(tr("Remove this pair"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addWidget(m_table);
    layout->addWidget(m_remove, 0, Qt::AlignRight);
    setFocusProxy(m_table);

    auto *removeKey = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(removeKey, &QShortcut::activated, this, &PairsField::removeCurrent);
    connect(m_remove, &QAbstractButton::clicked, this, &PairsField::removeCurrent);
    connect(m_table, &QTableWidget::cellChanged, this, &PairsField::cellChanged);
    setValue({});
}

QString PairsField::value() const
{
    QStringList pairs;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QString name = m_table->item(row, 0)->text().trimmed();
        const QTableWidgetItem *value = m_table->item(row, 1);
        if (name.isEmpty() && value->text().isEmpty())
            continue;
        // An ARG without a value stays without one until something is typed.
        const bool hasValue = !value->text().isEmpty() || !value->data(Qt::UserRole).toBool();
        pairs += hasValue ? QString(name + u'=' + value->text()) : name;
    }
    return pairs.join(QChar(0x1e));
}

void PairsField::setValue(const QString &value)
{
    m_filling = true;
    m_table->setRowCount(0);
    const QStringList pairs = value.split(QChar(0x1e), Qt::SkipEmptyParts);
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.indexOf(u'=');
        addRow(equals < 0 ? pair : pair.first(equals), equals < 0 ? QString() : pair.sliced(equals + 1));
        m_table->item(m_table->rowCount() - 1, 1)->setData(Qt::UserRole, equals < 0);
    }
    addRow({}, {});
    m_filling = false;
    fitHeight();
}

QWidget *PairsField::buddy()
{
    return m_table;
}

void PairsField::addRow(const QString &name, const QString &value)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, 0, new QTableWidgetItem(name));
    m_table->setItem(row, 1, new QTableWidgetItem(value));
    m_table->item(row, 1)->setData(Qt::UserRole, true); // no value yet
}

void PairsField::cellChanged(int row)
{
    if (m_filling)
        return;
    m_filling = true;
    const bool isNew = row == m_table->rowCount() - 1;
    if (isNew)
        addRow({}, {});
    m_filling = false;
    fitHeight();
    Q_EMIT typed();
    Q_EMIT committed();
}

void PairsField::removeCurrent()
{
    const int row = m_table->currentRow();
    if (row < 0 || row == m_table->rowCount() - 1)
        return;
    m_table->removeRow(row);
    fitHeight();
    Q_EMIT typed();
    Q_EMIT committed();
}

void PairsField::fitHeight()
{
    constexpr int most = 8;
    const int rows = std::min(m_table->rowCount(), most);
    const int rowHeight = m_table->verticalHeader()->defaultSectionSize();
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + rows * rowHeight +
                            2 * m_table->frameWidth());
}

}
