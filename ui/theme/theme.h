// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/themecolors.h"

class QApplication;

namespace ui {

enum class Scheme : quint8 {
    System, ///< light or dark as the desktop says, and following it
    Light,
    Dark,
    HighContrast
};

/// Gives the whole application its style and palette. May be called again at any time: every widget follows.
void applyTheme(QApplication &application, Scheme scheme);

}
