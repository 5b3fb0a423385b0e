// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"

namespace engine {

/// Reads stage, place, platform and instruction out of a vertex' name, as BuildKit writes it:
///     [builder 3/5] RUN go build        [linux/arm64 builder 3/5] RUN ...      [linux/amd64->arm64 2/5] RUN
///     ... [2/5] RUN go build                [internal] load build context          exporting to image
/// The only stage of a Dockerfile has no name there when it is unnamed: it is given as "stage-0", so that it
/// reads like "stage-1", BuildKit's word for the second one.
void readStepName(BuildStep &step);

}
