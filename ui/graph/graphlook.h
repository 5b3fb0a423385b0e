// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/cardcontent.h"
#include "graph/graphlayout.h"
#include "theme/themecolors.h"

#include <QFont>
#include <QPainterPath>
#include <QPalette>
#include <QPolygonF>

class QPainter;

namespace ui {

/// How a card stands at the moment.
struct CardState
{
    bool isSelected = false;
    bool isFocused = false; ///< the keyboard is here
    bool isHovered = false;
    bool isDropTarget = false;
    bool isDropRefused = false;
    bool isGhost = false; ///< not in the text at the moment, which is half-typed
    int selectedRow = -1; ///< of those that it shows
    int dropSlot = -1;    ///< above which row something would stand when let go
};

/// How an edge stands at the moment.
struct EdgeState
{
    bool isEmphasised = false; ///< one of its ends is selected
    bool isSelected = false;
};

/// How the graph is drawn, the same in the window, in files and in reports: measures and paints cards and
/// edges from their contents. Cards are as wide as their kind, never as their text, so that typing does not
/// move them.
class GraphLook
{
public:
    GraphLook(const QFont &font, const ThemeColors &colors);

    [[nodiscard]] const ThemeColors &colors() const { return m_colors; }

    /// Which way edges run; it says on which sides of the cards they begin and end.
    void setDirection(graph::Direction direction) { m_direction = direction; }
    [[nodiscard]] graph::Direction direction() const { return m_direction; }
    [[nodiscard]] QPointF inPort(const CardContent &card) const;
    [[nodiscard]] QPointF outPort(const CardContent &card) const;

    [[nodiscard]] QSizeF sizeOf(const CardContent &card) const;
    /// The name's place in the card, for renaming it there.
    [[nodiscard]] QRectF titleRect(const CardContent &card) const;
    /// Which of the card's rows lies under a point of it; -1 for none.
    [[nodiscard]] int rowAt(const CardContent &card, QPointF position) const;
    [[nodiscard]] QRectF rowRect(const CardContent &card, int row) const;
    /// Above which of its rows (or below the last) something let go there would stand.
    [[nodiscard]] int slotAt(const CardContent &card, QPointF position) const;
    void paintCard(QPainter &painter, const CardContent &card, const CardState &state) const;

    /// Where new edges start: a circle around outPort().
    static constexpr qreal portRadius = 7;
    void paintPort(QPainter &painter, QPointF centre, bool isHot) const;

    [[nodiscard]] QSizeF labelSize(const EdgeContent &edge) const;
    void paintEdge(QPainter &painter, const EdgeContent &edge, const QPainterPath &path,
                   const QPolygonF &head, EdgeState state) const;
    void paintLabel(QPainter &painter, const EdgeContent &edge, QPointF centre, EdgeState state) const;
    /// The edge that a person is dragging.
    void paintRubberEdge(QPainter &painter, const QPainterPath &path) const;
    void paintGround(QPainter &painter, const QRectF &rect) const;

    [[nodiscard]] QColor edgeColor(graph::EdgeKind kind) const;

private:
    [[nodiscard]] bool hasFooter(const CardContent &card) const;
    void paintFrame(QPainter &painter, const CardContent &card, const CardState &state,
                    const QRectF &rect) const;
    void paintHeader(QPainter &painter, const CardContent &card) const;
    void paintRows(QPainter &painter, const CardContent &card, const CardState &state) const;
    void paintRow(QPainter &painter, const CardContent::Row &row, const QRectF &place) const;
    void paintDropSlot(QPainter &painter, const CardContent &card, const CardState &state) const;
    void paintFooter(QPainter &painter, const CardContent &card) const;
    qreal paintBadges(QPainter &painter, const CardContent &card, qreal right, qreal centreY) const;

    ThemeColors m_colors;
    graph::Direction m_direction = graph::Direction::LeftToRight;
    QPalette m_palette;
    QFont m_font;
    QFont m_titleFont;
    QFont m_smallFont;
    QFont m_codeFont;
    qreal m_headerHeight;
    qreal m_rowHeight;
    qreal m_footerHeight;
};

/// A smooth curve through a layout's Bézier points.
QPainterPath pathThrough(const std::vector<QPointF> &bezier);
/// What an edge ends with.
QPolygonF arrowHead(const QPainterPath &path);
/// From one port to another.
QPainterPath pathBetween(QPointF from, QPointF to, graph::Direction direction);
/// Where a selected edge is taken to lead it from another node: near its source, off the card's port.
QPointF edgeGrip(const QPainterPath &path);

}
