// SPDX-License-Identifier: Apache-2.0
#include "theme/loomstyle.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/stylepaint.h"
#include "theme/themecolors.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

LoomStyle::LoomStyle()
    : QProxyStyle(u"Fusion"_s)
{
    setObjectName(u"stageloom"_s);
}

void LoomStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
        qobject_cast<QAbstractSpinBox *>(widget) || qobject_cast<QTabBar *>(widget) ||
        widget->inherits("QSplitterHandle") || widget->inherits("QHeaderView"))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *view = qobject_cast<QAbstractItemView *>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
}

QRect LoomStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element != SE_LineEditContents)
        return rect;
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    return frame && frame->lineWidth > 0 ? rect.adjusted(space::xs, 0, -space::xs, 0) : rect;
}

QIcon LoomStyle::standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    switch (which) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_LineEditClearButton:
        return icon(u"close"_s, IconTint::Quiet);
    case SP_TitleBarNormalButton:
        return icon(u"external"_s, IconTint::Quiet);
    case SP_ToolBarHorizontalExtensionButton:
    case SP_ToolBarVerticalExtensionButton:
        return icon(u"more"_s);
    default:
        return QProxyStyle::standardIcon(which, option, widget);
    }
}

QRect LoomStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    const auto *bar =
        control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar) {
        const QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
        return control == CC_ComboBox && part == SC_ComboBoxEditField ? rect.adjusted(space::xs, 0, 0, 0)
                                                                      : rect;
    }
    // Without step buttons: the groove is the whole bar.
    const bool flat = bar->orientation == Qt::Horizontal;
    const int length = flat ? bar->rect.width() : bar->rect.height();
    const int range = bar->maximum - bar->minimum;
    int slider = length;
    if (range > 0) {
        const auto share = qint64(bar->pageStep) * length / qMax<qint64>(1, qint64(range) + bar->pageStep);
        slider = qBound(qMin(length, pixelMetric(PM_ScrollBarSliderMin, option, widget)), int(share), length);
    }
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                              length - slider, bar->upsideDown);
    const auto run = [&](int from, int extent) {
        return visualRect(bar->direction, bar->rect,
                          flat ? QRect(from, 0, extent, bar->rect.height())
                               : QRect(0, from, bar->rect.width(), extent));
    };
    switch (part) {
    case SC_ScrollBarSubPage:
        return run(0, start);
    case SC_ScrollBarAddPage:
        return run(start + slider, length - start - slider);
    case SC_ScrollBarGroove:
        return run(0, length);
    case SC_ScrollBarSlider:
        return run(start, slider);
    default:
        return {};
    }
}

void LoomStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const ThemeColors &colors = colorsFor(option->palette);
    const auto arrow = [&](Qt::ArrowType direction) {
        const bool enabled = option->state & State_Enabled;
        stylepaint::chevron(painter, option->rect, direction,
                            enabled ? colors.textQuiet : colors.textDisabled);
    };
    switch (element) {
    case PE_FrameFocusRect:
        stylepaint::focusRing(painter, option);
        return;
    case PE_FrameDefaultButton:
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_FrameTabWidget:
        return;
    case PE_PanelButtonTool:
        stylepaint::toolButton(painter, option);
        return;
    case PE_PanelButtonCommand:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            stylepaint::pushButton(painter, button);
        return;
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            stylepaint::field(painter, option, option->state & State_HasFocus);
        return;
    }
    case PE_Frame:
        stylepaint::roundedBox(painter, option->rect, Qt::transparent, colors.line, 0);
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          colors.line);
        return;
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option))
            stylepaint::itemBackground(painter, item);
        return;
    case PE_PanelItemViewRow:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            if (item->features & QStyleOptionViewItem::Alternate)
                painter->fillRect(item->rect, item->palette.brush(QPalette::AlternateBase));
        }
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        stylepaint::checkBox(painter, option);
        return;
    case PE_IndicatorRadioButton:
        stylepaint::radioButton(painter, option);
        return;
    case PE_IndicatorBranch:
        stylepaint::branch(painter, option);
        return;
    case PE_IndicatorArrowDown:
        arrow(Qt::DownArrow);
        return;
    case PE_IndicatorArrowUp:
        arrow(Qt::UpArrow);
        return;
    case PE_IndicatorArrowLeft:
        arrow(Qt::LeftArrow);
        return;
    case PE_IndicatorArrowRight:
        arrow(Qt::RightArrow);
        return;
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        arrow(header && header->sortIndicator == QStyleOptionHeader::SortUp ? Qt::UpArrow : Qt::DownArrow);
        return;
    }
    case PE_PanelTipLabel:
    case PE_PanelMenu:
        stylepaint::roundedBox(painter, option->rect, colors.card, colors.cardBorder, 0);
        return;
    case PE_FrameMenu:
        return;
    case PE_IndicatorToolBarSeparator: {
        const QRect r = option->rect;
        if (option->state & State_Horizontal)
            painter->fillRect(r.center().x(), r.top() + 6, 1, r.height() - 12, colors.line);
        else
            painter->fillRect(r.left() + 6, r.center().y(), r.width() - 12, 1, colors.line);
        return;
    }
    case PE_IndicatorToolBarHandle: {
        const QRect r = option->rect;
        if (option->state & State_Horizontal)
            painter->fillRect(r.center().x(), r.top() + 6, 2, r.height() - 12, colors.line);
        else
            painter->fillRect(r.left() + 6, r.center().y(), r.width() - 12, 2, colors.line);
        return;
    }
    case PE_IndicatorDockWidgetResizeHandle:
        stylepaint::splitter(painter, option);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void LoomStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    const ThemeColors &colors = colorsFor(option->palette);
    switch (element) {
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            stylepaint::tab(painter, tab);
        return;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab copy = *tab;
            copy.state &= ~State_HasFocus;
            if (!(tab->state & State_Selected) && (tab->state & State_Enabled))
                copy.palette.setColor(QPalette::WindowText, colors.textQuiet);
            QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton copy = *button;
            if ((button->features & QStyleOptionButton::DefaultButton) && (button->state & State_Enabled))
                copy.palette.setColor(QPalette::ButtonText, colors.accentText);
            QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        return;
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            stylepaint::headerSection(painter, header);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, colors.panel);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          colors.line);
        return;
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeaderV2 copy;
            static_cast<QStyleOptionHeader &>(copy) = *header;
            copy.palette.setColor(QPalette::ButtonText, colors.textQuiet);
            QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        return;
    case CE_Splitter:
        stylepaint::splitter(painter, option);
        return;
    case CE_DockWidgetTitle:
        if (const auto *dock = qstyleoption_cast<const QStyleOptionDockWidget *>(option))
            stylepaint::dockTitle(painter, dock, subElementRect(SE_DockWidgetTitleBarText, option, widget));
        return;
    case CE_ToolBar:
        painter->fillRect(option->rect, colors.window);
        if (const QWidget *owner = widget ? widget->parentWidget() : nullptr;
            owner && widget->width() == owner->width())
            painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                              colors.line);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, colors.window);
        return;
    case CE_MenuBarItem: {
        painter->fillRect(option->rect, colors.window);
        if (option->state & (State_Selected | State_Sunken))
            stylepaint::roundedBox(painter, QRectF(option->rect).adjusted(1, 2, -1, -2),
                                   blend(colors.window, colors.text, 0.1), Qt::transparent, radius::control);
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            drawItemText(painter, item->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip,
                         item->palette, item->state & State_Enabled, item->text, QPalette::WindowText);
        return;
    }
    case CE_ProgressBarGroove:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            stylepaint::progressGroove(painter, bar);
        return;
    case CE_ProgressBarContents: {
        const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
        if (bar && bar->maximum > bar->minimum)
            return stylepaint::progressContents(painter, bar);
        break; // busy: Fusion animates its own
    }
    case CE_ShapedFrame: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->frameShape == QFrame::HLine)
            return painter->fillRect(
                QRect(frame->rect.left(), frame->rect.center().y(), frame->rect.width(), 1), colors.line);
        if (frame && frame->frameShape == QFrame::VLine)
            return painter->fillRect(
                QRect(frame->rect.center().x(), frame->rect.top(), 1, frame->rect.height()), colors.line);
        break;
    }
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void LoomStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                   QPainter *painter, const QWidget *widget) const
{
    const auto part = [&](SubControl which) { return subControlRect(control, option, which, widget); };
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return stylepaint::scrollBar(painter, bar, part(SC_ScrollBarSlider));
    } else if (control == CC_ComboBox) {
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            return stylepaint::comboBox(painter, combo, part(SC_ComboBoxArrow));
    } else if (control == CC_SpinBox) {
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
            return stylepaint::spinBox(painter, spin, part(SC_SpinBoxUp), part(SC_SpinBoxDown));
    }
    const auto *button =
        control == CC_ToolButton ? qstyleoption_cast<const QStyleOptionToolButton *>(option) : nullptr;
    if (button && stylepaint::hasInlineArrow(button)) {
        stylepaint::toolButton(painter, button);
        QStyleOptionToolButton label = *button;
        label.features &= ~QStyleOptionToolButton::HasMenu;
        label.rect.setRight(label.rect.right() - stylepaint::inlineArrowWidth);
        drawControl(CE_ToolButtonLabel, &label, painter, widget);
        const QRect arrow(label.rect.right() - 2, button->rect.top(), stylepaint::inlineArrowWidth,
                          button->rect.height());
        const ThemeColors &colors = colorsFor(option->palette);
        stylepaint::chevron(painter, arrow, Qt::DownArrow,
                            option->state & State_Enabled ? colors.textQuiet : colors.textDisabled);
        if (option->state & State_HasFocus)
            stylepaint::focusRing(painter, option);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

}
