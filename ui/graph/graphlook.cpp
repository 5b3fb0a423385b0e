// SPDX-License-Identifier: Apache-2.0
#include "graph/graphlook.h"

#include "graph/cardicon.h"
#include "theme/metrics.h"
#include "widgets/badge.h"

#include <QFontMetricsF>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qreal stageWidth = 276;
constexpr qreal smallCardWidth = 208;
constexpr qreal padding = space::m;

Badge::Kind look(CardContent::BadgeKind kind)
{
    switch (kind) {
    case CardContent::BadgeKind::Target:
        return Badge::Kind::Accent;
    case CardContent::BadgeKind::StandIn:
        return Badge::Kind::StandIn;
    case CardContent::BadgeKind::Undefined:
        return Badge::Kind::Danger;
    case CardContent::BadgeKind::NotNeeded:
    case CardContent::BadgeKind::Neutral:
        return Badge::Kind::Neutral;
    }
    Q_UNREACHABLE_RETURN(Badge::Kind::Neutral);
}

QString iconOf(const graph::NodeKey &key)
{
    switch (key.kind) {
    case graph::NodeKind::Stage:
        return u"stage"_s;
    case graph::NodeKind::Image:
        return u"image"_s;
    case graph::NodeKind::Context:
        return u"context"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

struct StateLook
{
    QString iconName;
    QColor color;
};

StateLook lookOf(NodeNote::State state, const ThemeColors &colors)
{
    switch (state) {
    case NodeNote::State::None:
        return {};
    case NodeNote::State::Waiting:
        return {u"waiting"_s, colors.textQuiet};
    case NodeNote::State::Running:
        return {u"running"_s, colors.accent};
    case NodeNote::State::Cached:
        return {u"cached"_s, colors.success};
    case NodeNote::State::Done:
        return {u"ok"_s, colors.success};
    case NodeNote::State::Failed:
        return {u"failed"_s, colors.danger};
    case NodeNote::State::Cancelled:
        return {u"cancelled"_s, colors.textQuiet};
    }
    Q_UNREACHABLE_RETURN({});
}

}

GraphLook::GraphLook(const QFont &font, const ThemeColors &colors)
    : m_colors(colors)
    , m_palette(paletteOf(colors))
    , m_font(font)
    , m_titleFont(sectionFont(font))
    , m_smallFont(smallFont(font))
    , m_codeFont(smallFont(codeFont(font)))
{
    const qreal title = QFontMetricsF(m_titleFont).height();
    const qreal small = QFontMetricsF(m_smallFont).height();
    m_headerHeight = std::ceil(title + small + 2 * space::s + 2);
    m_rowHeight = std::ceil(QFontMetricsF(m_codeFont).height() + 3);
    m_footerHeight = std::ceil(small + space::m);
}

bool GraphLook::hasFooter(const CardContent &card) const
{
    return card.findings.all() > 0 || card.note.state != NodeNote::State::None || !card.note.text.isEmpty();
}

QSizeF GraphLook::sizeOf(const CardContent &card) const
{
    if (card.key.kind != graph::NodeKind::Stage)
        return {smallCardWidth, m_headerHeight};
    const qreal rows = qreal(card.rows.size()) + (card.rowsNotShown > 0 ? 1 : 0);
    // The footer's room is always there: findings and build states come and go, and must move nothing.
    return {stageWidth, m_headerHeight + (rows > 0 ? rows * m_rowHeight + space::s : 0) + m_footerHeight};
}

QPointF GraphLook::inPort(const CardContent &card) const
{
    const QSizeF size = sizeOf(card);
    return m_direction == graph::Direction::LeftToRight ? QPointF(0, size.height() / 2)
                                                        : QPointF(size.width() / 2, 0);
}

QPointF GraphLook::outPort(const CardContent &card) const
{
    const QSizeF size = sizeOf(card);
    return m_direction == graph::Direction::LeftToRight ? QPointF(size.width(), size.height() / 2)
                                                        : QPointF(size.width() / 2, size.height());
}

QRectF GraphLook::titleRect(const CardContent &card) const
{
    const qreal left = padding + iconsize::small + space::s;
    return {left, qreal(space::s) - 2, sizeOf(card).width() - left - padding,
            QFontMetricsF(m_titleFont).height() + 4};
}

void GraphLook::paintCard(QPainter &painter, const CardContent &card, const CardState &state) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (state.isGhost)
        painter.setOpacity(painter.opacity() * 0.45);
    const QRectF rect(QPointF(), sizeOf(card));
    paintFrame(painter, card, state, rect);
    // What the target does not need is still readable, only quieter.
    if (!card.isNeeded)
        painter.setOpacity(painter.opacity() * 0.62);
    paintHeader(painter, card);
    if (card.key.kind == graph::NodeKind::Stage) {
        paintRows(painter, card, state);
        if (hasFooter(card))
            paintFooter(painter, card);
        if (state.dropSlot >= 0)
            paintDropSlot(painter, card, state);
    }
    painter.restore();
}

