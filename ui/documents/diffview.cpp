// SPDX-License-Identifier: Apache-2.0
#include "documents/diffview.h"

#include "documents/diffdelegate.h"
#include "theme/metrics.h"

#include <QHeaderView>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace ui {

DiffView::DiffView(QWidget *parent)
    : QTableView(parent)
    , m_model(new DiffModel(this))
{
    setModel(m_model);
    setItemDelegate(new DiffDelegate(this));
    setAccessibleName(tr("Differences"));
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    setFonts();
}

void DiffView::setTexts(const QString &left, const QString &right)
{
    m_model->setTexts(left, right);
    shareWidth();
    if (!m_model->changes().empty())
        goToRow(m_model->changes().front());
}

void DiffView::setTitles(const QString &left, const QString &right)
{
    m_model->setTitles(left, right);
}

void DiffView::goToRow(int row)
{
    setCurrentIndex(m_model->index(row, DiffModel::LeftText));
    scrollTo(m_model->index(std::max(0, row - 3), DiffModel::LeftText), PositionAtTop);
}

void DiffView::goToChange(int by)
{
    const auto &changes = m_model->changes();
    const int here = currentIndex().row();
    const auto next = std::ranges::upper_bound(changes, here);
    const auto before = std::ranges::lower_bound(changes, here);
    if (by > 0 && next != changes.end())
        goToRow(*next);
    else if (by < 0 && before != changes.begin())
        goToRow(*std::prev(before));
}

void DiffView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    shareWidth();
}

void DiffView::shareWidth()
{
    const int digits = int(QString::number(m_model->rowCount()).size());
    const int number = fontMetrics().horizontalAdvance(u'0') * std::max(2, digits) + space::xl + space::xs;
    const int text = std::max(80, viewport()->width() / 2 - number);
    setColumnWidth(DiffModel::LeftNumber, number);
    setColumnWidth(DiffModel::LeftText, text);
    setColumnWidth(DiffModel::RightNumber, number);
    setColumnWidth(DiffModel::RightText, viewport()->width() - text - 2 * number);
}

void DiffView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_F8)
        goToChange(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    else
        QTableView::keyPressEvent(event);
}

void DiffView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        setFonts();
}

void DiffView::setFonts()
{
    setFont(codeFont(QGuiApplication::font()));
    horizontalHeader()->setFont(sectionFont(QGuiApplication::font()));
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + space::xs);
}

}
