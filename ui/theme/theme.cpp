// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"

#include "theme/loomstyle.h"

#include <QApplication>
#include <QStyleHints>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

const ThemeColors &colorsOf(Scheme scheme)
{
    switch (scheme) {
    case Scheme::System:
        return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark ? darkColors()
                                                                                     : lightColors();
    case Scheme::Light:
        return lightColors();
    case Scheme::Dark:
        return darkColors();
    case Scheme::HighContrast:
        return highContrastColors();
    }
    Q_UNREACHABLE_RETURN(lightColors());
}

Qt::ColorScheme hintOf(Scheme scheme)
{
    switch (scheme) {
    case Scheme::System:
        return Qt::ColorScheme::Unknown;
    case Scheme::Light:
        return Qt::ColorScheme::Light;
    case Scheme::Dark:
    case Scheme::HighContrast:
        return Qt::ColorScheme::Dark;
    }
    Q_UNREACHABLE_RETURN(Qt::ColorScheme::Unknown);
}

// Follows the desktop while it lives; a child of the application, replaced by the next applyTheme().
constexpr auto followerName = "stageloom-scheme-follower"_L1;

}

void applyTheme(QApplication &application, Scheme scheme)
{
    delete application.findChild<QObject *>(followerName, Qt::FindDirectChildrenOnly);
    // Window frames and file dialogs of the platform follow this hint.
    QGuiApplication::styleHints()->setColorScheme(hintOf(scheme));
    if (!qobject_cast<LoomStyle *>(QApplication::style()))
        QApplication::setStyle(new LoomStyle);
    QApplication::setPalette(paletteOf(colorsOf(scheme)));

    if (scheme == Scheme::System) {
        auto *follower = new QObject(&application);
        follower->setObjectName(followerName);
        QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, follower,
                         [] { QApplication::setPalette(paletteOf(colorsOf(Scheme::System))); });
    }
}

}
