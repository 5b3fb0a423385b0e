// SPDX-License-Identifier: Apache-2.0
#include "graph/graphrender.h"

#include "graph/graphlayout.h"
#include "graph/graphlook.h"
#include "graph/labelplaces.h"
#include "theme/metrics.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QPainter>
#include <QSvgGenerator>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qreal margin = space::xl;
constexpr QSizeF emptySize(420, 120);
constexpr qreal largestSide = 16000; // pixels; QImage and browsers give up not far above

/// Everything that is drawn, measured and laid out once.
class Picture
{
public:
    Picture(const dockerfile::Tree &tree, const graph::StageGraph &graph, const ThemeColors &colors,
            const GraphNotes &notes)
        : m_look(QGuiApplication::font(), colors)
        , m_content(describe(tree, graph, notes))
    {
        QHash<graph::NodeKey, QSizeF> sizes;
        for (const auto &card : m_content.cards)
            sizes.insert(card.key, m_look.sizeOf(card));
        std::vector<QSizeF> labels;
        for (const auto &edge : m_content.edges)
            labels.push_back(m_look.labelSize(edge));
        m_layout = graph::layOut(graph, sizes, labels, graph::Direction::LeftToRight);
    }

    [[nodiscard]] QSizeF size() const
    {
        const QSizeF inside = m_content.cards.empty() ? emptySize : m_layout.size;
        return inside + QSizeF(2 * margin, 2 * margin);
    }

    void paint(QPainter &painter) const
    {
        painter.fillRect(QRectF(QPointF(), size()), m_look.colors().panel);
        if (m_content.cards.empty()) {
            painter.setPen(m_look.colors().textQuiet);
            painter.drawText(
                QRectF(QPointF(), size()), Qt::AlignCenter,
                QCoreApplication::translate("GraphRender", "No stage: the file has no FROM line."));
            return;
        }
        painter.translate(margin, margin);
        std::vector<LabelWish> labels;
        for (size_t i = 0; i < m_layout.edges.size(); ++i) {
            const QPainterPath path = pathThrough(m_layout.edges[i].points);
            m_look.paintEdge(painter, m_content.edges[i], path, arrowHead(path), {});
            labels.push_back({path, m_layout.edges[i].labelCentre, m_look.labelSize(m_content.edges[i])});
        }
        for (const auto &card : m_content.cards) {
            painter.save();
            painter.translate(m_layout.nodes.value(card.key).topLeft());
            m_look.paintCard(painter, card, {});
            painter.restore();
        }
        const std::vector<qreal> places = labelPlaces(labels);
        for (size_t i = 0; i < labels.size(); ++i)
            m_look.paintLabel(painter, m_content.edges[i], labels[i].path.pointAtPercent(places[i]), {});
    }

private:
    GraphLook m_look;
    GraphContent m_content;
    graph::Layout m_layout;
};

}

QByteArray graphSvg(const dockerfile::Tree &tree, const graph::StageGraph &graph, const ThemeColors &colors,
                    const GraphNotes &notes)
{
    const Picture picture(tree, graph, colors, notes);
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(QCoreApplication::translate("GraphRender", "Stage graph"));
    generator.setSize(picture.size().toSize());
    generator.setViewBox(QRectF(QPointF(), picture.size()));
    QPainter painter(&generator);
    picture.paint(painter);
    painter.end();
    return buffer.data();
}

QImage graphImage(const dockerfile::Tree &tree, const graph::StageGraph &graph, const ThemeColors &colors,
                  qreal scale, const GraphNotes &notes)
{
    const Picture picture(tree, graph, colors, notes);
    const qreal fitting = largestSide / std::max(picture.size().width(), picture.size().height());
    const qreal used = std::min(scale, fitting);
    QImage image((picture.size() * used).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(used);
    QPainter painter(&image);
    picture.paint(painter);
    return image;
}

}
