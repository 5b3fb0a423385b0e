// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/keyword.h"

namespace dockerfile {

/// Whether the builder itself puts values in place of $NAME there (BuildKit's instructions/commands.go,
/// Expand). RUN, CMD, ENTRYPOINT and HEALTHCHECK leave it to a shell, ONBUILD to another build.
bool isExpandedByBuilder(Keyword keyword);

}
