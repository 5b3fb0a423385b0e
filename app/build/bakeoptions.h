// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"
#include "engine/solveoptions.h"

namespace app {

/// What a bake target says beyond Dockerfile, arguments and tags, as BuildKit is asked for it. Paths become
/// absolute within `folder`; files that are needed must be there. The place of an Error is the key of the
/// bake file: "secret". The value of a secret is never read here.
base::Result<engine::SolveOptions> solveOptions(const bake::Target &target, const QString &folder);

}
