// SPDX-License-Identifier: Apache-2.0
#include "theme/themecolors.h"

#include <QWidget>

namespace ui {

namespace {

constexpr QRgb rgb(unsigned value)
{
    return 0xff000000U | value;
}

template <std::size_t N>
std::array<QColor, N> colours(const std::array<unsigned, N> &values)
{
    std::array<QColor, N> result;
    for (std::size_t i = 0; i < N; ++i)
        result[i] = QColor::fromRgb(rgb(values[i]));
    return result;
}

QColor c(unsigned value)
{
    return QColor::fromRgb(rgb(value));
}

// WCAG's relative luminance, to choose black or white text on a series colour.
qreal luminance(const QColor &color)
{
    const auto linear = [](qreal v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

std::array<QColor, 10> readableOn(const std::array<QColor, 10> &grounds)
{
    std::array<QColor, 10> result;
    std::ranges::transform(grounds, result.begin(), [](const QColor &ground) {
        return luminance(ground) > 0.19 ? c(0x14171c) : c(0xffffff);
    });
    return result;
}

// The series are Paul Tol's "bright" and "muted" schemes (personal.sron.nl/~pault), ordered so that
// neighbours differ in lightness as well as in hue.
ThemeColors makeLight()
{
    ThemeColors t;
    t.window = c(0xf4f5f7);
    t.panel = c(0xffffff);
    t.card = c(0xffffff);
    t.cardBorder = c(0xcfd5de);
    t.line = c(0xe1e5ea);
    t.hover = c(0xebeef3);
    t.selection = c(0xd6e2fb);
    t.selectionText = c(0x16191f);
    t.text = c(0x1d2229);
    t.textQuiet = c(0x5a6470);
    t.textDisabled = c(0x9aa3ae);
    t.accent = c(0x3659c9);
    t.accentText = c(0xffffff);
    t.accentSoft = c(0xe4ebfc);
    t.danger = c(0xb9272f);
    t.warning = c(0x8f5300);
    t.success = c(0x1b7039);
    t.info = c(0x2a62b0);
    t.dangerSoft = c(0xfce6e7);
    t.warningSoft = c(0xfdf0d8);
    t.successSoft = c(0xdff3e5);
    t.infoSoft = c(0xe2edfb);
    t.standIn = c(0x7a3d94);
    t.standInSoft = c(0xf3e6f8);
    t.edgeBase = c(0x5a6470);
    t.edgeCopy = c(0x3659c9);
    t.edgeMount = c(0x8f5300);
    t.edgeContext = c(0x1b7a5a);
    t.diffAdded = c(0x1b7039);
    t.diffRemoved = c(0xb9272f);
    t.diffAddedSoft = c(0xdff3e5);
    t.diffRemovedSoft = c(0xfce6e7);
    t.chartBase = c(0xd3d8e0);
    t.chartBaseLine = c(0xb4bcc8);
    t.series = colours<10>(
        {0x4477aa, 0xee8866, 0x228833, 0xeecc66, 0xaa3377, 0x66ccee, 0x994455, 0x44bb99, 0x332288, 0xbbaa88});
    t.ansi = colours<16>({0x1d2229, 0xb9272f, 0x1b7039, 0x8f5300, 0x2a62b0, 0x8b3a9c, 0x0f6f7c, 0x5a6470,
                          0x6b7480, 0xd13a42, 0x258a49, 0xa9690a, 0x3659c9, 0xa64fb8, 0x148496, 0x1d2229});
    return t;
}

ThemeColors makeDark()
{
    ThemeColors t;
    t.isDark = true;
    t.window = c(0x1d2025);
    t.panel = c(0x23272d);
    t.card = c(0x2b3037);
    t.cardBorder = c(0x454c57);
    t.line = c(0x363c45);
    t.hover = c(0x30353d);
    t.selection = c(0x34487c);
    t.selectionText = c(0xf4f6f9);
    t.text = c(0xe3e6eb);
    t.textQuiet = c(0xa3acb8);
    t.textDisabled = c(0x6b7480);
    t.accent = c(0x8aa6ff);
    t.accentText = c(0x10141d);
    t.accentSoft = c(0x2c3756);
    t.danger = c(0xff8a8d);
    t.warning = c(0xf0b658);
    t.success = c(0x6fd193);
    t.info = c(0x85b8f5);
    t.dangerSoft = c(0x49272b);
    t.warningSoft = c(0x43351c);
    t.successSoft = c(0x21402c);
    t.infoSoft = c(0x24384f);
    t.standIn = c(0xdba6f0);
    t.standInSoft = c(0x42304b);
    t.edgeBase = c(0x9aa4b1);
    t.edgeCopy = c(0x8aa6ff);
    t.edgeMount = c(0xf0b658);
    t.edgeContext = c(0x62cfa8);
    t.diffAdded = c(0x6fd193);
    t.diffRemoved = c(0xff8a8d);
    t.diffAddedSoft = c(0x21402c);
    t.diffRemovedSoft = c(0x49272b);
    t.chartBase = c(0x48505c);
    t.chartBaseLine = c(0x5f6976);
    t.series = colours<10>(
        {0x77aadd, 0xee8866, 0x5fb36b, 0xeedd88, 0xd077a8, 0x99ddff, 0xc06a78, 0x44bb99, 0x9a8be0, 0xcfc09c});
    t.ansi = colours<16>({0x6b7480, 0xff8a8d, 0x6fd193, 0xf0b658, 0x85b8f5, 0xdba6f0, 0x66cfdc, 0xcdd3da,
                          0x8a94a1, 0xffa3a5, 0x8ee0ab, 0xf6c980, 0xa3bbff, 0xe7c0f6, 0x8be0ea, 0xffffff});
    return t;
}

ThemeColors makeHighContrast()
{
    ThemeColors t;
    t.isDark = true;
    t.isHighContrast = true;
    t.window = c(0x000000);
    t.panel = c(0x000000);
    t.card = c(0x000000);
    t.cardBorder = c(0xffffff);
    t.line = c(0xb8b8b8);
    t.hover = c(0x2b2b2b);
    t.selection = c(0xffd60a);
    t.selectionText = c(0x000000);
    t.text = c(0xffffff);
    t.textQuiet = c(0xe8e8e8);
    t.textDisabled = c(0xa0a0a0);
    t.accent = c(0xffd60a);
    t.accentText = c(0x000000);
    t.accentSoft = c(0x3a3100);
    t.danger = c(0xff9a9c);
    t.warning = c(0xffc04d);
    t.success = c(0x7dff9e);
    t.info = c(0x8fd0ff);
    t.dangerSoft = c(0x3d0003);
    t.warningSoft = c(0x3b2600);
    t.successSoft = c(0x00330f);
    t.infoSoft = c(0x002a47);
    t.standIn = c(0xf0b8ff);
    t.standInSoft = c(0x37004a);
    t.edgeBase = c(0xffffff);
    t.edgeCopy = c(0x8fd0ff);
    t.edgeMount = c(0xffc04d);
    t.edgeContext = c(0x7dff9e);
    t.diffAdded = c(0x7dff9e);
    t.diffRemoved = c(0xff9a9c);
    t.diffAddedSoft = c(0x00330f);
    t.diffRemovedSoft = c(0x3d0003);
    t.chartBase = c(0x4a4a4a);
    t.chartBaseLine = c(0xb8b8b8);
    t.series = colours<10>(
        {0x8fd0ff, 0xffb08a, 0x7dff9e, 0xffee7a, 0xff9ed6, 0xc0f4ff, 0xff9a9c, 0x5fe8c0, 0xc3b5ff, 0xe8dcb8});
    t.ansi = colours<16>({0xb8b8b8, 0xff9a9c, 0x7dff9e, 0xffc04d, 0x8fd0ff, 0xf0b8ff, 0x7df0ff, 0xffffff,
                          0xd0d0d0, 0xffb8ba, 0xa6ffbe, 0xffd58a, 0xb5e0ff, 0xf7d4ff, 0xabf6ff, 0xffffff});
    return t;
}

ThemeColors finished(ThemeColors colors)
{
    colors.seriesText = readableOn(colors.series);
    return colors;
}

}

const ThemeColors &lightColors()
{
    static const ThemeColors colors = finished(makeLight());
    return colors;
}

const ThemeColors &darkColors()
{
    static const ThemeColors colors = finished(makeDark());
    return colors;
}

const ThemeColors &highContrastColors()
{
    static const ThemeColors colors = finished(makeHighContrast());
    return colors;
}

const ThemeColors &colorsFor(const QPalette &palette)
{
    const QColor window = palette.color(QPalette::Active, QPalette::Window);
    if (window == highContrastColors().window)
        return highContrastColors();
    return window.lightness() < 128 ? darkColors() : lightColors();
}

const ThemeColors &colorsFor(const QWidget *widget)
{
    return colorsFor(widget->palette());
}

QPalette paletteOf(const ThemeColors &colors)
{
    QPalette palette(colors.window);
    const auto set = [&palette](QPalette::ColorRole role, const QColor &active, const QColor &disabled) {
        palette.setColor(QPalette::Active, role, active);
        palette.setColor(QPalette::Inactive, role, active);
        palette.setColor(QPalette::Disabled, role, disabled);
    };
    set(QPalette::Window, colors.window, colors.window);
    set(QPalette::WindowText, colors.text, colors.textDisabled);
    set(QPalette::Base, colors.panel, colors.window);
    set(QPalette::AlternateBase, blend(colors.panel, colors.window, 0.6), colors.window);
    set(QPalette::Text, colors.text, colors.textDisabled);
    set(QPalette::PlaceholderText, colors.textQuiet, colors.textDisabled);
    set(QPalette::Button, colors.card, colors.window);
    set(QPalette::ButtonText, colors.text, colors.textDisabled);
    set(QPalette::BrightText, colors.danger, colors.textDisabled);
    set(QPalette::ToolTipBase, colors.card, colors.card);
    set(QPalette::ToolTipText, colors.text, colors.text);
    set(QPalette::Highlight, colors.selection, colors.hover);
    set(QPalette::HighlightedText, colors.selectionText, colors.textDisabled);
    set(QPalette::Accent, colors.accent, colors.textDisabled);
    set(QPalette::Link, colors.accent, colors.textDisabled);
    set(QPalette::LinkVisited, colors.standIn, colors.textDisabled);
    set(QPalette::Light, blend(colors.window, Qt::white, colors.isDark ? 0.1 : 0.6), colors.window);
    set(QPalette::Midlight, colors.hover, colors.window);
    set(QPalette::Mid, colors.line, colors.line);
    set(QPalette::Dark, colors.cardBorder, colors.line);
    set(QPalette::Shadow, colors.isDark ? QColor(Qt::black) : colors.textQuiet, colors.line);
    return palette;
}

QColor blend(const QColor &ground, const QColor &over, qreal opacity)
{
    const auto mix = [opacity](float below, float above) { return float(below + (above - below) * opacity); };
    return QColor::fromRgbF(mix(ground.redF(), over.redF()), mix(ground.greenF(), over.greenF()),
                            mix(ground.blueF(), over.blueF()));
}

}
