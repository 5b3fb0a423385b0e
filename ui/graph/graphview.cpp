// SPDX-License-Identifier: Apache-2.0
#include "graph/graphview.h"

#include "graph/dragnote.h"
#include "graph/graphaccessible.h"
#include "graph/graphedits.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "theme/metrics.h"
#include "widgets/emptystate.h"
#include "widgets/renamefield.h"
#include "workspace/workspace.h"

#include <QGestureEvent>
#include <QNativeGestureEvent>
#include <QResizeEvent>
#include <QScrollBar>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qreal smallestZoom = 0.15;
constexpr qreal readableZoom = 0.65; // below it, the words on a card are hard to read
constexpr qreal largestZoom = 4;
constexpr qreal zoomStep = 1.2;
constexpr qreal fitMargin = space::xl;

}

GraphView::GraphView(QWidget *parent)
    : QGraphicsView(parent)
    , m_scene(new GraphScene(font(), colorsFor(this), this))
    , m_empty(new EmptyState(u"graph"_s, tr("No stage yet"),
                             tr("A stage begins with a FROM line: type one, or add a stage here."), this))
    , m_dragNote(new DragNote(viewport()))
{
    installGraphAccessibility();
    setScene(m_scene);
    setAccessibleName(tr("Stage graph"));
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setViewportUpdateMode(SmartViewportUpdate);
    setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(false); // files go through to the window, which opens them
    viewport()->setAcceptDrops(true);
    viewport()->setMouseTracking(true);
    viewport()->grabGesture(Qt::PinchGesture);

    m_dragNote->hide();
    m_empty->setActionText(tr("Add a stage"));
    connect(m_empty, &EmptyState::actionRequested, this, [this] { Q_EMIT addStageRequested(std::nullopt); });
    connect(m_scene, &GraphScene::laidOut, this, [this](bool isFirst) {
        if (isFirst || m_isFitted)
            fitReadably();
        if (m_toRename)
            startRename(*std::exchange(m_toRename, {}));
    });
    connect(m_scene, &GraphScene::contentChanged, this, &GraphView::showEmptyState);
    showEmptyState();
}

GraphView::~GraphView()
{
    m_rubber.reset();
}

void GraphView::showSnapshot(const workspace::Snapshot &snapshot)
{
    m_scene->showSnapshot(snapshot);
    m_told = selectedNode();
    if (m_rowDrag || m_draggedEdge || (m_connectFrom && m_scene->card(*m_connectFrom) == nullptr))
        stopConnecting(); // what is dragged may be gone
    if (m_renameField && m_scene->graph().stage(m_renamed) == nullptr)
        m_renameField->finish();
}

void GraphView::showDocument(const workspace::Snapshot &snapshot)
{
    stopConnecting();
    if (m_renameField)
        m_renameField->finish();
    m_isFitted = true;
    m_toRename.reset();
    m_told.reset();
    m_scene->replace(snapshot);
}

void GraphView::setNotes(const GraphNotes &notes)
{
    m_scene->setNotes(notes);
}

std::optional<graph::NodeKey> GraphView::selectedNode() const
{
    return m_scene->selectedNode();
}

void GraphView::selectNode(const std::optional<graph::NodeKey> &key)
{
    m_told = key;
    m_scene->selectNode(key);
    keepVisible();
}

CardItem *GraphView::selectedCard() const
{
    const auto key = selectedNode();
    return key ? m_scene->card(*key) : nullptr;
}

void GraphView::keepVisible()
{
    const CardItem *card = selectedCard();
    if (card == nullptr || !card->isVisible())
        return;
    const QRect place = mapFromScene(card->sceneRect()).boundingRect();
    const QRect inside = viewport()->rect().adjusted(space::s, space::s, -space::s, -space::s);
    if (!inside.contains(place) && !m_isFitted)
        ensureVisible(card->sceneRect(), space::xl, space::xl);
}

void GraphView::zoomTo(qreal factor, QPoint around)
{
    const qreal wanted = std::clamp(factor, smallestZoom, largestZoom);
    const QPointF fixed = mapToScene(around);
    setTransform(QTransform::fromScale(wanted, wanted));
    const QPointF moved = mapFromScene(fixed) - around;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(moved.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(moved.y()));
    m_isFitted = false;
    placeRenameField();
}

void GraphView::zoomIn()
{
    zoomTo(zoom() * zoomStep, viewport()->rect().center());
}

