// SPDX-License-Identifier: Apache-2.0
#pragma once

class QPainter;
class QStyleOptionViewItem;

namespace ui {

/// Draws what stands behind an item of a view: selection, focus and hover as the style has them. What the
/// item says is left to a delegate. `option` comes from initStyleOption().
void paintBareItem(QPainter *painter, const QStyleOptionViewItem &option);

}
