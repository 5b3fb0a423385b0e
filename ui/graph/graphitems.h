// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graphlook.h"

#include <QGraphicsItem>

namespace ui {

/// A node in the scene. It holds a copy of what it shows and the node's key, nothing of the document.
class CardItem final : public QGraphicsItem
{
public:
    explicit CardItem(const GraphLook &look);

    void setContent(const CardContent &content);
    [[nodiscard]] const CardContent &content() const { return m_content; }
    [[nodiscard]] const graph::NodeKey &key() const { return m_content.key; }

    void setGhost(bool isGhost);
    /// Something is dragged over it: `slot` is the row above which it would stand, -1 when it is about the
    /// whole card.
    struct Drop
    {
        bool isOver = false;
        bool isRefused = false;
        int slot = -1;
    };
    void setDrop(const Drop &drop);
    void setSelectedRow(int row); ///< of those that it shows; -1 for none
    [[nodiscard]] int selectedRow() const { return m_state.selectedRow; }
    [[nodiscard]] bool isGhost() const { return m_state.isGhost; }

    [[nodiscard]] QSizeF size() const { return m_look.sizeOf(m_content); }
    [[nodiscard]] QRectF sceneRect() const { return {scenePos(), size()}; }
    [[nodiscard]] QPointF inPort() const;  ///< in the scene
    [[nodiscard]] QPointF outPort() const; ///< in the scene
    [[nodiscard]] bool isOnPort(QPointF scenePosition) const;

    [[nodiscard]] QRectF boundingRect() const override;
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *widget) override;

protected:
    void hoverEnterEvent(QGraphicsSceneHoverEvent *event) override;
    void hoverMoveEvent(QGraphicsSceneHoverEvent *event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent *event) override;

private:
    const GraphLook &m_look; // the scene's, which outlives its items
    CardContent m_content;
    CardState m_state;
    bool m_isPortHot = false;
};

/// The line of an edge. Its label is an item of its own, above all lines.
class EdgeItem final : public QGraphicsItem
{
public:
    EdgeItem(const GraphLook &look, graph::NodeKey from, graph::NodeKey to);

    graph::NodeKey from;
    graph::NodeKey to;
    int row = 0; ///< the first of the file's rows that make it

    bool setContent(const EdgeContent &content); ///< true when it was another one
    [[nodiscard]] const EdgeContent &content() const { return m_content; }
    void setPath(const QPainterPath &path);
    [[nodiscard]] const QPainterPath &path() const { return m_path; }
    bool setState(EdgeState state); ///< true when it was another one
    [[nodiscard]] EdgeState state() const { return m_state; }
    [[nodiscard]] bool isNear(QPointF scenePosition) const;

    [[nodiscard]] QRectF boundingRect() const override
    {
        return m_path.boundingRect().adjusted(-12, -12, 12, 12);
    }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

private:
    const GraphLook &m_look;
    EdgeContent m_content;
    QPainterPath m_path;
    QPolygonF m_head; ///< measuring a curve takes longer than drawing it
    EdgeState m_state;
};

class EdgeLabelItem final : public QGraphicsItem
{
public:
    EdgeLabelItem(const GraphLook &look, const EdgeItem &edge)
        : m_look(look)
        , m_edge(edge)
    {
        setZValue(2);
        contentChanged();
    }

    [[nodiscard]] const EdgeItem &edge() const { return m_edge; }
    void contentChanged();

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

private:
    const GraphLook &m_look;
    const EdgeItem &m_edge;
    QSizeF m_size; ///< asked for each time that anything is drawn
};

/// The edge that follows the mouse.
class RubberEdgeItem final : public QGraphicsItem
{
public:
    explicit RubberEdgeItem(const GraphLook &look)
        : m_look(look)
    {
        setZValue(3);
    }

    void setEnds(QPointF from, QPointF to);

    [[nodiscard]] QRectF boundingRect() const override
    {
        return m_path.boundingRect().adjusted(-12, -12, 12, 12);
    }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

private:
    const GraphLook &m_look;
    QPainterPath m_path;
};

}
