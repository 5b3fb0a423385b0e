// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/forms/form.h"

#include <utility>
#include <vector>

namespace ui {

/// What a new instruction of each kind begins with in the image of a Go program: something that can be built,
/// to be changed in its form.
std::vector<std::pair<dockerfile::Keyword, dockerfile::Form>> usualInstructions();

}
