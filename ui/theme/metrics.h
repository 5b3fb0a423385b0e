// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>

namespace ui {

/// The steps that all distances are taken from, in device independent pixels.
namespace space {
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int xl = 24;
}

namespace radius {
inline constexpr int control = 4; ///< buttons, fields, selected rows
inline constexpr int card = 8;    ///< stages, notices, tiles
}

namespace iconsize {
inline constexpr int small = 16;
inline constexpr int toolbar = 20;
inline constexpr int large = 24;
inline constexpr int hero = 48; ///< empty panels, the welcome page
}

/// The four sizes of type, made from the font that a person set up for the desktop.
QFont titleFont(const QFont &base);   ///< a page's or panel's headline
QFont sectionFont(const QFont &base); ///< over a group of things
QFont smallFont(const QFont &base);   ///< badges, axis labels, second lines
QFont codeFont(const QFont &base);    ///< instructions, logs: fixed pitch, as large to the eye as `base`

}
