// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"

namespace bake {

/// What is to be built: complete targets by name, and the groups that led to them.
struct Resolved
{
    QMap<QString, Target> targets; ///< context and dockerfile are always set, nothing is inherited
    QMap<QString, Group> groups;
    QStringList linked; ///< built only because another target's context names them

    friend bool operator==(const Resolved &, const Resolved &) = default;
};

/// `names` are targets, groups and patterns ("app-*"); none means "default". `overrides` are those of --set:
/// "target.key=value", "*.args.NAME=value", "app.tags+=more". Later ones win.
base::Result<Resolved> resolve(const BakeFile &file, const QStringList &names, const QStringList &overrides);

/// The targets in an order in which each comes after those that its contexts name.
QStringList buildOrder(const Resolved &resolved);

}
