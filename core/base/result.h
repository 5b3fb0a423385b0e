// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <expected>

namespace base {

/// What a function that can fail returns: the value, or an Error written for a person.
template <class T>
using Result = std::expected<T, Error>;

}
