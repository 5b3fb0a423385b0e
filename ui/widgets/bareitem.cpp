// SPDX-License-Identifier: Apache-2.0
#include "widgets/bareitem.h"

#include <QApplication>
#include <QStyle>
#include <QStyleOptionViewItem>

namespace ui {

void paintBareItem(QPainter *painter, const QStyleOptionViewItem &option)
{
    QStyleOptionViewItem bare = option;
    bare.text.clear();
    bare.icon = {};
    bare.features &= ~QStyleOptionViewItem::HasDecoration;
    const QStyle *style = bare.widget ? bare.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &bare, painter, bare.widget);
}

}