void GraphLook::paintFrame(QPainter &painter, const CardContent &card, const CardState &state,
                           const QRectF &rect) const
{
    const bool isStage = card.key.kind == graph::NodeKind::Stage;
    const qreal corner = isStage ? radius::card : rect.height() / 2;
    if (isStage && card.isNeeded && !m_colors.isHighContrast) {
        // A soft shadow of three sheets; a blur effect would be repainted with every move of the view.
        for (int i = 3; i >= 1; --i) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(QColor(0, 0, 0, m_colors.isDark ? 26 : 9));
            painter.drawRoundedRect(rect.adjusted(-i + 1, 0, i - 1, i + 0.5), corner + i, corner + i);
        }
    }
    QColor ground = card.isNeeded ? m_colors.card : blend(m_colors.panel, m_colors.card, 0.5);
    if (!isStage)
        ground = blend(m_colors.panel, m_colors.window, m_colors.isDark ? 0.8 : 0.9);
    if (state.isHovered && !m_colors.isHighContrast)
        ground = blend(ground, m_colors.accentSoft, 0.35);
    if (state.isDropTarget)
        ground = state.isDropRefused ? m_colors.dangerSoft : m_colors.accentSoft;

    QColor border = card.isTarget() ? blend(m_colors.cardBorder, m_colors.accent, 0.55) : m_colors.cardBorder;
    qreal width = 1;
    if (state.isSelected || state.isDropTarget || state.isFocused) {
        border = state.isDropRefused ? m_colors.danger : m_colors.accent;
        width = 2;
    }
    if (state.isSelected && !m_colors.isHighContrast) {
        painter.setPen(QPen(blend(m_colors.panel, m_colors.accent, 0.28), 6));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect, corner, corner);
    }
    QPen pen(border, width);
    if (!card.isNeeded || state.isGhost || (state.isFocused && !state.isSelected))
        pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(ground);
    const qreal inset = width / 2;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), corner - inset, corner - inset);
}

void GraphLook::paintHeader(QPainter &painter, const CardContent &card) const
{
    const QSizeF size = sizeOf(card);
    const bool isStage = card.key.kind == graph::NodeKind::Stage;
    const qreal left = isStage ? padding : padding + space::xs;
    const QFontMetricsF titleMetrics(m_titleFont);
    const QFontMetricsF smallMetrics(m_smallFont);
    const qreal titleTop = (m_headerHeight - titleMetrics.height() - smallMetrics.height()) / 2;
    const qreal textLeft = left + iconsize::small + space::s;

    const qreal iconTop = isStage ? titleTop + (titleMetrics.height() - iconsize::small) / 2
                                  : (m_headerHeight - iconsize::small) / 2;
    paintCardIcon(painter, QRectF(left, iconTop, iconsize::small, iconsize::small), iconOf(card.key),
                  card.isTarget() ? m_colors.accent : m_colors.textQuiet);

    const qreal centreY = titleTop + titleMetrics.height() / 2;
    const qreal badgesLeft = isStage ? paintBadges(painter, card, size.width() - padding, centreY)
                                     : paintBadges(painter, card, size.width() - padding - space::xs,
                                                   m_headerHeight - titleTop - smallMetrics.height() / 2);
    const qreal right = size.width() - padding - (isStage ? 0 : space::xs);
    const qreal titleRight = isStage ? badgesLeft : right;
    const qreal subtitleRight = isStage ? right : badgesLeft;

    const auto line = [&painter](const QRectF &place, const QString &text, const QFontMetricsF &metrics,
                                 Qt::TextElideMode mode) {
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, mode, place.width()));
    };
    QFont titleOf = isStage ? m_titleFont : m_font;
    titleOf.setItalic(card.isUnnamed);
    painter.setFont(titleOf);
    painter.setPen(m_colors.text);
    line({textLeft, titleTop, titleRight - textLeft, titleMetrics.height()}, card.title,
         QFontMetricsF(titleOf), isStage ? Qt::ElideRight : Qt::ElideMiddle);
    painter.setFont(m_smallFont);
    painter.setPen(m_colors.textQuiet);
    line({textLeft, titleTop + titleMetrics.height(), subtitleRight - textLeft, smallMetrics.height()},
         card.subtitle, smallMetrics, Qt::ElideMiddle);
}

