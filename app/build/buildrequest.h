// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"

namespace app {

/// Path of the Dockerfile within the context, or a name of our own when it lies outside.
QString dockerfileNameIn(const BuildInput &input);

/// The platforms that are asked for; none: the builder's own.
QStringList wantedPlatforms(const BuildInput &input);

/// What the engine is asked, without the list of files. `enginePlatform` is the engine's own: "linux/amd64".
engine::BuildRequest buildRequest(const BuildInput &input, const QString &enginePlatform);
/// What the scan of the folder found, for POST /build.
std::vector<engine::BuildFile> buildFiles(const project::ContextScan &scan);

/// What the history keeps of a build, and an image as it was remembered.
history::BuildRecord buildRecord(const BuildInput &input, const BuildReport &report,
                                 const QDateTime &started);
image::ImageSizes rememberedSizes(const history::BuildRecord &record);

}
