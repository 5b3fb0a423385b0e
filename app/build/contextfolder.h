// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace app {

/// The build context that fits a Dockerfile in `folder`: the folder itself, unless it holds no go.mod and one
/// of the folders around it (three at most) does. Dockerfiles are often kept in build/ or docker/ of a Go
/// module.
QString contextFolderFor(const QString &folder);

}
