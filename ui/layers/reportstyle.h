// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace ui {

/// The HTML report's style sheet: its own rules, and the theme's colours as variables for light and dark.
QByteArray reportStyle();

}
