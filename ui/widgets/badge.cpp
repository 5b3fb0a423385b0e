// SPDX-License-Identifier: Apache-2.0
#include "widgets/badge.h"

#include "theme/theme.h"

#include <QPainter>

namespace ui {

namespace {

struct Look
{
    QColor ground;
    QColor text;
};

Look lookOf(Badge::Kind kind, const ThemeColors &colors)
{
    switch (kind) {
    case Badge::Kind::Neutral:
        return {blend(colors.panel, colors.text, 0.09), colors.textQuiet};
    case Badge::Kind::Accent:
        return {colors.accentSoft, colors.accent};
    case Badge::Kind::Success:
        return {colors.successSoft, colors.success};
    case Badge::Kind::Warning:
        return {colors.warningSoft, colors.warning};
    case Badge::Kind::Danger:
        return {colors.dangerSoft, colors.danger};
    case Badge::Kind::StandIn:
        return {colors.standInSoft, colors.standIn};
    }
    Q_UNREACHABLE_RETURN({});
}

}

Badge::Badge(const QString &text, Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void Badge::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::setKind(Kind kind)
{
    m_kind = kind;
    update();
}

int Badge::widthOf(const QString &text, const QFont &font)
{
    return QFontMetrics(smallFont(font)).horizontalAdvance(text) + 2 * 7;
}

QSize Badge::sizeHint() const
{
    return {widthOf(m_text, font()), QFontMetrics(smallFont(font())).height() + 4};
}

int Badge::paint(QPainter *painter, const QRect &rect, const QString &text, Kind kind,
                 const QPalette &palette)
{
    const ThemeColors &colors = colorsFor(palette);
    const Look look = lookOf(kind, colors);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const int width = widthOf(text, painter->font());
    painter->setFont(smallFont(painter->font()));
    const int height = painter->fontMetrics().height() + 4;
    const QRectF pill(rect.left(), rect.top() + (rect.height() - height) / 2.0, width, height);
    painter->setPen(colors.isHighContrast ? QPen(look.text) : QPen(Qt::NoPen));
    painter->setBrush(look.ground);
    painter->drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), height / 2.0, height / 2.0);
    painter->setPen(look.text);
    painter->drawText(pill, Qt::AlignCenter, text);
    painter->restore();
    return width;
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_text, m_kind, palette());
}

}
