// SPDX-License-Identifier: Apache-2.0
#include "graph/graphaccessible.h"

#include "graph/edgeverbs.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/graphview.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <map>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// A node, or the edge from it to another one.
struct GraphPart
{
    graph::NodeKey node;
    std::optional<graph::EdgeKind> edge = {};
    graph::NodeKey to = {};

    friend auto operator<=>(const GraphPart &, const GraphPart &) = default;
};

QString edgeInWords(const GraphScene &scene, const graph::Edge &edge)
{
    const auto titleOf = [&scene](const graph::NodeKey &key) {
        const CardItem *card = scene.card(key);
        return card != nullptr ? card->content().title : key.name;
    };
    const EdgeItem *item = scene.edgeItem(edge);
    const QString what =
        item == nullptr ? QString() : QString(item->content().word + u' ' + item->content().detail).trimmed();
    const int row = edge.lines.empty() ? 0 : scene.tree().firstRow(edge.lines.front());
    return GraphView::tr("%1 from %2 to %3, line %4")
        .arg(what, titleOf(edge.from), titleOf(edge.to), QString::number(row));
}

/// The card, or the one of its instructions that is selected.
QString cardInWords(const CardItem &card)
{
    const int row = card.selectedRow();
    const auto &rows = card.content().rows;
    if (row < 0 || row >= int(rows.size()))
        return card.content().inWords();
    const auto &[keyword, text, fileRow, problem] = rows[size_t(row)];
    const QString words = GraphView::tr("%1 %2, line %3").arg(keyword, text, QString::number(fileRow));
    return problem.isEmpty() ? words : QString(words + u": "_s + problem);
}

/// A card by its key, or an edge by its ends: the item behind it may have gone, then it is invalid.
class AccessiblePart final : public QAccessibleInterface
{
public:
    AccessiblePart(GraphView *view, GraphPart part)
        : m_view(view)
        , m_part(std::move(part))
    {}

    [[nodiscard]] bool isValid() const override { return card() != nullptr || edge() != nullptr; }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QWindow *window() const override
    {
        return m_view ? m_view->window()->windowHandle() : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_view);
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Name)
            return {};
        if (const graph::Edge *found = edge())
            return edgeInWords(m_view->graphScene(), *found);
        const CardItem *item = card();
        return item != nullptr ? cardInWords(*item) : QString();
    }
    void setText(QAccessible::Text, const QString &) override {}
    [[nodiscard]] QRect rect() const override
    {
        QRectF place;
        if (const CardItem *item = card())
            place = item->sceneRect();
        else if (const graph::Edge *found = edge())
            if (const EdgeItem *line = m_view->graphScene().edgeItem(*found))
                place = line->path().boundingRect();
        if (place.isNull())
            return {};
        const QRect seen = m_view->mapFromScene(place).boundingRect();
        return {m_view->viewport()->mapToGlobal(seen.topLeft()), seen.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        const CardItem *item = card();
        const graph::Edge *found = edge();
        state.selectable = true;
        state.focusable = true;
        state.selected = item != nullptr ? item->isSelected()
                                         : found != nullptr && found == m_view->graphScene().selectedEdge();
        state.focused = state.selected && m_view->hasFocus();
        state.invisible = item == nullptr && found == nullptr;
        return state;
    }

private:
    [[nodiscard]] CardItem *card() const
    {
        return m_view && !m_part.edge ? m_view->graphScene().card(m_part.node) : nullptr;
    }
    [[nodiscard]] const graph::Edge *edge() const
    {
        return m_view && m_part.edge
                   ? graph::findEdge(m_view->graphScene().graph(), *m_part.edge, m_part.node, m_part.to)
                   : nullptr;
    }

    QPointer<GraphView> m_view;
    GraphPart m_part;
};

class AccessibleGraph final : public QAccessibleWidget
{
public:
    explicit AccessibleGraph(GraphView *view)
        : QAccessibleWidget(view, QAccessible::List)
    {}
    ~AccessibleGraph() override
    {
        for (const auto &[key, id] : m_ids)
            QAccessible::deleteAccessibleInterface(id);
    }

    [[nodiscard]] int childCount() const override
    {
        const GraphScene &scene = view()->graphScene();
        return int(scene.cards().size() + scene.graph().edges.size());
    }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        const auto cards = view()->graphScene().cards();
        const auto &edges = view()->graphScene().graph().edges;
        if (index < 0 || index >= childCount())
            return nullptr;
        return size_t(index) < cards.size() ? interfaceOf({cards[size_t(index)]->key()})
                                            : interfaceOf(partOf(edges[size_t(index) - cards.size()]));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *wanted) const override
    {
        for (int i = 0; i < childCount(); ++i)
            if (child(i) == wanted)
                return i;
        return -1;
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint at = view()->viewport()->mapFromGlobal(QPoint(x, y));
        const CardItem *card = view()->graphScene().cardAt(view()->mapToScene(at));
        return card != nullptr ? interfaceOf({card->key()}) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        const auto selected = view()->selectedNode();
        const graph::Edge *edge = view()->graphScene().selectedEdge();
        if (!view()->hasFocus() || (!selected && edge == nullptr))
            return nullptr;
        return edge != nullptr ? interfaceOf(partOf(*edge)) : interfaceOf({*selected});
    }

private:
    [[nodiscard]] GraphView *view() const { return static_cast<GraphView *>(widget()); }
    [[nodiscard]] static GraphPart partOf(const graph::Edge &edge) { return {edge.from, edge.kind, edge.to}; }
    [[nodiscard]] QAccessibleInterface *interfaceOf(const GraphPart &part) const
    {
        auto known = m_ids.find(part);
        if (known == m_ids.end())
            known =
                m_ids
                    .emplace(part, QAccessible::registerAccessibleInterface(new AccessiblePart(view(), part)))
                    .first;
        return QAccessible::accessibleInterface(known->second);
    }

    mutable std::map<GraphPart, QAccessible::Id> m_ids;
};

QAccessibleInterface *makeGraph(const QString &, QObject *object)
{
    auto *view = qobject_cast<GraphView *>(object);
    return view != nullptr ? new AccessibleGraph(view) : nullptr;
}

}

void installGraphAccessibility()
{
    QAccessible::installFactory(makeGraph); // Qt keeps a list without doubles
}

}
