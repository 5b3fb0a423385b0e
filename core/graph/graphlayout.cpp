// SPDX-License-Identifier: Apache-2.0
#include "graph/graphlayout.h"

#include <QtMath>

#include <gvc.h>

#include <algorithm>
#include <memory>
#include <mutex>

using namespace Qt::StringLiterals;

namespace graph {

namespace {

constexpr double pointsPerInch = 72; // one scene pixel is one of Graphviz' points
constexpr QSizeF sizeOfUnknownNode(160, 56);
constexpr size_t edgesOfLargeGraph =
    150; // from here on labels, which are nodes to dot, and beauty cost too much

int swallowMessage(char *)
{
    return 0; // e.g. "node 'x', graph 'g' size too small for label": nobody reads stderr here
}

/// Graphviz' context is made once: its plugins stay loaded, and freeing it would lose what they keep. The
/// mutex is held while it is used: libgvc keeps state in globals.
struct Graphviz
{
    std::mutex mutex;
    GVC_t *context = nullptr;

    static Graphviz &shared()
    {
        static Graphviz graphviz;
        return graphviz;
    }

private:
    Graphviz()
    {
        agseterrf(swallowMessage);
        context = gvContext();
    }
};

void setAttribute(void *object, const char *name, const QByteArray &value)
{
    // cgraph takes char * and copies.
    agsafeset(object, const_cast<char *>(name), const_cast<char *>(value.constData()),
              const_cast<char *>(""));
}

struct CloseGraph
{
    GVC_t *context;
    bool isLaidOut = false;

    void operator()(Agraph_t *graph) const
    {
        if (isLaidOut)
            gvFreeLayout(context, graph);
        agclose(graph);
    }
};

/// One graph as Graphviz sees it, from making it to reading its places.
class DotGraph
{
public:
    DotGraph(GVC_t *context, Direction direction, bool isLarge)
        : m_graph(agopen(const_cast<char *>("stages"), Agdirected, nullptr), CloseGraph{context})
        , m_direction(direction)
    {
        setAttribute(m_graph.get(), "rankdir", direction == Direction::LeftToRight ? "LR" : "TB");
        setAttribute(m_graph.get(), "nodesep", "0.45");
        setAttribute(m_graph.get(), "ranksep", "0.9");
        // Bounds the network simplex and the mending of crossings, whose last percent takes most of the time.
        setAttribute(m_graph.get(), "nslimit", isLarge ? "0.5" : "3");
        setAttribute(m_graph.get(), "nslimit1", isLarge ? "1" : "3");
        setAttribute(m_graph.get(), "mclimit", isLarge ? "0.1" : "0.6");
    }

    void add(const NodeKey &key, QSizeF size)
    {
        QByteArray name = QByteArray::number(m_nodes.size());
        Agnode_t *node = agnode(m_graph.get(), name.data(), 1);
        setAttribute(node, "shape", "box");
        setAttribute(node, "fixedsize", "true");
        setAttribute(node, "label", "");
        setAttribute(node, "width", QByteArray::number(size.width() / pointsPerInch, 'f', 6));
        setAttribute(node, "height", QByteArray::number(size.height() / pointsPerInch, 'f', 6));
        m_nodes.insert(key, node);
    }

    void add(const Edge &edge, QSizeF labelSize)
    {
        Agnode_t *from = m_nodes.value(edge.from);
        Agnode_t *to = m_nodes.value(edge.to);
        Agedge_t *line = from && to ? agedge(m_graph.get(), from, to, nullptr, 1) : nullptr;
        m_edges.push_back(line);
        if (!line)
            return;
        const bool isSideways = m_direction == Direction::LeftToRight;
        setAttribute(line, "tailport", isSideways ? "e" : "s");
        setAttribute(line, "headport", isSideways ? "w" : "n");
        setAttribute(line, "weight", edge.kind == EdgeKind::Base ? "3" : "1");
        if (!labelSize.isEmpty())
            reserveLabel(line, labelSize);
    }

    bool layOut()
    {
        GVC_t *context = m_graph.get_deleter().context;
        if (!context || gvLayout(context, m_graph.get(), "dot") != 0)
            return false;
        m_graph.get_deleter().isLaidOut = true;
        return true;
    }

