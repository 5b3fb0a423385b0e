// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Qt>

class QPainter;
class QPen;
class QRect;
class QRectF;
class QColor;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionDockWidget;
class QStyleOptionHeader;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QStyleOptionViewItem;
class QWidget;
class QStyle;

/// The shapes that LoomStyle is made of. Each draws one thing, from the option's palette alone.
namespace ui::stylepaint {

void roundedBox(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &border, qreal radius,
                qreal borderWidth = 1);
void chevron(QPainter *painter, const QRectF &rect, Qt::ArrowType direction, const QColor &color);

/// A button that only opens a menu, with words on it: the arrow stands behind the words, not in a corner.
bool hasInlineArrow(const QStyleOptionToolButton *button);
inline constexpr int inlineArrowWidth = 14;

void focusRing(QPainter *painter, const QStyleOption *option);
void pushButton(QPainter *painter, const QStyleOptionButton *option);
void toolButton(QPainter *painter, const QStyleOption *option);
void field(QPainter *painter, const QStyleOption *option, bool focused);
void checkBox(QPainter *painter, const QStyleOption *option);
void radioButton(QPainter *painter, const QStyleOption *option);
void comboBox(QPainter *painter, const QStyleOptionComboBox *option, const QRect &arrow);
void spinBox(QPainter *painter, const QStyleOptionSpinBox *option, const QRect &up, const QRect &down);

void itemBackground(QPainter *painter, const QStyleOptionViewItem *option);
void branch(QPainter *painter, const QStyleOption *option);
void tab(QPainter *painter, const QStyleOptionTab *option);
void headerSection(QPainter *painter, const QStyleOptionHeader *option);
void dockTitle(QPainter *painter, const QStyleOptionDockWidget *option, const QRect &textRect);
void splitter(QPainter *painter, const QStyleOption *option);
void scrollBar(QPainter *painter, const QStyleOptionSlider *option, const QRect &slider);
void progressGroove(QPainter *painter, const QStyleOptionProgressBar *option);
void progressContents(QPainter *painter, const QStyleOptionProgressBar *option);

}
