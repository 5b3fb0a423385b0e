// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"
#include "image/comparison.h"

#include <functional>

namespace app {

/// Reads the sizes of several images of an engine, one after the other, in their order; the first Error ends
/// it.
void readImages(const std::shared_ptr<engine::Client> &client, const QStringList &references,
                std::function<void(base::Result<image::Comparison>)> answer);

}