void GraphView::zoomOut()
{
    zoomTo(zoom() / zoomStep, viewport()->rect().center());
}

void GraphView::zoomToOriginal()
{
    zoomTo(1, viewport()->rect().center());
}

void GraphView::fit()
{
    fitAtLeast(smallestZoom);
}

// What nobody asked for must stay readable: of a graph that is larger than the view, the target is shown.
void GraphView::fitReadably()
{
    fitAtLeast(readableZoom);
}

void GraphView::fitAtLeast(qreal least)
{
    const QRectF cards = m_scene->cardsRect().adjusted(-fitMargin, -fitMargin, fitMargin, fitMargin);
    if (m_scene->cards().empty() || cards.isEmpty())
        return;
    const qreal scale =
        std::min({viewport()->width() / cards.width(), viewport()->height() / cards.height(), 1.0});
    const qreal used = std::max(scale, least);
    setTransform(QTransform::fromScale(used, used));
    const auto &graph = m_scene->graph();
    const CardItem *target =
        graph.target < 0 ? nullptr : m_scene->card(graph.stages[std::size_t(graph.target)].key);
    centerOn(cards.center());
    if (used > scale && target)
        ensureVisible(target->sceneBoundingRect(), int(fitMargin), int(fitMargin));
    m_isFitted = true;
}

void GraphView::showEmptyState()
{
    m_empty->setVisible(m_scene->cards().empty());
    m_empty->setGeometry(viewport()->geometry());
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    m_empty->setGeometry(viewport()->geometry());
    m_scene->setRoom(QSizeF(viewport()->size()) - QSizeF(2 * fitMargin, 2 * fitMargin));
    if (m_isFitted)
        fitReadably();
}

void GraphView::changeEvent(QEvent *event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_scene->setLook(font(), colorsFor(this));
}

void GraphView::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - turned.y() - turned.x());
        m_isFitted = false;
    } else {
        zoomTo(zoom() * std::pow(zoomStep, turned.y() / 120.0), event->position().toPoint());
    }
    event->accept();
}

bool GraphView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomTo(zoom() * (1 + gesture->value()), gesture->position().toPoint());
            return true;
        }
    } else if (event->type() == QEvent::Gesture) {
        if (const auto *pinch = static_cast<QPinchGesture *>(
                static_cast<QGestureEvent *>(event)->gesture(Qt::PinchGesture))) {
            zoomTo(zoom() * pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->centerPoint().toPoint()));
            return true;
        }
    }
    return QGraphicsView::viewportEvent(event);
}

void GraphView::startRename(const graph::NodeKey &key)
{
    const CardItem *card = m_scene->card(key);
    const graph::Stage *stage = m_scene->graph().stage(key);
    if (card == nullptr || stage == nullptr || m_renameField)
        return;
    selectNode(key);
    m_renamed = key;
    const auto whyNot = [this, key](const QString &name) {
        return graph::whyNoStageName(m_scene->graph(), name, key);
    };
    m_renameField = new RenameField(stage->name, whyNot, viewport());
    m_renameField->setAccessibleName(tr("Name of the stage"));
    connect(m_renameField, &RenameField::accepted, this, [this, key](const QString &name) {
        setFocus();
        Q_EMIT renameRequested(key, name);
    });
    placeRenameField();
    m_renameField->show();
    m_renameField->setFocus(Qt::OtherFocusReason);
}

// Over the title of its card, wherever zooming and panning took that.
void GraphView::placeRenameField()
{
    const CardItem *card = m_renameField ? m_scene->card(m_renamed) : nullptr;
    if (card == nullptr)
        return;
    const QRectF title = m_scene->look().titleRect(card->content()).translated(card->pos());
    QRect place = mapFromScene(title).boundingRect();
    place.setHeight(std::max(place.height(), m_renameField->sizeHint().height()));
    place.setWidth(std::max(place.width(), 160));
    m_renameField->setGeometry(place);
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    QGraphicsView::focusInEvent(event);
    // Coming in by Tab, the keyboard needs a place to stand on.
    if (selectedCard() == nullptr && !m_scene->cards().empty() &&
        (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason))
        choose(event->reason() == Qt::TabFocusReason ? m_scene->cards().front() : m_scene->cards().back());
    viewport()->update();
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    m_isSpaceHeld = false;
    viewport()->update();
}

}
