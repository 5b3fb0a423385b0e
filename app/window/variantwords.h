// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakedocument.h"
#include "workspace/workspace.h"

#include <functional>

namespace app {

/// What tells a target from a plain build: "target debug · linux/arm64 · VERSION=2 · to type=oci".
QString variantInWords(const bake::Target &target);

/// The settings of a document as a target of the bake file in `folder`, with paths as a person would write
/// them.
base::Result<bake::Target> targetToKeep(const QString &name, const workspace::BuildSettings &settings,
                                        const QString &folder, const QString &dockerfile);

/// Names of the targets that stand in the folder's docker-bake.json, which is the one that is written.
QStringList editableTargets(const QString &folder);

/// Reads docker-bake.json, changes it, and writes it whole or not at all. One that is not there is made.
base::Result<void> changeBakeFile(const QString &folder,
                                  const std::function<base::Result<void>(bake::BakeDocument &)> &change);

}
