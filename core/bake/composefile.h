// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"

namespace bake {

/// The build sections of compose files, put together in their order: a target a service, all of them in the
/// group "default". `folder` is where .env is looked for.
base::Result<BakeFile> targetsOfCompose(const std::vector<SourceText> &files, const QString &folder,
                                        const QProcessEnvironment &environment);

}
