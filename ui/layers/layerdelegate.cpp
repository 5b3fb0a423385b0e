// SPDX-License-Identifier: Apache-2.0
#include "layers/layerdelegate.h"

#include "layers/layermodel.h"
#include "theme/theme.h"
#include "widgets/badge.h"

#include <QApplication>
#include <QPainter>

namespace ui {

namespace {

void paintShare(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const ThemeColors &colors = colorsFor(option.palette);
    const QVariant share = index.data(LayerModel::ShareRole);
    if (!share.isValid() || share.toDouble() <= 0)
        return;
    const int words = option.fontMetrics.horizontalAdvance(QStringLiteral("99.9 %")) + space::s;
    QRectF groove = QRectF(option.rect).adjusted(space::xs + words, 0, -space::s, 0);
    groove.setTop(groove.center().y() - 3);
    groove.setHeight(6);
    const bool selected = option.state & QStyle::State_Selected;
    const bool strong = selected && colors.isHighContrast;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (groove.width() > 12) {
        painter->setBrush(strong ? blend(colors.selection, colors.selectionText, 0.25)
                                 : blend(colors.panel, colors.text, 0.08));
        painter->drawRoundedRect(groove, 3, 3);
        QRectF filled = groove;
        filled.setWidth(qMax(3.0, groove.width() * share.toDouble()));
        painter->setBrush(strong                                          ? colors.selectionText
                          : index.data(LayerModel::FromBaseRole).toBool() ? colors.chartBaseLine
                                                                          : colors.accent);
        painter->drawRoundedRect(filled, 3, 3);
    }
    painter->setPen(selected ? colors.selectionText : colors.textQuiet);
    painter->drawText(option.rect.adjusted(0, 0, -(option.rect.width() - words), 0),
                      Qt::AlignRight | Qt::AlignVCenter, index.data().toString());
    painter->restore();
}

}

void LayerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    QStyleOptionViewItem opt = option;
    initStyleOption(&opt, index);
    // An image's name ends with its tag or platform, by which it is told from another.
    const bool isImage = !index.parent().isValid();
    opt.textElideMode = index.column() != LayerModel::InstructionColumn ? Qt::ElideNone
                        : isImage                                       ? Qt::ElideMiddle
                                                                        : Qt::ElideRight;
    if (index.column() == LayerModel::ShareColumn)
        opt.text.clear();
    const QStyle *style = opt.widget ? opt.widget->style() : QApplication::style();
    const QString badge = index.column() == LayerModel::InstructionColumn
                              ? index.data(LayerModel::StandInRole).toString()
                              : QString();
    if (!badge.isEmpty()) { // it stands behind the name, and never on it
        const int room = style->subElementRect(QStyle::SE_ItemViewItemText, &opt, opt.widget).width() -
                         Badge::widthOf(badge, opt.font) - space::m;
        opt.text = opt.fontMetrics.elidedText(opt.text, Qt::ElideMiddle, std::max(0, room));
    }
    style->drawControl(QStyle::CE_ItemViewItem, &opt, painter, opt.widget);
    if (index.column() == LayerModel::ShareColumn)
        return paintShare(painter, opt, index);
    if (badge.isEmpty())
        return;
    const QRect words = style->subElementRect(QStyle::SE_ItemViewItemText, &opt, opt.widget);
    const int after = words.left() + opt.fontMetrics.horizontalAdvance(opt.text) + space::m;
    const int width = Badge::widthOf(badge, opt.font);
    const QRect place(qMin(after, opt.rect.right() - width), opt.rect.top(), width, opt.rect.height());
    painter->save();
    painter->setFont(option.font);
    Badge::paint(painter, place, badge, Badge::Kind::StandIn, opt.palette);
    painter->restore();
}

}
