// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRectF>

#include <vector>

namespace ui {

enum class WalkDirection { Left, Right, Up, Down };

/// The place that the eye expects next in a direction: near, and rather straight ahead than aside. -1 for
/// none.
int nextPlace(const std::vector<QRectF> &places, int current, WalkDirection direction);

}
