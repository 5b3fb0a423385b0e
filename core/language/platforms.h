// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace language {

/// What programs in Go are compiled for in images, the likeliest first, as platforms are written:
/// linux/arm/v7.
QStringList goPlatforms();

/// What to offer where a platform is chosen: what the builder says it runs, then Go's, each once.
/// "linux/arm64/v8" is linux/arm64.
QStringList platformsToOffer(const QStringList &ofBuilder);

}
