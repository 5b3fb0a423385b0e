// SPDX-License-Identifier: Apache-2.0
#include "theme/stylepaint.h"

#include "theme/metrics.h"
#include "theme/themecolors.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace ui::stylepaint {

namespace {

struct ControlColors
{
    QColor fill;
    QColor border;
};

bool isOn(const QStyleOption *option)
{
    return option->state & (QStyle::State_On | QStyle::State_NoChange);
}

ControlColors controlColors(const QStyleOption *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    if (!(option->state & QStyle::State_Enabled))
        return {colors.window, colors.line};
    if (option->state & QStyle::State_Sunken)
        return {blend(colors.card, colors.text, 0.14), colors.cardBorder};
    if (option->state & QStyle::State_On)
        return {colors.accentSoft, colors.accent};
    if (option->state & QStyle::State_MouseOver)
        return {blend(colors.card, colors.text, 0.06), colors.cardBorder};
    return {colors.card, colors.cardBorder};
}

ControlColors primaryColors(const QStyleOption *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    if (option->state & QStyle::State_Sunken)
        return {blend(colors.accent, Qt::black, 0.2), Qt::transparent};
    if (option->state & QStyle::State_MouseOver)
        return {blend(colors.accent, colors.isDark ? Qt::white : Qt::black, 0.1), Qt::transparent};
    return {colors.accent, Qt::transparent};
}

}

void roundedBox(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &border, qreal radius,
                qreal borderWidth)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill);
    painter->setPen(border.alpha() == 0 ? QPen(Qt::NoPen) : QPen(border, borderWidth));
    const qreal inset = border.alpha() == 0 ? 0 : borderWidth / 2;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void chevron(QPainter *painter, const QRectF &rect, Qt::ArrowType direction, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal side = qMin<qreal>(qMin(rect.width(), rect.height()), 10) * 0.36;
    painter->translate(rect.center());
    switch (direction) {
    case Qt::UpArrow:
        painter->rotate(180);
        break;
    case Qt::LeftArrow:
        painter->rotate(90);
        break;
    case Qt::RightArrow:
        painter->rotate(-90);
        break;
    case Qt::DownArrow:
    case Qt::NoArrow:
        break;
    }
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF{{-side, -side / 2}, {0, side / 2}, {side, -side / 2}});
    painter->restore();
}

bool hasInlineArrow(const QStyleOptionToolButton *button)
{
    return (button->features & QStyleOptionToolButton::HasMenu) &&
           !(button->features & QStyleOptionToolButton::MenuButtonPopup) &&
           button->toolButtonStyle != Qt::ToolButtonIconOnly;
}

void focusRing(QPainter *painter, const QStyleOption *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    roundedBox(painter, QRectF(option->rect), Qt::transparent, colors.accent, radius::control,
               colors.isHighContrast ? 2.5 : 1.5);
}

void pushButton(QPainter *painter, const QStyleOptionButton *option)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool primary = enabled && (option->features & QStyleOptionButton::DefaultButton);
    const bool active = option->state & (QStyle::State_MouseOver | QStyle::State_Sunken | QStyle::State_On);
    if ((option->features & QStyleOptionButton::Flat) && !primary && !(enabled && active))
        return;
    const ControlColors look = primary ? primaryColors(option) : controlColors(option);
    roundedBox(painter, option->rect, look.fill, look.border, radius::control);
}

void toolButton(QPainter *painter, const QStyleOption *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool raised = !(option->state & QStyle::State_AutoRaise);
    const bool active = option->state & (QStyle::State_MouseOver | QStyle::State_Sunken | QStyle::State_On);
    if (raised) {
        const ControlColors look = controlColors(option);
        roundedBox(painter, option->rect, look.fill, look.border, radius::control);
    } else if (enabled && active) {
        QColor fill = blend(colors.window, colors.text, 0.09);
        if (option->state & QStyle::State_On)
            fill = blend(colors.accentSoft, colors.accent, 0.12);
        if (option->state & QStyle::State_Sunken)
            fill = blend(fill, colors.text, 0.1);
        const bool outlined = colors.isHighContrast && (option->state & QStyle::State_On);
        roundedBox(painter, option->rect, fill, outlined ? colors.accent : QColor(Qt::transparent),
                   radius::control);
    }
}

