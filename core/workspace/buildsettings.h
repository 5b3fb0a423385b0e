// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workspace/workspace.h"

namespace workspace {

/// What may be left on a disk: build arguments that sound secret and values with a login are typed again.
BuildSettings withoutSecrets(BuildSettings settings);

/// All the settings but what was granted and what is secret (build arguments that sound so, addresses with a
/// login, keys of caches), for the journal. What cannot be read is left at its default.
QByteArray toJson(const BuildSettings &settings);
BuildSettings buildSettingsFromJson(const QByteArray &json);

}