    [[nodiscard]] Layout read(const StageGraph &graph) const
    {
        Layout layout;
        const boxf bounds = GD_bb(m_graph.get());
        layout.size = {bounds.UR.x - bounds.LL.x, bounds.UR.y - bounds.LL.y};
        const auto place = [&bounds](pointf point) {
            return QPointF(point.x - bounds.LL.x, bounds.UR.y - point.y);
        };
        for (const auto &[key, node] : m_nodes.asKeyValueRange()) {
            QRectF box(QPointF(), QSizeF(ND_width(node), ND_height(node)) * pointsPerInch);
            box.moveCenter(place(ND_coord(node)));
            layout.nodes.insert(key, box);
        }
        for (size_t i = 0; i < m_edges.size(); ++i)
            layout.edges.push_back(curve(m_edges[i], graph.edges[i], layout, place));
        return layout;
    }

private:
    void reserveLabel(Agedge_t *line, QSizeF size)
    {
        // An empty table of fixed size: room without a font, which would load a text plugin.
        QByteArray html =
            "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\" fixedsize=\"true\""
            " width=\"" +
            QByteArray::number(qCeil(size.width())) + "\" height=\"" +
            QByteArray::number(qCeil(size.height())) + "\"><tr><td></td></tr></table>";
        char *label = agstrdup_html(m_graph.get(), html.data());
        agsafeset(line, const_cast<char *>("label"), label, const_cast<char *>(""));
        agstrfree(m_graph.get(), label);
    }

    template <class Place>
    Layout::EdgeCurve curve(Agedge_t *line, const Edge &edge, const Layout &layout, const Place &place) const
    {
        Layout::EdgeCurve result;
        const splines *found = line ? ED_spl(line) : nullptr;
        if (found && found->size > 0) {
            const bezier &chain = found->list[0];
            for (int i = 0; i < int(chain.size); ++i)
                result.points.push_back(place(chain.list[i]));
            if (chain.eflag && !result.points.empty())
                result.points.back() = place(chain.ep);
        } else {
            const QPointF from = layout.nodes.value(edge.from).center();
            const QPointF to = layout.nodes.value(edge.to).center();
            result.points = {from, from + (to - from) / 3, to - (to - from) / 3, to};
        }
        const textlabel_t *label = line ? ED_label(line) : nullptr;
        result.labelCentre =
            label && label->set ? place(label->pos) : result.points[result.points.size() / 2];
        return result;
    }

    std::unique_ptr<Agraph_t, CloseGraph> m_graph;
    Direction m_direction;
    QHash<NodeKey, Agnode_t *> m_nodes;
    std::vector<Agedge_t *> m_edges; // beside StageGraph::edges
};

/// Nodes in order of the file: images and contexts first, then stages; dot keeps it where nothing speaks
/// against.
std::vector<NodeKey> nodesInOrder(const StageGraph &graph)
{
    std::vector<NodeKey> keys;
    for (const ExternalImage &image : graph.images)
        keys.push_back(image.key);
    for (const Context &context : graph.contexts)
        keys.push_back(context.key);
    for (const Stage &stage : graph.stages)
        keys.push_back(stage.key);
    return keys;
}

/// Without Graphviz' layout plugin: one row in order of the file, with straight edges.
Layout inOneRow(const StageGraph &graph, const QHash<NodeKey, QSizeF> &sizes, Direction direction)
{
    constexpr double gap = 64;
    Layout layout;
    QPointF at;
    for (const NodeKey &key : nodesInOrder(graph)) {
        const QSizeF size = sizes.value(key, sizeOfUnknownNode);
        layout.nodes.insert(key, QRectF(at, size));
        layout.size = layout.size.expandedTo(QSizeF(at.x() + size.width(), at.y() + size.height()));
        at += direction == Direction::LeftToRight ? QPointF(size.width() + gap, 0)
                                                  : QPointF(0, size.height() + gap);
    }
    for (const Edge &edge : graph.edges) {
        const QPointF from = layout.nodes.value(edge.from).center();
        const QPointF to = layout.nodes.value(edge.to).center();
        layout.edges.push_back({{from, from + (to - from) / 3, to - (to - from) / 3, to}, (from + to) / 2});
    }
    return layout;
}

}

Layout layOut(const StageGraph &graph, const QHash<NodeKey, QSizeF> &sizes,
              const std::vector<QSizeF> &labelSizes, Direction direction, std::stop_token stop)
{
    if (graph.stages.empty() && graph.images.empty() && graph.contexts.empty())
        return {};
    Graphviz &graphviz = Graphviz::shared();
    const std::scoped_lock lock(graphviz.mutex);
    if (stop.stop_requested())
        return {};

    const bool isLarge = graph.edges.size() > edgesOfLargeGraph;
    DotGraph dot(graphviz.context, direction, isLarge);
    for (const NodeKey &key : nodesInOrder(graph))
        dot.add(key, sizes.value(key, sizeOfUnknownNode));
    for (size_t i = 0; i < graph.edges.size(); ++i)
        dot.add(graph.edges[i], !isLarge && i < labelSizes.size() ? labelSizes[i] : QSizeF());
    if (!dot.layOut())
        return inOneRow(graph, sizes, direction);
    return dot.read(graph);
}

}
