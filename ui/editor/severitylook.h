// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lint/finding.h"
#include "theme/themecolors.h"

namespace ui {

/// The icon and the colour of a severity, the same wherever findings appear.
inline QString severityIcon(lint::Severity severity)
{
    switch (severity) {
    case lint::Severity::Error:
        return QStringLiteral("problem-error");
    case lint::Severity::Warning:
        return QStringLiteral("problem-warning");
    case lint::Severity::Advice:
        return QStringLiteral("problem-advice");
    }
    Q_UNREACHABLE_RETURN({});
}

inline const QColor &severityColor(const ThemeColors &colors, lint::Severity severity)
{
    switch (severity) {
    case lint::Severity::Error:
        return colors.danger;
    case lint::Severity::Warning:
        return colors.warning;
    case lint::Severity::Advice:
        return colors.info;
    }
    Q_UNREACHABLE_RETURN(colors.info);
}

}
