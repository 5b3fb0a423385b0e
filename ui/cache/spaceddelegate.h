// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/metrics.h"

#include <QApplication>
#include <QStyledItemDelegate>

namespace ui {

/// Cells with air at both sides: a number at the right of one and a date at the left of the next stay apart.
class SpacedDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(2 * space::s, 0);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem whole = option; // a selection has no gaps
        QStyledItemDelegate::initStyleOption(&whole, index);
        const QStyle *style = whole.widget ? whole.widget->style() : QApplication::style();
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &whole, painter, whole.widget);
        QStyledItemDelegate::paint(painter, option, index);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        // The first column's text stands under its caption as it is.
        const bool isRight = option->displayAlignment & Qt::AlignRight;
        if (isRight)
            option->rect.adjust(0, 0, -space::s, 0);
        else if (index.column() > 0)
            option->rect.adjust(space::s, 0, 0, 0);
    }
};

}
