// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace engine {

/// Words for an errno of writing `path`: a full disk, a folder that may not be written, ...
base::Error writeProblem(const QByteArray &path, int code);

/// With those above it.
base::Result<void> makeFolders(const QByteArray &path);

}
