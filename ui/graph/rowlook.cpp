// SPDX-License-Identifier: Apache-2.0
// A card's rows of instructions.
#include "graph/cardicon.h"
#include "graph/graphlook.h"
#include "theme/metrics.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qreal padding = space::m;

QString whatIsNotShown(const CardContent &card)
{
    const int below = card.rowsNotShown - card.firstShown;
    if (card.firstShown == 0)
        return QCoreApplication::translate("GraphCard", "%n more", nullptr, below);
    const QString above = QCoreApplication::translate("GraphCard", "%n above", nullptr, card.firstShown);
    return below == 0
               ? above
               : above + u", "_s + QCoreApplication::translate("GraphCard", "%n below", nullptr, below);
}

}

int GraphLook::rowAt(const CardContent &card, QPointF position) const
{
    const qreal top = m_headerHeight + space::xs;
    const int index = int(std::floor((position.y() - top) / m_rowHeight));
    return index >= 0 && index < int(card.rows.size()) ? index : -1;
}

QRectF GraphLook::rowRect(const CardContent &card, int row) const
{
    return {space::xs, m_headerHeight + space::xs + row * m_rowHeight, sizeOf(card).width() - 2 * space::xs,
            m_rowHeight};
}

int GraphLook::slotAt(const CardContent &card, QPointF position) const
{
    const qreal top = m_headerHeight + space::xs;
    return std::clamp(qRound((position.y() - top) / m_rowHeight), 0, int(card.rows.size()));
}

void GraphLook::paintRows(QPainter &painter, const CardContent &card, const CardState &state) const
{
    if (card.rows.empty())
        return;
    const qreal width = sizeOf(card).width();
    painter.setPen(QPen(m_colors.line, 1));
    painter.drawLine(QPointF(1, m_headerHeight - 0.5), QPointF(width - 1, m_headerHeight - 0.5));
    for (size_t i = 0; i < card.rows.size(); ++i) {
        const QRectF place = rowRect(card, int(i));
        if (int(i) == state.selectedRow) {
            painter.setPen(QPen(m_colors.accent, state.isFocused ? 1.5 : 1));
            painter.setBrush(m_colors.isHighContrast ? m_colors.card : m_colors.accentSoft);
            painter.drawRoundedRect(place, radius::control, radius::control);
        }
        paintRow(painter, card.rows[i], place.adjusted(space::s, 0, -space::s, 0));
    }
    if (card.rowsNotShown > 0) {
        painter.setFont(m_smallFont);
        painter.setPen(m_colors.textQuiet);
        const QRectF below = rowRect(card, int(card.rows.size()));
        painter.drawText(below.adjusted(space::s, 0, -space::s, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         whatIsNotShown(card));
    }
}

void GraphLook::paintRow(QPainter &painter, const CardContent::Row &row, const QRectF &place) const
{
    QRectF room = place;
    const bool isBroken = !row.problem.isEmpty();
    if (isBroken) { // a sign of its own, and not by colour alone
        const qreal side = iconsize::small - 3;
        const QRectF sign(place.right() - side, place.center().y() - side / 2, side, side);
        paintCardIcon(painter, sign, u"problem-error"_s, m_colors.danger);
        room.setRight(sign.left() - space::xs);
    }
    const QFontMetricsF metrics(m_codeFont);
    painter.setFont(m_codeFont);
    painter.setPen(isBroken ? m_colors.danger
                            : blend(m_colors.card, m_colors.accent, m_colors.isHighContrast ? 1 : 0.85));
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, row.keyword);
    room.setLeft(room.left() + metrics.horizontalAdvance(row.keyword) + metrics.horizontalAdvance(u' '));
    painter.setPen(isBroken ? m_colors.danger : m_colors.text);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(row.text, Qt::ElideRight, room.width()));
}

/// Where what is dragged would stand.
void GraphLook::paintDropSlot(QPainter &painter, const CardContent &card, const CardState &state) const
{
    const QRectF row = rowRect(card, state.dropSlot);
    const QColor color = state.isDropRefused ? m_colors.danger : m_colors.accent;
    QPen pen(color, 2);
    if (state.isDropRefused)
        pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.drawLine(row.topLeft(), row.topRight());
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(row.topLeft(), 3.5, 3.5);
    painter.drawEllipse(row.topRight(), 3.5, 3.5);
}

}
