// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/units.h"

#include <QCoreApplication>

namespace ui {

/// A duration beside other facts: below a tenth of a second the digits would be noise.
inline QString shortTime(std::chrono::nanoseconds duration)
{
    return duration < std::chrono::milliseconds(95) ? QCoreApplication::translate("ui::shortTime", "< 0.1 s")
                                                    : base::durationInWords(duration);
}

}
