// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cachedialog.h"

class QMenu;
class QWidget;

namespace app {

class EngineHub;

/// The dialogs about the engine are there once, over the window that `widget` is in, whichever document asked
/// for them.
void showEngines(QWidget *widget, EngineHub &hub);
void showBuildCache(QWidget *widget, EngineHub &hub, ui::CacheDialog::Page page);

/// The places that builds can run on, to be switched between with one click; the one in use is marked.
void addEngineChoices(QMenu &menu, EngineHub &hub);

}
