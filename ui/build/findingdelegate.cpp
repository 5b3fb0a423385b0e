// SPDX-License-Identifier: Apache-2.0
#include "build/findingdelegate.h"

#include "build/findingsmodel.h"
#include "theme/theme.h"
#include "widgets/bareitem.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int buttonPadding = 10;

void paintFix(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
              const ThemeColors &colors)
{
    const QString label = index.data().toString();
    if (label.isEmpty())
        return;
    const int width = option.fontMetrics.horizontalAdvance(label) + 2 * buttonPadding;
    const int height = option.fontMetrics.height() + space::s;
    QRectF button(0, 0, width, height);
    button.moveCenter(QRectF(option.rect).center());
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(colors.cardBorder);
    painter->setBrush(hovered ? colors.accentSoft : colors.card);
    painter->drawRoundedRect(button.adjusted(0.5, 0.5, -0.5, -0.5), radius::control, radius::control);
    painter->setPen(colors.accent);
    painter->drawText(button, Qt::AlignCenter, label);
}

}

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int height = option.fontMetrics.height() + QFontMetrics(smallFont(option.font)).height() + space::m;
    const QString text = index.data().toString();
    if (index.column() == FindingsModel::MessageColumn || text.isEmpty())
        return {20, height};
    return {option.fontMetrics.horizontalAdvance(text) + 2 * buttonPadding + 2 * space::s, height};
}

void FindingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    QStyleOptionViewItem opt = option;
    initStyleOption(&opt, index);
    paintBareItem(painter, opt);

    const ThemeColors &colors = colorsFor(option.palette);
    const bool strong = colors.isHighContrast && (option.state & QStyle::State_Selected);
    painter->save();
    painter->setFont(option.font);
    if (index.column() == FindingsModel::FixColumn) {
        paintFix(painter, option, index, colors);
    } else if (index.column() == FindingsModel::PlaceColumn) {
        painter->setPen(strong ? colors.selectionText : colors.textQuiet);
        painter->drawText(option.rect, Qt::AlignCenter, index.data().toString());
    } else {
        const QRect inner = option.rect.adjusted(space::m, space::xs + 2, -space::s, -space::xs);
        const QString hint = index.data(FindingsModel::HintRole).toString();
        const int lineHeight = hint.isEmpty() ? inner.height() : option.fontMetrics.height();
        const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
        icon.paint(painter,
                   QRect(inner.left(), inner.top() + (lineHeight - iconsize::small) / 2, iconsize::small,
                         iconsize::small),
                   Qt::AlignCenter, strong ? QIcon::Selected : QIcon::Normal);
        QRect line(inner.left() + iconsize::small + space::s, inner.top(),
                   inner.width() - iconsize::small - space::s, lineHeight);
        painter->setPen(strong ? colors.selectionText : colors.text);
        painter->drawText(
            line, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, line.width()));
        painter->setFont(smallFont(option.font));
        const QFontMetrics small = painter->fontMetrics();
        line = QRect(line.left(), line.bottom() + 1, line.width(), small.height());
        painter->setPen(strong ? colors.selectionText : colors.textQuiet);
        if (!hint.isEmpty())
            painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                              small.elidedText(hint, Qt::ElideRight, line.width()));
    }
    painter->restore();
}

}