qreal GraphLook::paintBadges(QPainter &painter, const CardContent &card, qreal right, qreal centreY) const
{
    painter.setFont(m_font);
    for (const auto &badge : card.badges) {
        const int width = Badge::widthOf(badge.text, m_font);
        const int height = QFontMetrics(m_smallFont).height() + 4;
        right -= width;
        Badge::paint(&painter, QRect(qRound(right), qRound(centreY - height / 2.0), width, height),
                     badge.text, look(badge.kind), m_palette);
        right -= space::xs;
    }
    return right - (card.badges.empty() ? 0 : space::xs);
}

void GraphLook::paintFooter(QPainter &painter, const CardContent &card) const
{
    const QSizeF size = sizeOf(card);
    const qreal top = size.height() - m_footerHeight;
    const qreal side = iconsize::small - 2;
    const qreal iconTop = top + (m_footerHeight - side) / 2 - 1;
    const QFontMetricsF metrics(m_smallFont);
    const QRectF line(0, top - 1, size.width(), m_footerHeight);
    painter.setFont(m_smallFont);

    qreal left = padding;
    const auto count = [&](int number, const QString &iconName, const QColor &color) {
        if (number == 0)
            return;
        paintCardIcon(painter, {left, iconTop, side, side}, iconName, color);
        left += side + 3;
        painter.setPen(color);
        const QString text = QString::number(number);
        painter.drawText(line.adjusted(left, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
        left += metrics.horizontalAdvance(text) + space::s;
    };
    count(card.findings.errors, u"problem-error"_s, m_colors.danger);
    count(card.findings.warnings, u"problem-warning"_s, m_colors.warning);
    count(card.findings.advice, u"problem-advice"_s, m_colors.info);

    const StateLook state = lookOf(card.note.state, m_colors);
    const QString text =
        metrics.elidedText(card.note.text, Qt::ElideRight, size.width() - padding - left - side - 6);
    const qreal right = size.width() - padding;
    painter.setPen(card.note.state == NodeNote::State::Failed ? m_colors.danger : m_colors.textQuiet);
    painter.drawText(line.adjusted(0, 0, -padding, 0), Qt::AlignRight | Qt::AlignVCenter, text);
    if (!state.iconName.isEmpty())
        paintCardIcon(painter, {right - metrics.horizontalAdvance(text) - side - 5, iconTop, side, side},
                      state.iconName, state.color);
}

void GraphLook::paintPort(QPainter &painter, QPointF centre, bool isHot) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal radius = isHot ? portRadius : portRadius - 2;
    painter.setPen(QPen(m_colors.accent, 1.5));
    painter.setBrush(isHot ? m_colors.accent : m_colors.card);
    painter.drawEllipse(centre, radius, radius);
    if (isHot) {
        painter.setPen(QPen(m_colors.accentText, 1.5));
        painter.drawLine(centre - QPointF(3, 0), centre + QPointF(3, 0));
        painter.drawLine(centre - QPointF(0, 3), centre + QPointF(0, 3));
    }
    painter.restore();
}

}