void field(QPainter *painter, const QStyleOption *option, bool focused)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const bool enabled = option->state & QStyle::State_Enabled;
    const QColor border = !enabled ? colors.line : focused ? colors.accent : colors.cardBorder;
    roundedBox(painter, option->rect, enabled ? colors.panel : colors.window, border, radius::control,
               focused ? 1.5 : 1);
}

void checkBox(QPainter *painter, const QStyleOption *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const bool enabled = option->state & QStyle::State_Enabled;
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (!isOn(option)) {
        const QColor border = enabled ? blend(colors.cardBorder, colors.text, 0.35) : colors.line;
        roundedBox(painter, box, controlColors(option).fill, border, 3.5, 1.2);
        return;
    }
    roundedBox(painter, box, enabled ? colors.accent : colors.textDisabled, Qt::transparent, 3.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colors.accentText, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](qreal x, qreal y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    if (option->state & QStyle::State_NoChange)
        painter->drawLine(at(0.27, 0.5), at(0.73, 0.5));
    else
        painter->drawPolyline(QPolygonF{at(0.24, 0.53), at(0.43, 0.71), at(0.77, 0.31)});
    painter->restore();
}

void radioButton(QPainter *painter, const QStyleOption *option)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const bool enabled = option->state & QStyle::State_Enabled;
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isOn(option)) {
        const QColor ring = enabled ? colors.accent : colors.textDisabled;
        roundedBox(painter, box, ring, Qt::transparent, box.width() / 2);
        const qreal inset = box.width() * 0.32;
        roundedBox(painter, box.adjusted(inset, inset, -inset, -inset), colors.accentText, Qt::transparent,
                   box.width() / 2);
        return;
    }
    const QColor border = enabled ? blend(colors.cardBorder, colors.text, 0.35) : colors.line;
    roundedBox(painter, box, controlColors(option).fill, border, box.width() / 2, 1.2);
}

void comboBox(QPainter *painter, const QStyleOptionComboBox *option, const QRect &arrow)
{
    const ThemeColors &colors = colorsFor(option->palette);
    const bool focused = option->state & QStyle::State_HasFocus;
    if (option->editable) {
        field(painter, option, focused);
    } else if (option->frame) {
        const ControlColors look = controlColors(option);
        roundedBox(painter, option->rect, look.fill, focused ? colors.accent : look.border, radius::control,
                   focused ? 1.5 : 1);
    }
    const bool enabled = option->state & QStyle::State_Enabled;
    chevron(painter, arrow, Qt::DownArrow, enabled ? colors.textQuiet : colors.textDisabled);
}

void spinBox(QPainter *painter, const QStyleOptionSpinBox *option, const QRect &up, const QRect &down)
{
    const ThemeColors &colors = colorsFor(option->palette);
    if (option->frame)
        field(painter, option, option->state & QStyle::State_HasFocus);
    if (option->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto step = [&](const QRect &rect, Qt::ArrowType direction, QAbstractSpinBox::StepEnabledFlag flag,
                          QStyle::SubControl part) {
        const bool usable = (option->state & QStyle::State_Enabled) && (option->stepEnabled & flag);
        if (usable && option->activeSubControls == part && (option->state & QStyle::State_MouseOver))
            roundedBox(painter, QRectF(rect).adjusted(1, 1, -1, -1), colors.hover, Qt::transparent, 2);
        chevron(painter, rect, direction, usable ? colors.textQuiet : colors.textDisabled);
    };
    step(up, Qt::UpArrow, QAbstractSpinBox::StepUpEnabled, QStyle::SC_SpinBoxUp);
    step(down, Qt::DownArrow, QAbstractSpinBox::StepDownEnabled, QStyle::SC_SpinBoxDown);
}

}
