// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

/// Where choices come from: a generator with a seed, or the bytes of a fuzzer. A number from 0 to `below`
/// - 1.
using Dice = std::function<int(int below)>;
