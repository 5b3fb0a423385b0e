// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

class QWidget;

namespace ui {

/// The colours of one scheme, by what they are for. Ask colorsFor() while painting: the answer follows the
/// palette, so a widget that repaints on QEvent::PaletteChange (QWidget does by itself) follows the scheme.
struct ThemeColors
{
    bool isDark = false;
    bool isHighContrast = false;

    QColor window; ///< behind everything, toolbars and dock titles
    QColor panel;  ///< lists, editors, the graph's ground
    QColor card;   ///< a stage, a tile
    QColor cardBorder;
    QColor line;      ///< separators, grid lines, frames
    QColor hover;     ///< under the mouse
    QColor selection; ///< selected rows and text; text on it keeps its colour
    QColor selectionText;
    QColor text;
    QColor textQuiet; ///< second lines, axis labels, hints
    QColor textDisabled;
    QColor accent;     ///< the one thing to do next, focus, the selected card
    QColor accentText; ///< on accent
    QColor accentSoft; ///< ground tinted by accent
    QColor danger;     ///< the following are readable as text on panel and card ...
    QColor warning;
    QColor success;
    QColor info;
    QColor dangerSoft; ///< ... and these are grounds for text
    QColor warningSoft;
    QColor successSoft;
    QColor infoSoft;
    QColor standIn; ///< the badge of an image that is not the real one
    QColor standInSoft;

    QColor edgeBase;    ///< FROM
    QColor edgeCopy;    ///< COPY --from
    QColor edgeMount;   ///< RUN --mount=from
    QColor edgeContext; ///< out of the build context

    QColor diffAdded;
    QColor diffRemoved;
    QColor diffAddedSoft;
    QColor diffRemovedSoft;

    QColor chartBase;                  ///< layers of the base image: calm
    QColor chartBaseLine;              ///< their hatching, and what separates them
    std::array<QColor, 10> series;     ///< told apart by colour-blind people too; still always with a label
    std::array<QColor, 10> seriesText; ///< readable on the series colour of the same index
    std::array<QColor, 16> ansi;       ///< terminal colours, readable on panel

    /// The series repeat after ten.
    [[nodiscard]] const QColor &seriesAt(std::size_t index) const { return series[index % series.size()]; }
    [[nodiscard]] const QColor &seriesTextAt(std::size_t index) const
    {
        return seriesText[index % seriesText.size()];
    }
};

const ThemeColors &lightColors();
const ThemeColors &darkColors();
const ThemeColors &highContrastColors();

/// The scheme that a palette belongs to, told by its window colour: a foreign palette gets light or dark.
const ThemeColors &colorsFor(const QPalette &palette);
const ThemeColors &colorsFor(const QWidget *widget);

/// The palette that says the same to Qt's own widgets.
QPalette paletteOf(const ThemeColors &colors);

/// `over` at `opacity` on top of `ground`, opaque.
QColor blend(const QColor &ground, const QColor &over, qreal opacity);

}
