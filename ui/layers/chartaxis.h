// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/chartlayout.h"

namespace ui {

/// From bytes to a share of the axis' length, and the ticks to read it by.
class ChartAxis
{
public:
    /// Over sizes from `smallest` (not 0) to `largest`.
    ChartAxis(ChartScale scale, qint64 smallest, qint64 largest, int wantedTicks);

    [[nodiscard]] qreal shareOf(qint64 bytes) const; ///< 0..1

    struct Tick
    {
        qint64 bytes = 0;
        bool isLabelled = true;
    };
    [[nodiscard]] const std::vector<Tick> &ticks() const { return m_ticks; }

private:
    void makeLinear(qint64 largest, int wantedTicks);
    void makeLog(qint64 smallest, qint64 largest);

    ChartScale m_scale;
    qreal m_start = 0; ///< bytes, or log10 of them
    qreal m_end = 1;
    std::vector<Tick> m_ticks;
};

}
