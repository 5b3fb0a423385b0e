// SPDX-License-Identifier: Apache-2.0
#include "graph/graphlook.h"

#include "theme/metrics.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QPainter>
#include <QtMath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qreal widestLabel = 190;
constexpr qreal arrowLength = 9;
constexpr qreal gridStep = 24;

/// Each kind has a stroke of its own, so that colour is never the only difference.
QList<qreal> dashes(graph::EdgeKind kind)
{
    switch (kind) {
    case graph::EdgeKind::Base:
        return {};
    case graph::EdgeKind::CopyFrom:
        return {6, 3};
    case graph::EdgeKind::Mount:
        return {1, 3};
    case graph::EdgeKind::Context:
        return {7, 3, 1, 3};
    }
    Q_UNREACHABLE_RETURN({});
}

}

QPainterPath pathThrough(const std::vector<QPointF> &bezier)
{
    QPainterPath path;
    if (bezier.empty())
        return path;
    path.moveTo(bezier.front());
    for (size_t i = 1; i + 2 < bezier.size(); i += 3)
        path.cubicTo(bezier[i], bezier[i + 1], bezier[i + 2]);
    return path;
}

QPolygonF arrowHead(const QPainterPath &path)
{
    if (path.isEmpty())
        return {};
    // Slightly before the end, so that the head follows the curve there and not its last pixel's whim.
    const QPointF tip = path.pointAtPercent(1);
    const QPointF before =
        path.pointAtPercent(path.percentAtLength(std::max(0.0, path.length() - arrowLength)));
    const qreal angle = std::atan2(tip.y() - before.y(), tip.x() - before.x());
    const auto back = [&](qreal share, qreal spread) {
        return tip - arrowLength * share * QPointF(std::cos(angle + spread), std::sin(angle + spread));
    };
    return {{tip, back(1, 0.42), back(0.72, 0), back(1, -0.42)}};
}

QPainterPath pathBetween(QPointF from, QPointF to, graph::Direction direction)
{
    const bool isSideways = direction == graph::Direction::LeftToRight;
    const qreal distance = isSideways ? to.x() - from.x() : to.y() - from.y();
    const qreal length = std::clamp(std::abs(distance) / 2, 30.0, 160.0);
    const QPointF reach = isSideways ? QPointF(length, 0) : QPointF(0, length);
    QPainterPath path(from);
    path.cubicTo(from + reach, to - reach, to);
    return path;
}

QPointF edgeGrip(const QPainterPath &path)
{
    constexpr qreal offThePort = 30;
    const qreal length = path.length();
    return path.pointAtPercent(path.percentAtLength(std::min(offThePort, length / 3)));
}

QColor GraphLook::edgeColor(graph::EdgeKind kind) const
{
    switch (kind) {
    case graph::EdgeKind::Base:
        return m_colors.edgeBase;
    case graph::EdgeKind::CopyFrom:
        return m_colors.edgeCopy;
    case graph::EdgeKind::Mount:
        return m_colors.edgeMount;
    case graph::EdgeKind::Context:
        return m_colors.edgeContext;
    }
    Q_UNREACHABLE_RETURN(m_colors.edgeBase);
}

QSizeF GraphLook::labelSize(const EdgeContent &edge) const
{
    const qreal word = QFontMetricsF(m_smallFont).horizontalAdvance(edge.word);
    const qreal detail =
        edge.detail.isEmpty() ? 0 : QFontMetricsF(m_codeFont).horizontalAdvance(edge.detail) + space::xs;
    const qreal height = std::ceil(QFontMetricsF(m_smallFont).height() + 5);
    return {std::min(widestLabel, std::ceil(word + detail) + 2 * space::s), height};
}

void GraphLook::paintEdge(QPainter &painter, const EdgeContent &edge, const QPainterPath &path,
                          const QPolygonF &head, EdgeState state) const
{
    if (path.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor color = edgeColor(edge.kind);
    if (!edge.isNeeded)
        color = blend(m_colors.panel, color, 0.45);
    if (state.isSelected) {
        painter.setPen(QPen(blend(m_colors.panel, m_colors.accent, m_colors.isHighContrast ? 1 : 0.4), 8,
                            Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(path);
    }
    QPen pen(color, state.isEmphasised || state.isSelected ? 2.6 : 1.7, Qt::SolidLine, Qt::FlatCap);
    if (const auto pattern = dashes(edge.kind); !pattern.isEmpty()) {
        pen.setDashPattern(pattern);
        pen.setCapStyle(edge.kind == graph::EdgeKind::Mount ? Qt::RoundCap : Qt::FlatCap);
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);

    painter.setPen(QPen(color, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(color);
    painter.drawPolygon(head);
    if (state.isSelected)
        paintPort(painter, edgeGrip(path), false);
    painter.restore();
}

void GraphLook::paintLabel(QPainter &painter, const EdgeContent &edge, QPointF centre, EdgeState state) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF place(QPointF(), labelSize(edge));
    place.moveCenter(centre);
    const QColor color = edgeColor(edge.kind);
    if (state.isSelected)
        painter.setPen(QPen(m_colors.accent, 2));
    else
        painter.setPen(QPen(state.isEmphasised ? color : m_colors.line, 1));
    painter.setBrush(m_colors.panel);
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2);
    if (!edge.isNeeded)
        painter.setOpacity(painter.opacity() * 0.62);

    const QFontMetricsF words(m_smallFont);
    const QFontMetricsF code(m_codeFont);
    const QRectF inside = place.adjusted(space::s, 0, -space::s, 0);
    painter.setFont(m_smallFont);
    painter.setPen(color);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, edge.word);
    if (!edge.detail.isEmpty()) {
        const qreal left = words.horizontalAdvance(edge.word) + space::xs;
        painter.setFont(m_codeFont);
        painter.setPen(m_colors.text);
        painter.drawText(inside.adjusted(left, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         code.elidedText(edge.detail, Qt::ElideMiddle, inside.width() - left + 1));
    }
    painter.restore();
}

void GraphLook::paintRubberEdge(QPainter &painter, const QPainterPath &path) const
{
    paintEdge(painter, {graph::EdgeKind::CopyFrom, {}, {}, true}, path, arrowHead(path),
              {.isEmphasised = true});
}

void GraphLook::paintGround(QPainter &painter, const QRectF &rect) const
{
    painter.fillRect(rect, m_colors.panel);
    if (m_colors.isHighContrast || painter.worldTransform().m11() < 0.5)
        return;
    const qreal left = std::floor(rect.left() / gridStep) * gridStep;
    const qreal top = std::floor(rect.top() / gridStep) * gridStep;
    // Small squares: round dots take most of the time in which the ground is dragged.
    constexpr qreal dot = 1.6;
    QList<QRectF> dots;
    for (qreal x = left; x < rect.right(); x += gridStep)
        for (qreal y = top; y < rect.bottom(); y += gridStep)
            dots << QRectF(x - dot / 2, y - dot / 2, dot, dot);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_colors.line);
    painter.drawRects(dots);
    painter.restore();
}

}
