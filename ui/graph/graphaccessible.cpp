// SPDX-License-Identifier: Apache-2.0
#include "graph/graphaccessible.h"

#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/graphview.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <map>

namespace ui {

namespace {

class AccessibleGraph;

/// A card by its key: the item behind it may have gone, then it is invalid.
class AccessibleCard final : public QAccessibleInterface
{
public:
    AccessibleCard(GraphView *view, graph::NodeKey key)
        : m_view(view)
        , m_key(std::move(key))
    {}

    [[nodiscard]] bool isValid() const override { return card() != nullptr; }
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
        const CardItem *item = card();
        return item != nullptr && kind == QAccessible::Name ? item->content().inWords() : QString();
    }
    void setText(QAccessible::Text, const QString &) override {}
    [[nodiscard]] QRect rect() const override
    {
        const CardItem *item = card();
        if (item == nullptr)
            return {};
        const QRect place = m_view->mapFromScene(item->sceneRect()).boundingRect();
        return {m_view->viewport()->mapToGlobal(place.topLeft()), place.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        const CardItem *item = card();
        state.selectable = true;
        state.focusable = true;
        state.selected = item != nullptr && item->isSelected();
        state.focused = state.selected && m_view->hasFocus();
        state.invisible = item == nullptr;
        return state;
    }

private:
    [[nodiscard]] CardItem *card() const { return m_view ? m_view->graphScene().card(m_key) : nullptr; }

    QPointer<GraphView> m_view;
    graph::NodeKey m_key;
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

    [[nodiscard]] int childCount() const override { return int(view()->graphScene().cards().size()); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        const auto cards = view()->graphScene().cards();
        return index >= 0 && index < int(cards.size()) ? interfaceOf(cards[size_t(index)]->key()) : nullptr;
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
        return card != nullptr ? interfaceOf(card->key()) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        const auto selected = view()->selectedNode();
        return selected && view()->hasFocus() ? interfaceOf(*selected) : nullptr;
    }

private:
    [[nodiscard]] GraphView *view() const { return static_cast<GraphView *>(widget()); }
    [[nodiscard]] QAccessibleInterface *interfaceOf(const graph::NodeKey &key) const
    {
        auto known = m_ids.find(key);
        if (known == m_ids.end())
            known =
                m_ids.emplace(key, QAccessible::registerAccessibleInterface(new AccessibleCard(view(), key)))
                    .first;
        return QAccessible::accessibleInterface(known->second);
    }

    mutable std::map<graph::NodeKey, QAccessible::Id> m_ids;
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
