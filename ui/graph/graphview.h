// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/cardcontent.h"

#include <QGraphicsView>
#include <QPointer>

#include <memory>
#include <optional>

class QMenu;

namespace workspace {
struct Snapshot;
}

namespace ui {

class CardItem;
class DesignVerbs;
class DragNote;
class EmptyState;
class GraphScene;
class RenameField;
class RubberEdgeItem;

/// The stage graph to look at and to work in. It shows snapshots and tells what a person wants; it changes
/// nothing. Mouse: a click selects a card, one of its instructions or an edge; a drag from a card's port
/// connects, a drag of a selected edge's grip leads it from elsewhere, a drag of an instruction moves it, a
/// drag elsewhere pans, the wheel zooms. Keys: Tab and arrows walk, Down goes into a card's instructions, E
/// to its edges, Enter to the line; F2 renames, C connects, Delete deletes, Ctrl+D duplicates, Alt+Up and
/// Alt+Down move a stage, Ctrl+Shift+Up and Ctrl+Shift+Down an instruction, Ctrl+/ comments it out, Ctrl+0
/// fits.
class GraphView : public QGraphicsView
{
    Q_OBJECT

public:
    explicit GraphView(QWidget *parent = nullptr);
    ~GraphView() override;

    void showSnapshot(const workspace::Snapshot &snapshot);
    /// Another document was opened: starts over, and fits.
    void showDocument(const workspace::Snapshot &snapshot);
    void setNotes(const GraphNotes &notes);
    /// Offered for a stage: the builder's own, and what is usual.
    void setPlatforms(const QStringList &platforms) { m_platforms = platforms; }
    /// Whose verbs the menus, keys and drags are; it must outlive the view.
    void setVerbs(DesignVerbs *verbs) { m_verbs = verbs; }

    [[nodiscard]] GraphScene &graphScene() const { return *m_scene; }
    [[nodiscard]] std::optional<graph::NodeKey> selectedNode() const;
    /// Selects without telling (the wish came from elsewhere), and scrolls to it.
    void selectNode(const std::optional<graph::NodeKey> &key);

    /// The file's row (from 1) of the selected instruction; 0 for none.
    [[nodiscard]] int selectedInstructionRow() const;
    [[nodiscard]] std::optional<graph::Edge> selectedEdge() const;

    [[nodiscard]] qreal zoom() const { return transform().m11(); }
    void startRename(const graph::NodeKey &key);
    /// The same for a stage that has no place yet: a moment later.
    void renameOnceLaidOut(const graph::NodeKey &key) { m_toRename = key; }
    /// The keyboard chooses where an edge from this node goes.
    void startConnecting(const graph::NodeKey &from);
    [[nodiscard]] bool isConnecting() const { return m_connectFrom.has_value(); }

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void zoomToOriginal();
    void fit();

Q_SIGNALS:
    void nodeSelected(const graph::NodeKey &key);
    /// An instruction on a card; `row` is the file's, from 1.
    void instructionSelected(int row);
    void edgeSelected(const graph::Edge &edge);
    void selectionCleared();
    void rowActivated(int row);
    void connectRequested(const graph::NodeKey &from, const graph::NodeKey &to);
    void addStageRequested(const std::optional<graph::NodeKey> &from);
    void renameRequested(const graph::NodeKey &key, const QString &name);
    void deleteRequested(const graph::NodeKey &key);
    void targetRequested(const graph::NodeKey &key);
    /// The base is to be chosen: the inspector has the field for it.
    void editBaseRequested(const graph::NodeKey &key);
    void editPlatformRequested(const graph::NodeKey &key);
    void connectImageRequested(const graph::NodeKey &to);
    /// The name of an image was dropped: on a stage, or on the ground.
    void imageDropped(const QString &reference, const std::optional<graph::NodeKey> &stage);

protected:
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void fitReadably();
    void fitAtLeast(qreal least);
    void zoomTo(qreal factor, QPoint around);
    void keepVisible();
    void placeRenameField();
    void choose(const CardItem *card);
    void chooseRow(int row);
    void chooseEdge(const graph::Edge &edge);
    void showFocus(int child);

    // Keys.
    bool zoomKey(const QKeyEvent *event);
    bool verbKey(const QKeyEvent *event);
    void enter();
    void deleteSelected();
    void walk(int key);
    bool walkRows(int key);
    void walkEdges(bool back);
    [[nodiscard]] CardItem *walkFrom(const CardItem *card, int key) const;
    [[nodiscard]] CardItem *selectedCard() const;

    // Drags: a new edge, an edge's source, an instruction.
    void startDragFrom(const CardItem &card, QPointF position);
    bool startEdgeDrag(QPointF position);
    void dragTo(QPointF position);
    void dropAt(QPointF position);
    void stopConnecting();
    void setDropTarget(CardItem *card, const QString &whyNot = {}, int slot = -1);
    [[nodiscard]] QString whyNotConnect(const graph::NodeKey &to) const;
    [[nodiscard]] QString promiseFor(const CardItem *target) const;
    void startRowDrag(const CardItem &card, int row, QPoint at);
    void dragRowTo(QPoint at);
    void dropRow();

    // Menus.
    void showEmptyState();
    QMenu *newMenu();
    void fillMenu(QMenu &menu, const CardItem &card);
    void addConnectMenu(QMenu &menu, const graph::NodeKey &from);
    void addStageVerbs(QMenu &menu, const graph::NodeKey &stage);
    void addPlatformMenu(QMenu &menu, const graph::Stage &stage);
    void addInstructionMenu(QMenu &menu, const graph::NodeKey &stage);
    void fillRowMenu(QMenu &menu, const graph::Stage &stage, int row);
    void addMoveMenu(QMenu &menu, const graph::Stage &stage, int line);
    void fillEdgeMenu(QMenu &menu, const graph::Edge &edge);

    /// An instruction that the mouse holds.
    struct RowDrag
    {
        graph::NodeKey stage;
        int index = -1; ///< among the stage's instructions
        int line = -1;
        QPoint from;
        bool hasStarted = false;
        std::optional<graph::NodeKey> to;
        int position = -1; ///< where it would stand, itself not counted
        QString whyNot;
    };

    GraphScene *m_scene;
    EmptyState *m_empty;
    DragNote *m_dragNote;
    DesignVerbs *m_verbs = nullptr;
    QStringList m_platforms;
    QPointer<RenameField> m_renameField;
    std::optional<graph::NodeKey> m_toRename; ///< when it has its place
    graph::NodeKey m_renamed;                 ///< whose name m_renameField shows
    std::unique_ptr<RubberEdgeItem> m_rubber; ///< while an edge is dragged
    std::optional<graph::NodeKey> m_connectFrom;
    std::optional<graph::Edge> m_draggedEdge; ///< whose source is dragged
    std::optional<graph::NodeKey> m_dropTarget;
    QString m_whyNoDrop;
    std::optional<RowDrag> m_rowDrag;
    std::optional<graph::NodeKey> m_told; ///< the selection as told to others
    std::optional<QPoint> m_panFrom;
    bool m_isSpaceHeld = false;
    bool m_isFitted = true; ///< nobody zoomed or panned since: resizing may fit again
};

}
