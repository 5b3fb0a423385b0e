// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/latestjob.h"
#include "graph/cardcontent.h"
#include "graph/graphlayout.h"
#include "graph/graphlook.h"

#include <QGraphicsScene>
#include <QTimer>
#include <QVariantAnimation>

#include <map>
#include <memory>
#include <optional>

namespace graph {
struct GraphDiff;
}

namespace workspace {
struct Snapshot;
}

namespace ui {

class CardItem;
class EdgeItem;
class EdgeLabelItem;

/// Mirrors the stage graph of a document: one item a node, known by its key, so that selection and places
/// survive edits. It changes by snapshots only, never by itself. Places come from the layout, made in the
/// pool, and only when nodes or edges came or went or a card grew; until then a keystroke moves nothing.
class GraphScene : public QGraphicsScene
{
    Q_OBJECT

public:
    explicit GraphScene(const QFont &font, const ThemeColors &colors, QObject *parent = nullptr);
    ~GraphScene() override;

    void setLook(const QFont &font, const ThemeColors &colors);
    [[nodiscard]] const GraphLook &look() const { return m_look; }

    void showSnapshot(const workspace::Snapshot &snapshot);
    /// Another document: nothing is kept from the one before.
    void replace(const workspace::Snapshot &snapshot);
    void setNotes(const GraphNotes &notes);

    [[nodiscard]] const graph::StageGraph &graph() const { return m_graph; }
    [[nodiscard]] const dockerfile::Tree &tree() const { return m_tree; }
    [[nodiscard]] CardItem *card(const graph::NodeKey &key) const;
    [[nodiscard]] CardItem *cardAt(QPointF position) const;
    /// In order of the file: images and contexts, then stages.
    [[nodiscard]] std::vector<CardItem *> cards() const;
    [[nodiscard]] QRectF cardsRect() const;
    /// How much room there is to look at it. The first layout of a document runs left to right or top to
    /// bottom, whichever can be shown larger there; later ones keep that.
    void setRoom(QSizeF room) { m_room = room; }
    [[nodiscard]] bool isLayingOut() const { return m_layoutJob.isRunning() || m_quiet.isActive(); }

    [[nodiscard]] std::optional<graph::NodeKey> selectedNode() const;
    /// No edge and no instruction, then.
    void selectNode(const std::optional<graph::NodeKey> &key);
    /// Which instruction of the selected stage is selected, from 0; -1 for none.
    [[nodiscard]] int selectedRow() const { return m_row; }
    /// Its card shows it, if need be in place of others.
    void selectRow(int row);
    /// Its logical line; -1 for none.
    [[nodiscard]] int selectedLine() const;
    [[nodiscard]] const graph::Edge *selectedEdge() const;
    /// No node, then.
    void selectEdge(const graph::Edge &edge);
    [[nodiscard]] const graph::Edge *edgeAt(QPointF position) const;
    [[nodiscard]] const EdgeItem *edgeItem(const graph::Edge &edge) const;

Q_SIGNALS:
    /// Everything has its place (an animation may still be on its way there).
    void laidOut(bool isFirst);
    void contentChanged();

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;

private:
    struct EdgeItems
    {
        std::unique_ptr<EdgeItem> line;
        std::unique_ptr<EdgeLabelItem> label;
        QPainterPath before; ///< where the animation comes from
        QPainterPath after;
        qreal labelAt = 0.5; ///< the label's place, as a share of the edge's length
    };
    struct Move
    {
        QPointF before;
        QPointF after;
    };

    void mirror(const dockerfile::Tree &tree, const graph::StageGraph &graph);
    bool mirrorTyping(const dockerfile::Tree &tree, const graph::StageGraph &graph);
    [[nodiscard]] bool hasGhosts() const;
    bool mirrorCards(const GraphContent &content, bool keepsGone);
    void mirrorEdges(const GraphContent &content);
    EdgeItems newEdge(const graph::Edge &wanted);
    void startLayout();
    void startLayoutWhenQuiet();
    void applyLayout(const graph::Layout &layout);
    void moveTo(qreal progress);
    void spreadLabels(const graph::Layout &layout, QPointF shift);
    void emphasiseSelection();
    void showRow();
    void followRow();
    void followNames(const graph::GraphDiff &diff);
    [[nodiscard]] CardSources sources() const;

    GraphLook m_look;
    dockerfile::Tree m_tree;
    graph::StageGraph m_graph;
    GraphNotes m_notes;
    CountsByNode m_counts; ///< of m_notes' findings, which move with the text while their nodes stay
    RowCache m_rows;
    std::map<graph::NodeKey, std::unique_ptr<CardItem>> m_cards;
    std::vector<graph::NodeKey> m_order;
    std::vector<EdgeItems> m_edges; ///< in the order of StageGraph::edges
    std::map<graph::NodeKey, Move> m_moves;
    std::optional<graph::NodeKey> m_toSelect; ///< chosen before it has a place
    std::optional<graph::Edge> m_edge;        ///< selected; as it was when it was last seen
    int m_row = -1;
    QString m_rowText; ///< of the selected instruction: it is found again by it
    CardSources::ShownFrom m_shownFrom;
    QVariantAnimation m_animation;
    QSizeF m_room{800, 600};
    bool m_hasPlaces = false;
    QTimer m_quiet;              ///< a layout waits until nobody types
    base::LatestJob m_layoutJob; // last: its results touch everything above
};

}
