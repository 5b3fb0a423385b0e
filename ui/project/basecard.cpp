// SPDX-License-Identifier: Apache-2.0
#include "project/basecard.h"

#include "base/units.h"
#include "theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int padding = 10;

}

BaseCard::BaseCard(const recipes::BaseChoice &choice, QWidget *parent)
    : QAbstractButton(parent)
    , m_choice(choice)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setText(choice.title);
    setAccessibleName(choice.title);
    setAccessibleDescription(choice.description + u' ' + sizeText());
    setToolTip(choice.reference);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::MinimumExpanding);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QString BaseCard::sizeText() const
{
    return m_choice.typicalBytes > 0 ? tr("about %1").arg(base::sizeInWords(m_choice.typicalBytes))
                                     : tr("0 bytes");
}

QSize BaseCard::sizeHint() const
{
    return {200, heightForWidth(200)};
}

int BaseCard::heightForWidth(int width) const
{
    const QFontMetrics small(smallFont(font()));
    const QRect words =
        small.boundingRect(QRect(0, 0, width - 2 * padding, 1000), Qt::TextWordWrap, m_choice.description);
    return 2 * padding + fontMetrics().height() + space::xs + words.height() + 2;
}

void BaseCard::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = colorsFor(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool strong = isChecked() || hasFocus();
    const qreal inset = strong ? 1 : 0.5;
    painter.setPen(QPen(isChecked() || hasFocus() ? colors.accent : colors.cardBorder, strong ? 2 : 1));
    painter.setBrush(isChecked() ? colors.accentSoft : underMouse() ? colors.hover : colors.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius::card,
                            radius::card);

    QRect line = rect().adjusted(padding, padding, -padding, -padding);
    line.setHeight(fontMetrics().height());
    painter.setFont(smallFont(font()));
    painter.setPen(colors.textQuiet);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, sizeText());
    const int used = painter.fontMetrics().horizontalAdvance(sizeText()) + space::s;
    painter.setFont(sectionFont(font()));
    painter.setPen(colors.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_choice.title, Qt::ElideRight, line.width() - used));
    painter.setFont(smallFont(font()));
    painter.setPen(colors.textQuiet);
    painter.drawText(
        rect().adjusted(padding, padding + fontMetrics().height() + space::xs, -padding, -padding),
        Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_choice.description);
}

}
