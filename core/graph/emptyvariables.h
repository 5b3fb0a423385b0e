// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/variables.h"

namespace graph {

/// The names that leave a hole in `word`: without a value, and with nothing in their place. The builder
/// counts ${X:-d} as unmatched too when X has no value, but that one is well defined.
QStringList emptyVariables(const QString &word, const dockerfile::Expansion &expansion);

}
