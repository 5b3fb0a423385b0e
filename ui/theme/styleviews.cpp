// SPDX-License-Identifier: Apache-2.0
#include "theme/stylepaint.h"

#include "theme/metrics.h"
#include "theme/themecolors.h"

#include <QPainter>
#include <QStyleOption>

namespace ui::stylepaint {

void itemBackground(QPainter *painter, const QStyleOptionViewItem *option)
{
    if (option->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, option->backgroundBrush);
    const ThemeColors &colors = colorsFor(option->palette);
    const bool selected = option->state & QStyle::State_Selected;
    const bool hovered = (option->state & QStyle::State_MouseOver) && (option->state & QStyle::State_Enabled);
    if (!selected && !hovered)
        return;
    // One rounded shape a row: cells in the middle of it overlap their neighbours' ends, which are clipped.
    QRectF shape = option->rect;
    constexpr qreal beyond = 2 * radius::control;
    switch (option->viewItemPosition) {
    case QStyleOptionViewItem::Beginning:
        shape.adjust(0, 0, beyond, 0);
        break;
    case QStyleOptionViewItem::Middle:
        shape.adjust(-beyond, 0, beyond, 0);
        break;
    case QStyleOptionViewItem::End:
        shape.adjust(-beyond, 0, 0, 0);
        break;
    case QStyleOptionViewItem::Invalid:
    case QStyleOptionViewItem::OnlyOne:
        break;
    }
    painter->save();
    painter->setClipRect(option->rect, Qt::IntersectClip);
    const bool quiet = selected && !(option->state & QStyle::State_Active) && !colors.isHighContrast;
    const QColor fill = !selected ? colors.hover
                        : quiet   ? blend(colors.panel, colors.selection, 0.7)
                                  : colors.selection;
    roundedBox(painter, shape, fill, Qt::transparent, radius::control);
    painter->restore();
}

void branch(QPainter *painter, const QStyleOption *option)
{
    if (!(option->state & QStyle::State_Children))
        return;
    const ThemeColors &colors = colorsFor(option->palette);
    const bool open = option->state & QStyle::State_Open;
    const bool leftToRight = option->direction == Qt::LeftToRight;
    const auto closed = leftToRight ? Qt::RightArrow : Qt::LeftArrow;
    chevron(painter, option->rect, open ? Qt::DownArrow : closed, colors.textQuiet);
}

void tab(QPainter *painter, const QStyleOptionTab *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const bool selected = option->state & QStyle::State_Selected;
    const bool hovered = (option->state & QStyle::State_MouseOver) && (option->state & QStyle::State_Enabled);
    QRectF rect = option->rect;
    if (hovered && !selected)
        roundedBox(painter, rect.adjusted(2, 3, -2, -3), blend(colors.window, colors.text, 0.06),
                   Qt::transparent, radius::control);
    if (option->state & QStyle::State_HasFocus)
        roundedBox(painter, rect.adjusted(2, 3, -2, -3), Qt::transparent, colors.accent, radius::control,
                   1.5);
    if (!selected)
        return;
    QRectF mark;
    switch (option->shape) {
    case QTabBar::RoundedNorth:
    case QTabBar::TriangularNorth:
        mark = QRectF(rect.left() + 6, rect.bottom() - 2, rect.width() - 12, 2);
        break;
    case QTabBar::RoundedSouth:
    case QTabBar::TriangularSouth:
        mark = QRectF(rect.left() + 6, rect.top(), rect.width() - 12, 2);
        break;
    case QTabBar::RoundedWest:
    case QTabBar::TriangularWest:
        mark = QRectF(rect.right() - 2, rect.top() + 6, 2, rect.height() - 12);
        break;
    case QTabBar::RoundedEast:
    case QTabBar::TriangularEast:
        mark = QRectF(rect.left(), rect.top() + 6, 2, rect.height() - 12);
        break;
    }
    roundedBox(painter, mark, colors.accent, Qt::transparent, 1);
}

void headerSection(QPainter *painter, const QStyleOptionHeader *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const bool hovered = (option->state & QStyle::State_MouseOver) && (option->state & QStyle::State_Enabled);
    painter->fillRect(option->rect, hovered ? colors.hover : colors.panel);
    painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                      colors.line);
    const bool last =
        option->position == QStyleOptionHeader::End || option->position == QStyleOptionHeader::OnlyOneSection;
    if (option->orientation == Qt::Horizontal && !last)
        painter->fillRect(option->rect.right(), option->rect.top() + 6, 1, option->rect.height() - 12,
                          colors.line);
}

void dockTitle(QPainter *painter, const QStyleOptionDockWidget *option, const QRect &textRect)
{
    const ThemeColors &colors = colorsFor(option->palette);
    painter->fillRect(option->rect, colors.window);
    painter->save();
    painter->setFont(sectionFont(painter->font()));
    painter->setPen(option->state & QStyle::State_Enabled ? colors.textQuiet : colors.textDisabled);
    const QRect rect = textRect.adjusted(space::s, 0, -space::xs, 0);
    const QString title = painter->fontMetrics().elidedText(option->title, Qt::ElideRight, rect.width());
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter->restore();
}

void splitter(QPainter *painter, const QStyleOption *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const bool active = option->state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const QRect r = option->rect;
    const bool upright = r.height() > r.width();
    const int width = active ? 3 : 1;
    const QRect line = upright ? QRect(r.center().x() - width / 2, r.top(), width, r.height())
                               : QRect(r.left(), r.center().y() - width / 2, r.width(), width);
    painter->fillRect(line, active ? colors.accent : colors.line);
}

void scrollBar(QPainter *painter, const QStyleOptionSlider *option, const QRect &slider)
{
    const ThemeColors &colors = colorsFor(option->palette);
    painter->fillRect(option->rect, option->palette.color(QPalette::Base));
    if (option->minimum == option->maximum)
        return;
    const bool held =
        (option->activeSubControls & QStyle::SC_ScrollBarSlider) && (option->state & QStyle::State_Sunken);
    const bool hovered = option->state & QStyle::State_MouseOver;
    const qreal strength = colors.isHighContrast ? 1.0 : held ? 0.55 : hovered ? 0.42 : 0.26;
    const qreal inset = hovered || held ? 2 : 3;
    const QRectF handle = QRectF(slider).adjusted(inset, inset, -inset, -inset);
    roundedBox(painter, handle, blend(colors.panel, colors.text, strength), Qt::transparent,
               qMin(handle.width(), handle.height()) / 2);
}

void progressGroove(QPainter *painter, const QStyleOptionProgressBar *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    roundedBox(painter, option->rect, blend(colors.panel, colors.text, 0.1),
               colors.isHighContrast ? colors.line : QColor(Qt::transparent), radius::control);
}

void progressContents(QPainter *painter, const QStyleOptionProgressBar *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const auto range = qMax<qint64>(1, qint64(option->maximum) - option->minimum);
    const qreal share = qreal(qint64(option->progress) - option->minimum) / qreal(range);
    if (share <= 0)
        return;
    QRectF rect = option->rect;
    rect.setWidth(qMax<qreal>(rect.height(), rect.width() * qMin<qreal>(1, share)));
    roundedBox(painter, rect, colors.accent, Qt::transparent, radius::control);
}

}
