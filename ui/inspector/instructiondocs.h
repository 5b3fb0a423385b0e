// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/keyword.h"

#include <QString>

namespace ui {

/// What an instruction does, in a sentence.
QString whatItDoes(dockerfile::Keyword keyword);

}
