// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lint/rule.h"

#include <span>

namespace lint {

/// Every rule, in the order in which findings at one place are listed.
std::span<const Rule *const> allRules();

/// Null for an id that is no rule ("syntax" is none: it is what the parser says).
const Rule *ruleCalled(QStringView id);

/// What a rule looks for, in one line of the user's language.
QString summaryOf(const Rule &rule);

}
