// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/keyword.h"

#include <QString>

namespace ui {

/// What an instruction does, in a sentence.
QString whatItDoes(dockerfile::Keyword keyword);

/// Whether the builder itself puts values in place of $NAME there. In RUN, CMD and ENTRYPOINT the shell does.
bool builderExpands(dockerfile::Keyword keyword);

}
