// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/value.h"

#include <expected>

namespace bake {

/// One of HCL's functions that bake files call. The error is a sentence about the arguments; nothing at all
/// when there is no function of that name.
std::optional<std::expected<Value, QString>> callFunction(const QString &name,
                                                          const std::vector<Value> &arguments);

/// Their names, sorted.
QStringList functionNames();

}
