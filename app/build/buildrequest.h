// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"

namespace app {

/// Path of the Dockerfile within the context, or a name of our own when it lies outside.
QString dockerfileNameIn(const BuildInput &input);

/// What the engine is asked, from the document and what the scan of its folder found. `enginePlatform` is the
/// engine's own: "linux/amd64".
engine::BuildRequest buildRequest(const BuildInput &input, const project::ContextScan &scan,
                                  const QString &enginePlatform);

/// What the history keeps of a build, and an image as it was remembered.
history::BuildRecord buildRecord(const BuildInput &input, const BuildReport &report,
                                 const QDateTime &started);
image::ImageSizes rememberedSizes(const history::BuildRecord &record);

}
