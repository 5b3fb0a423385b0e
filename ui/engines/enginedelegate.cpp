// SPDX-License-Identifier: Apache-2.0
#include "engines/enginedelegate.h"

#include "engines/enginelistmodel.h"
#include "theme/theme.h"
#include "widgets/badge.h"
#include "widgets/bareitem.h"

#include <QPainter>

namespace ui {

namespace {

void paintCaption(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    painter->save();
    painter->setFont(smallFont(option.font));
    painter->setPen(colorsFor(option.palette).textQuiet);
    painter->drawText(option.rect.adjusted(space::s, 0, -space::s, -space::xs),
                      Qt::AlignLeft | Qt::AlignBottom, index.data().toString());
    painter->restore();
}

}

QSize EngineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int small = QFontMetrics(smallFont(option.font)).height();
    if (index.data(EngineListModel::IsCaptionRole).toBool())
        return {20, small + (index.row() == 0 ? space::s : space::l)};
    return {20, option.fontMetrics.height() + small + space::m};
}

void EngineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    if (index.data(EngineListModel::IsCaptionRole).toBool())
        return paintCaption(painter, option, index);
    QStyleOptionViewItem opt = option;
    initStyleOption(&opt, index);
    paintBareItem(painter, opt);

    const ThemeColors &colors = colorsFor(option.palette);
    const bool strong = colors.isHighContrast && (option.state & QStyle::State_Selected);
    const QRect inner = option.rect.adjusted(space::s, space::xs + 2, -space::s, -space::xs);
    painter->save();
    painter->setFont(option.font);
    const int lineHeight = option.fontMetrics.height();
    const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
    icon.paint(painter,
               QRect(inner.left(), inner.top() + (lineHeight - iconsize::small) / 2, iconsize::small,
                     iconsize::small),
               Qt::AlignCenter, strong ? QIcon::Selected : QIcon::Normal);
    QRect line(inner.left() + iconsize::small + space::s, inner.top(),
               inner.width() - iconsize::small - space::s, lineHeight);
    if (index.data(EngineListModel::IsUsedRole).toBool()) {
        const QString used = EngineListModel::tr("in use");
        const int width = Badge::widthOf(used, smallFont(option.font));
        Badge::paint(painter, QRect(line.right() - width, line.top(), width, lineHeight), used,
                     Badge::Kind::Accent, option.palette);
        line.setRight(line.right() - width - space::s);
        painter->setFont(option.font);
    }
    painter->setPen(strong ? colors.selectionText : colors.text);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, line.width()));
    painter->setFont(smallFont(option.font));
    const QFontMetrics small = painter->fontMetrics();
    line = QRect(line.left(), inner.top() + lineHeight + 1, inner.right() - line.left(), small.height());
    painter->setPen(strong ? colors.selectionText : colors.textQuiet);
    painter->drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        small.elidedText(index.data(EngineListModel::NoteRole).toString(), Qt::ElideRight, line.width()));
    painter->restore();
}

}
