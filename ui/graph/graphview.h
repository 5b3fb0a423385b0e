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
class EmptyState;
class GraphScene;
class RenameField;
class RubberEdgeItem;

/// The stage graph to look at and to work in. It shows snapshots and tells what a person wants; it changes
/// nothing. Mouse: click selects, a drag from a card's port connects, a drag elsewhere pans, the wheel zooms.
/// Keys: Tab and arrows walk, Enter goes to the line, F2 renames, C connects, Delete deletes, Ctrl+0 fits.
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

    [[nodiscard]] GraphScene &graphScene() const { return *m_scene; }
    [[nodiscard]] std::optional<graph::NodeKey> selectedNode() const;
    /// Selects without telling (the wish came from elsewhere), and scrolls to it.
    void selectNode(const std::optional<graph::NodeKey> &key);

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
    void selectionCleared();
    void rowActivated(int row);
    void connectRequested(const graph::NodeKey &from, const graph::NodeKey &to);
    void addStageRequested(const std::optional<graph::NodeKey> &from);
    void renameRequested(const graph::NodeKey &key, const QString &name);
    void deleteRequested(const graph::NodeKey &key);
    void targetRequested(const graph::NodeKey &key);
    /// The base is to be chosen: the inspector has the field for it.
    void editBaseRequested(const graph::NodeKey &key);

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
    void walk(int key);
    [[nodiscard]] CardItem *walkFrom(const CardItem *card, int key) const;
    [[nodiscard]] CardItem *selectedCard() const;
    void startDragFrom(const CardItem &card, QPointF position);
    void dragTo(QPointF position);
    void dropAt(QPointF position);
    void stopConnecting();
    void setDropTarget(CardItem *card);
    [[nodiscard]] QString promiseFor(const CardItem *target) const;
    void showEmptyState();
    void fillMenu(QMenu &menu, const CardItem &card);
    void addConnectMenu(QMenu &menu, const graph::NodeKey &from);

    GraphScene *m_scene;
    EmptyState *m_empty;
    QPointer<RenameField> m_renameField;
    std::optional<graph::NodeKey> m_toRename; ///< when it has its place
    graph::NodeKey m_renamed;                 ///< whose name m_renameField shows
    std::unique_ptr<RubberEdgeItem> m_rubber; ///< while an edge is dragged
    std::optional<graph::NodeKey> m_connectFrom;
    std::optional<graph::NodeKey> m_dropTarget;
    std::optional<graph::NodeKey> m_told; ///< the selection as told to others
    std::optional<QPoint> m_panFrom;
    bool m_isSpaceHeld = false;
    bool m_isFitted = true; ///< nobody zoomed or panned since: resizing may fit again
};

}
