// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"
#include "engine/solveoptions.h"
#include "workspace/workspace.h"

namespace app {

/// The build settings of a document as a bake target. `place`, `dockerfile` are as the file shall say them;
/// secrets that were typed keep their id only. Errors name what cannot be read.
base::Result<bake::Target> bakeTarget(const QString &name, const workspace::BuildSettings &settings,
                                      const QString &context, const QString &dockerfile);

/// The same settings as BuildKit is asked for them; relative paths begin in `folder`. `typed`: secrets by id.
base::Result<engine::SolveOptions> solveOptions(const workspace::BuildSettings &settings,
                                                const QString &folder,
                                                const QHash<QString, QByteArray> &typed);

QHash<QString, QString> labelsOf(const workspace::SolveSettings &settings);

/// What a build wants that the engine does only when a person allows it: "network.host", ... in the order of
/// the text.
QStringList wantedEntitlements(const workspace::Snapshot &snapshot);

/// The platforms that are asked for: several, else the single one; none: the one that builds decides.
QStringList chosenPlatforms(const QStringList &several, const QString &single);
QStringList platformsOf(const workspace::BuildSettings &settings);

}
