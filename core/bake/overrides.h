// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"

namespace bake {

/// What --set says about one target: keys ("args.GO", "tags") in the order given, "push" and "load" last,
/// since they look at the outputs.
struct Override
{
    QString key;
    QStringList values;
    bool appends = false; ///< "+="
};
using Overrides = QHash<QString, std::vector<Override>>; ///< by target

base::Result<Overrides> readOverrides(const BakeFile &file, const QStringList &lines);

/// Changes the target; an Error names the value that cannot be read.
base::Result<void> apply(const std::vector<Override> &overrides, Target &target);

/// Go's path.Match for names: *, ? and [...].
bool matchesPattern(const QString &pattern, const QString &name);

}
