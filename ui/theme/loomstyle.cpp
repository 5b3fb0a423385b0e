// SPDX-License-Identifier: Apache-2.0
#include "theme/loomstyle.h"

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

int LoomStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 5;
    case PM_DockWidgetTitleMargin:
        return 5;
    case PM_DockWidgetTitleBarButtonMargin:
        return 4;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 12;
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
        return 0;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_ToolBarItemMargin:
        return space::xs;
    case PM_ToolBarItemSpacing:
        return 2;
    case PM_ToolBarIconSize:
        return iconsize::toolbar;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return iconsize::small;
    case PM_HeaderMargin:
        return 6;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return space::s;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return space::m;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return space::s;
    case PM_MenuVMargin:
        return space::xs;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int LoomStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_TabBar_Alignment:
    case SH_FormLayoutLabelAlignment:
        return int(Qt::AlignLeft);
    case SH_FormLayoutFormAlignment:
        return int(Qt::AlignLeft | Qt::AlignTop);
    case SH_FormLayoutFieldGrowthPolicy:
        return 1; // QFormLayout::ExpandingFieldsGrow
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize LoomStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const int line = option ? option->fontMetrics.height() : 16;
    switch (type) {
    case CT_PushButton:
        result = result.expandedTo({72, line + 14});
        result.rwidth() += space::s;
        return result;
    case CT_ComboBox:
        return result.expandedTo({0, line + 14});
    case CT_SpinBox:
    case CT_LineEdit:
        return result.expandedTo({0, line + 14});
    case CT_ItemViewItem:
        return result.expandedTo({0, line + 10});
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.rheight() += space::xs;
        return result;
    }
    case CT_MenuBarItem:
        return result + QSize(space::xs, space::xs);
    case CT_ToolButton:
        return result + QSize(2, 2);
    default:
        return result;
    }
}

QRect LoomStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    const auto *bar =
        control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar)
        return QProxyStyle::subControlRect(control, option, part, widget);
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
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

}
