// SPDX-License-Identifier: Apache-2.0
#include "graph/labelplaces.h"

#include <QHash>
#include <QLineF>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

namespace {

constexpr int steps = 48;
constexpr int first = steps / 8; // never on the arrow head, nor on the port
constexpr int last = steps * 7 / 8;
constexpr qreal gap = 3;

/// Rectangles by the squares of a grid that they touch, so that finding what one meets does not ask all.
class Taken
{
public:
    /// How much of it is covered. What lies in two squares counts twice, which is as good for comparing.
    [[nodiscard]] qreal covered(const QRectF &rect) const
    {
        qreal area = 0;
        eachCell(rect, [&](QPoint cell) {
            const auto there = m_cells.constFind(cell);
            if (there == m_cells.cend())
                return;
            for (const QRectF &other : *there) {
                const QRectF both = other & rect;
                area += both.width() * both.height();
            }
        });
        return area;
    }
    void add(const QRectF &rect)
    {
        eachCell(rect, [&](QPoint cell) { m_cells[cell].push_back(rect); });
    }

private:
    static void eachCell(const QRectF &rect, const auto &use)
    {
        constexpr qreal side = 200;
        for (int x = int(std::floor(rect.left() / side)); x <= int(std::floor(rect.right() / side)); ++x)
            for (int y = int(std::floor(rect.top() / side)); y <= int(std::floor(rect.bottom() / side)); ++y)
                use(QPoint(x, y));
    }

    QHash<QPoint, std::vector<QRectF>> m_cells;
};

QRectF labelAt(QPointF centre, QSizeF size)
{
    QRectF rect(QPointF(), size + QSizeF(gap, gap));
    rect.moveCenter(centre);
    return rect;
}

}

std::vector<qreal> labelPlaces(const std::vector<LabelWish> &wishes, const std::vector<QRectF> &cards)
{
    std::vector<qreal> places;
    places.reserve(wishes.size());
    Taken taken;
    for (const QRectF &card : cards)
        taken.add(card);
    for (const auto &[path, room, size] : wishes) {
        if (path.isEmpty()) {
            places.push_back(0.5);
            continue;
        }
        struct Candidate
        {
            int step;
            QPointF centre;
            qreal distance;
        };
        std::array<Candidate, last - first + 1> candidates;
        for (int i = first; i <= last; ++i) {
            const QPointF centre = path.pointAtPercent(qreal(i) / steps);
            candidates[size_t(i - first)] = {i, centre, QLineF(centre, room).length()};
        }
        std::ranges::sort(candidates, {}, &Candidate::distance);
        // The nearest that is free; where all is full, the one that covers least.
        const auto *chosen = candidates.begin();
        qreal least = -1;
        for (const auto &candidate : candidates) {
            const qreal covered = taken.covered(labelAt(candidate.centre, size));
            if (least >= 0 && covered >= least)
                continue;
            least = covered;
            chosen = &candidate;
            if (covered == 0)
                break;
        }
        taken.add(labelAt(chosen->centre, size));
        places.push_back(qreal(chosen->step) / steps);
    }
    return places;
}

}
