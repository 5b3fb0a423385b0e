// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

/// One category a library, all quiet below warnings: QT_LOGGING_RULES="stageloom.*=true" shows the rest.
Q_DECLARE_LOGGING_CATEGORY(logEngine)
Q_DECLARE_LOGGING_CATEGORY(logProject)
Q_DECLARE_LOGGING_CATEGORY(logHistory)
Q_DECLARE_LOGGING_CATEGORY(logUi)
