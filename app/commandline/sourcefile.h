// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QString>

namespace app {

/// The text of a Dockerfile; "-" reads standard input, a folder means its Dockerfile.
base::Result<QString> readSource(const QString &path);

}
