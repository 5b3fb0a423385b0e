// SPDX-License-Identifier: Apache-2.0
#include "start/actioncard.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/themecolors.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int padding = space::l;
constexpr int textLeft = padding + iconsize::large + space::m;

QFont titleFontOf(const QWidget *widget)
{
    QFont font = widget->font();
    font.setWeight(QFont::DemiBold);
    return font;
}

}

ActionCard::ActionCard(const QString &iconName, const QString &title, const QString &sentence,
                       QWidget *parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
    , m_sentence(sentence)
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ActionCard::setPrimary(bool primary)
{
    m_primary = primary;
    update();
}

QRect ActionCard::sentenceRect(int width) const
{
    const QRect room(0, 0, width - textLeft - padding, 10000);
    return QFontMetrics(smallFont(font())).boundingRect(room, Qt::TextWordWrap, m_sentence);
}

int ActionCard::heightForWidth(int width) const
{
    const int title = QFontMetrics(titleFontOf(this)).height();
    return 2 * padding + title + space::xs + sentenceRect(width).height();
}

QSize ActionCard::sizeHint() const
{
    const int width = 22 * fontMetrics().averageCharWidth() + textLeft + padding;
    return {width, heightForWidth(width)};
}

void ActionCard::paintEvent(QPaintEvent *)
{
    const auto &colors = colorsFor(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lively = underMouse() || hasFocus();
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    const QColor ground = isDown() ? colors.hover : m_primary ? colors.accentSoft : colors.card;
    painter.setBrush(underMouse() && !isDown() && !m_primary ? colors.hover : ground);
    painter.setPen(QPen(lively || m_primary ? colors.accent : colors.cardBorder, hasFocus() ? 2 : 1));
    painter.drawRoundedRect(frame, radius::card, radius::card);

    const QFont title = titleFontOf(this);
    const int titleHeight = QFontMetrics(title).height();
    const QRect iconRect(padding, padding + (titleHeight - iconsize::large) / 2, iconsize::large,
                         iconsize::large);
    paintIcon(&painter, iconRect, m_iconName, colors.accent);

    painter.setFont(title);
    painter.setPen(colors.text);
    const QRect titleRect(textLeft, padding, width() - textLeft - padding, titleHeight);
    painter.drawText(titleRect, Qt::AlignLeft | Qt::AlignVCenter, text());

    painter.setFont(smallFont(font()));
    painter.setPen(colors.textQuiet);
    const QRect body(textLeft, titleRect.bottom() + space::xs, titleRect.width(), height());
    painter.drawText(body, Qt::TextWordWrap, m_sentence);
}

void ActionCard::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void ActionCard::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

}
