// SPDX-License-Identifier: Apache-2.0
#include "base/logging.h"

Q_LOGGING_CATEGORY(logEngine, "stageloom.engine", QtWarningMsg)
Q_LOGGING_CATEGORY(logProject, "stageloom.project", QtWarningMsg)
Q_LOGGING_CATEGORY(logHistory, "stageloom.history", QtWarningMsg)
Q_LOGGING_CATEGORY(logUi, "stageloom.ui", QtWarningMsg)
