// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"

namespace engine {

/// Writes an image with all its platforms to a file, as `docker save` does: the only way to the unpacked
/// sizes of platforms that the engine's machine cannot run, which it keeps packed. The file is gone after an
/// error. The returned function ends it without an answer.
std::function<void()> saveImage(Client &client, const QString &reference, const QString &path,
                                Client::Answer<void> answer);

}
