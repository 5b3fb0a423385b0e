// SPDX-License-Identifier: Apache-2.0
#include "layers/chartaxis.h"

#include <cmath>

namespace ui {

ChartAxis::ChartAxis(ChartScale scale, qint64 smallest, qint64 largest, int wantedTicks)
    : m_scale(scale)
{
    largest = qMax<qint64>(1, largest);
    if (scale == ChartScale::Linear)
        makeLinear(largest, wantedTicks);
    else
        makeLog(qBound<qint64>(1, smallest, largest), largest);
}

void ChartAxis::makeLinear(qint64 largest, int wantedTicks)
{
    // Steps of 1, 2 or 5 times a power of ten; the axis ends with the largest bar, not with a round number,
    // so that the bars use all the room.
    const qreal rough = qreal(largest) / qMax(1, wantedTicks);
    const qreal decade = std::pow(10.0, std::floor(std::log10(rough)));
    qreal step = 10 * decade;
    for (const qreal factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= rough) {
            step = factor * decade;
            break;
        }
    }
    step = qMax(1.0, step);
    m_start = 0;
    m_end = qreal(largest);
    for (qint64 i = 0; qreal(i) * step <= m_end; ++i)
        m_ticks.push_back({qint64(std::llround(qreal(i) * step)), true});
}

void ChartAxis::makeLog(qint64 smallest, qint64 largest)
{
    // Starting a decade below the smallest one's own leaves each bar a length that can be seen and compared.
    const int first = qMax(0, int(std::floor(std::log10(qreal(smallest)))) - 1);
    m_start = first;
    m_end = qMax(m_start + 0.5, std::log10(qreal(largest)));
    for (int decade = first; decade <= int(std::ceil(m_end)); ++decade) {
        for (const int factor : {1, 2, 5}) {
            const auto bytes = qint64(std::llround(factor * std::pow(10.0, decade)));
            if (std::log10(qreal(bytes)) <= m_end + 1e-9)
                m_ticks.push_back({bytes, factor == 1});
        }
    }
}

qreal ChartAxis::shareOf(qint64 bytes) const
{
    if (bytes <= 0)
        return 0;
    const qreal at = m_scale == ChartScale::Linear ? qreal(bytes) : std::log10(qreal(bytes));
    return qBound(0.0, (at - m_start) / (m_end - m_start), 1.0);
}

}
