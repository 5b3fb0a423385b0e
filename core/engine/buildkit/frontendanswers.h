// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitvalues.h"

#include <optional>

namespace engine {

// From the JSON of a frontend's answers to values; nothing for what is no such JSON.

std::optional<DockerfileOutline> readOutline(const QByteArray &json);
std::optional<std::vector<DockerfileTarget>> readTargets(const QByteArray &json);
std::optional<DockerfileChecks> readChecks(const QByteArray &json);
/// The names of the requests in an answer to "frontend.subrequests.describe".
std::optional<QStringList> readDescription(const QByteArray &json);

}
