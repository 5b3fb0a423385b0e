// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/cardcontent.h"
#include "theme/themecolors.h"

#include <QByteArray>
#include <QImage>

namespace ui {

/// The graph as a file, drawn as the window draws it. Needs a QGuiApplication (the offscreen platform will
/// do), for fonts. Lays out on the calling thread. A graph without stages gives a picture that says so.
QByteArray graphSvg(const dockerfile::Tree &tree, const graph::StageGraph &graph, const ThemeColors &colors,
                    const GraphNotes &notes = {});
QImage graphImage(const dockerfile::Tree &tree, const graph::StageGraph &graph, const ThemeColors &colors,
                  qreal scale = 2, const GraphNotes &notes = {});

}
