// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"
#include "build/buildsession.h"

namespace app {

/// The document of a build: the text with its settings. An Error when the settings name a stage that is not
/// there; `file` is for its message.
base::Result<workspace::Snapshot> documentOf(const QString &text, const workspace::BuildSettings &settings,
                                             const QString &file);

/// The settings that a window and a history know: arguments, target, a single platform, cache and pull. An
/// argument without a value is left out.
workspace::BuildSettings settingsOf(const bake::Target &target);

/// SOURCE_DATE_EPOCH of the environment or of the target's arguments.
std::optional<qint64> sourceDateEpoch(const bake::Target &target);

/// A resolved target as a build; `folder` is where the bake file's paths begin. Errors name the target.
base::Result<BuildInput> buildInput(const bake::Target &target, const QString &folder);

}
